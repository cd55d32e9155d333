/**
 * The arrow keys lead from the field through what was found and back, Esc leads back at once.
 * The key "/" that leads to the field belongs to every page: see scripts/site.js.
 */

const LINKS = "[data-search-empty] a, [data-search-empty] button, [data-search-hits] h2 a";
const OFF = "jianyan.slash";

/** Listen on `page`; `clear` empties the field `input` and what was found. */
export function listenToKeys(page, input, clear) {
  page.addEventListener("keydown", (event) => {
    // Within an input method the arrows choose among candidates.
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") {
      if (event.target !== input) input.focus();
      else if (input.value) clear();
      else return;
      event.preventDefault();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...page.querySelectorAll(LINKS)].filter((one) => one.offsetParent);
    const at = event.target === input ? -1 : links.indexOf(event.target);
    if (at < 0 && (event.target !== input || step < 0)) return;
    const next = at + step < 0 ? input : links[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

/** Whether the key "/" leads to the field; the reader can put it out of use. */
export function slashWorks() {
  try {
    return localStorage.getItem(OFF) !== "off";
  } catch (_) {
    return true;
  }
}

/** Put the key "/" in or out of use; false where the browser keeps nothing. */
export function setSlash(works) {
  try {
    if (works) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
    return true;
  } catch (_) {
    return false;
  }
}
