/**
 * What a page can do beyond being read. Every control here is hidden in the HTML and shown by this
 * module, so that nobody meets a button that does nothing.
 */

const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
const KEY = "jianyan.size";

/** 字号: data-size on <html>, kept for the next page. */
function sizes() {
  const root = document.documentElement;
  const buttons = all("[data-sizes] button");
  const set = (size) => {
    root.dataset.size = size;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.value === size)));
  };
  let kept = null;
  try { kept = localStorage.getItem(KEY); } catch (_) { /* storage may be forbidden */ }
  set(kept === "small" || kept === "large" ? kept : "medium");
  buttons.forEach((button) => button.addEventListener("click", () => {
    set(button.value);
    try { localStorage.setItem(KEY, button.value); } catch (_) { /* then for this page only */ }
  }));
  all("[data-sizes]").forEach((group) => { group.hidden = false; });
}

/** Put a text on the clipboard; the second way serves old browsers and plain http. */
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "vh";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy refused");
}

/** Say for a while in the button's own words whether the copy succeeded. */
async function copyFrom(button, text) {
  const words = button.firstChild;
  const before = words.data;
  let after = "已复制";
  try { await copy(text); } catch (_) { after = "请手动复制"; }
  words.data = after;
  setTimeout(() => { words.data = before; }, 2000);
  return after;
}

/** 打印, 分享: the panel with address and QR code is filled when it is first opened. */
function tools(box) {
  const address = box.dataset.address || location.href.split("#")[0];
  const panel = box.querySelector("[data-panel]");
  const share = box.querySelector("[data-share]");
  const said = box.querySelector("[role=status]");
  box.querySelector("[data-print]").addEventListener("click", () => window.print());
  box.querySelector("[data-copy]").addEventListener("click", async (event) => {
    said.textContent = (await copyFrom(event.currentTarget, address)) === "已复制" ? "链接已复制" : "";
  });
  share.addEventListener("click", async () => {
    panel.hidden = !panel.hidden;
    share.setAttribute("aria-expanded", String(!panel.hidden));
    if (panel.hidden || panel.dataset.filled) return;
    panel.dataset.filled = "true";
    panel.querySelector("[data-shown]").textContent = address;
    const send = panel.querySelector("[data-send]");
    if (navigator.share) {
      send.hidden = false;
      send.addEventListener("click", () => {
        navigator.share({ title: document.title, url: address }).catch(() => {});
      });
    }
    try {
      const { draw } = await import("./qr.js");
      panel.querySelector("[data-code]").append(draw(address));
    } catch (_) {
      panel.querySelector("[data-code]").hidden = true;
    }
  });
  box.hidden = false;
}

/** A copy button behind each permanent link of a clause or a feed. */
function links() {
  all("[data-link]").forEach((link) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    const which = document.createElement("span");
    which.className = "vh";
    which.textContent = `：${link.textContent}`;
    button.append("复制网址", which);
    button.addEventListener("click", () => copyFrom(button, link.href));
    link.after(button);
  });
}

/** Wide tables and code must be scrollable by keyboard in every browser. */
function scrollers() {
  // Observed, not measured once: a phone is turned, and 字号 makes a table wider.
  const watch = new ResizeObserver((entries) => {
    entries.forEach(({ target }) => {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    });
  });
  all(".prose table, .prose pre").forEach((box) => watch.observe(box));
}

/** The key "/" leads to the search field, unless something is being typed or the reader put it out of use. */
function slash() {
  const field = document.querySelector("[data-search] input[name=q]") || document.querySelector("header input[name=q]");
  if (!field) return;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    try { if (localStorage.getItem("jianyan.slash") === "off") return; } catch (_) { /* then it works */ }
    event.preventDefault();
    field.focus();
    field.select();
  });
}

/** The words that the search page was asked for stand in its field, whether or not its own script comes. */
function words() {
  const field = document.querySelector("[data-search] input[name=q]");
  if (field && !field.value) field.value = new URLSearchParams(location.search).get("q") || "";
}

sizes();
slash();
words();
all("[data-tools]").forEach(tools);
links();
scrollers();
