/**
 * Searching as a reader does. Order: search (the page's address), article (a page with a search
 * form in its header), words (with more than one page of hits), other (other words with hits),
 * markup (words that look like HTML and stand in a text). Answers facts.
 */
import { inTurns, order, run, watchedPage } from "./session.mjs";

const HITS = "[data-search-hits] > li";
const settled = () => {
  const list = document.querySelector("[data-search-hits]");
  const told = document.querySelector("[data-search-count]").textContent;
  return told && !told.includes("正在") && !list.hasAttribute("aria-busy");
};
const state = () => ({
  address: location.href,
  title: document.title,
  input: document.querySelector("main input[name=q]").value,
  told: document.querySelector("[data-search-count]").textContent,
  hits: Array.from(document.querySelectorAll("[data-search-hits] > li"), (hit) => ({
    title: hit.querySelector("a").textContent, href: hit.querySelector("a").href, text: hit.innerText,
  })),
  marks: Array.from(document.querySelectorAll("main mark"), (mark) => mark.textContent),
});
const waitFor = async (page) => { await page.waitForFunction(settled); return page.evaluate(state); };
const address = (words, more = "") => `${order.search}?q=${encodeURIComponent(words)}${more}`;
const until = (page, text) => page.waitForFunction((part) => location.search.includes(part), encodeURIComponent(text));

/** Words typed, no key pressed to send them; then other words sent with Enter, and back. */
async function typed(page) {
  await page.goto(order.search);
  const before = await waitFor(page);
  await page.click("main input[name=q]");
  await page.keyboard.type(order.words);
  await page.waitForSelector(HITS);
  const first = await waitFor(page);
  await page.fill("main input[name=q]", order.other);
  await page.keyboard.press("Enter");
  await until(page, order.other);
  const second = await waitFor(page);
  await page.goBack();
  await until(page, order.words);
  const back = await waitFor(page);
  await page.goForward();
  await until(page, order.other);
  return { before, first, second, back, forward: await waitFor(page) };
}

/** The pager, by click, and the page's own address. */
async function paged(page) {
  await page.goto(address(order.words));
  const first = await waitFor(page);
  await page.click("[data-search-pager] a[rel=next]");
  await page.waitForFunction(() => location.search.includes("page=2"));
  const second = await waitFor(page);
  const focus = await page.evaluate(() => document.activeElement?.hasAttribute("data-search-count"));
  await page.reload();
  const reloaded = await waitFor(page);
  await page.goBack();
  await page.waitForFunction(() => !location.search.includes("page="));
  return { first, second, focus, reloaded, back: await waitFor(page) };
}

/** Every facet's first value: what it promises and what it gives. */
async function filtered(page) {
  await page.goto(address(order.words));
  const all = await waitFor(page);
  const names = await page.$$eval("[data-facet]", (facets) => facets.map((facet) => facet.dataset.facet));
  const answers = {};
  for (const name of names) {
    await page.goto(address(order.words));
    await waitFor(page);
    const value = page.locator(`[data-facet=${name}] a`).nth(1);
    const promised = await value.innerText();
    await value.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((key) => location.search.includes(`${key}=`), name);
    const found = await waitFor(page);
    const current = await page.locator(`[data-facet=${name}] [aria-current]`).innerText();
    const kept = await page.evaluate(() => document.activeElement?.getAttribute("data-asks"));
    await page.locator(`[data-facet=${name}] a`).first().click();
    await page.waitForFunction((key) => !location.search.includes(`${key}=`), name);
    answers[name] = { promised, found, current, kept, cleared: (await waitFor(page)).told };
  }
  return { all, answers };
}

/** A header's form, then the keyboard alone from the field to the text that was found. */
async function byKeyboard(page) {
  await page.goto(order.article);
  await page.focus("header input[name=q]");
  await page.keyboard.type(order.words);
  await page.keyboard.press("Enter");
  await page.waitForSelector(HITS);
  const arrived = await waitFor(page);
  await page.focus("main input[name=q]");
  let stops = 0;
  const onHit = () => document.activeElement.closest("[data-search-hits]") !== null;
  while (stops < 80 && !await page.evaluate(onHit)) {
    await page.keyboard.press("Tab");
    stops += 1;
  }
  const [hit] = arrived.hits;
  await page.keyboard.press("Enter");
  await page.waitForURL(hit.href);
  return { arrived, stops, text: await page.evaluate("document.querySelector('main').textContent") };
}

/** Words that would do harm as HTML. */
async function harmless(page) {
  const answers = {};
  for (const [name, words] of Object.entries({
    standing: order.markup, absent: "<svg onload=alert(2)>甲乙丙丁", quoted: "\"><script>alert(3)</script>",
  })) {
    await page.goto(address(words));
    const found = await waitFor(page);
    const strange = await page.$$eval("main [onerror], main [onload], main script, main [src=x]", (all) => all.length);
    answers[name] = { words, found, strange };
  }
  return answers;
}

const focused = () => ({
  field: document.activeElement.matches("main input[name=q]"),
  header: document.activeElement.matches("header input[name=q]"),
  hit: Array.from(document.querySelectorAll("[data-search-hits] h2 a")).indexOf(document.activeElement),
});

/** "/", arrows, Esc; "/" out of use; and typing behind an answer, which stays a step to go back to. */
async function keys(page) {
  const press = async (...names) => {
    for (const name of names) await page.keyboard.press(name);
    return page.evaluate(focused);
  };
  await page.goto(order.article);
  const elsewhere = await press("/");
  await page.keyboard.type("甲/乙");
  const written = await page.inputValue("header input[name=q]");
  await page.goto(address(order.words));
  await waitFor(page);
  const told = {
    elsewhere, written,
    slash: await press("/"), down: await press("ArrowDown", "ArrowDown"), up: await press("ArrowUp"),
    top: await press("ArrowUp"), back: await press("ArrowDown", "Escape"),
  };
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !location.search);
  told.cleared = await waitFor(page);
  await page.goBack();
  await until(page, order.words);
  told.returned = await waitFor(page);
  await page.goto(order.search);
  await waitFor(page);
  await page.click("[data-search-slash]");
  told.switchKept = await page.evaluate(() => document.activeElement.dataset.searchSlash);
  await page.goto(order.article);
  told.off = await press("/");
  return told;
}

/** One character; the answer to the first of two questions comes last. */
async function hasty(page) {
  await page.goto(order.search);
  await waitFor(page);
  await page.fill("main input[name=q]", order.words[0]);
  const short = await waitFor(page);
  const held = [];
  let holding = true;
  await page.route(/\/search\/.+\/.+\.bin/, (route) => (holding ? held.push(route) : route.continue()));
  await page.fill("main input[name=q]", order.words);
  await page.waitForFunction(() => document.querySelector("[data-search-count]").textContent.includes("正在"));
  while (!held.length) await page.waitForTimeout(20);
  holding = false;
  await page.fill("main input[name=q]", order.other);
  await until(page, order.other);
  const second = await waitFor(page);
  await Promise.all(held.map((route) => route.continue()));
  await page.waitForTimeout(400);
  return { short, second, after: await page.evaluate(state), held: held.length };
}

/** Searches are remembered here, shown, repeated and forgotten. */
async function remembered(page) {
  const links = () => page.$$eval("[data-asks^=recent]", (all) => all.map((one) => one.textContent));
  for (const words of [order.words, order.other, order.words]) {
    await page.goto(order.search);
    await waitFor(page);
    await page.fill("main input[name=q]", words);
    await page.keyboard.press("Enter");
    await page.waitForSelector(HITS);
  }
  await page.goto(order.search);
  await waitFor(page);
  const kept = await links();
  await page.click("[data-asks^=recent]");
  await page.waitForSelector(HITS);
  const again = await waitFor(page);
  await page.goto(order.search);
  await waitFor(page);
  await page.click("text=清除记录");
  return { kept, again, forgotten: await links(), stored: await page.evaluate(() => localStorage.length) };
}

/** A browser that keeps nothing. */
async function forgetful(page) {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
  });
  await page.goto(order.search);
  await waitFor(page);
  await page.fill("main input[name=q]", order.words);
  await page.keyboard.press("Enter");
  await page.waitForSelector(HITS);
  const found = await waitFor(page);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !location.search);
  const before = await waitFor(page);
  return { found, before, kept: await page.$$eval("[data-asks^=recent]", (all) => all.length) };
}

/** Nothing like it: the page still leads on. */
async function nothing(page) {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(address("龘靐齉爩"));
  const found = await waitFor(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  const links = await page.$$eval("[data-search-empty] a", (all) => all.map((one) => one.href));
  return { found, wide, links };
}

/** Words with a slip, and pinyin; then a piece that is offered. */
async function similar(page) {
  await page.goto(address("双月协商座淡会"));
  const mistyped = await waitFor(page);
  await page.click("[data-asks^=piece]");
  await page.waitForFunction(() => document.querySelector("[data-search-count]").textContent.startsWith("找到"));
  const piece = await waitFor(page);
  await page.goto(address("xieshang"));
  return { mistyped, piece, pinyin: await waitFor(page) };
}

// The site's own client, but that the answer to each question is changed by a function of its offset.
const changedClient = (change) => `
  import { open as openAsItIs } from "./client.js?as-it-is";
  const change = ${change};
  export async function open(folder) {
    const index = await openAsItIs(folder);
    const query = index.query.bind(index);
    window.queries = 0;
    index.query = async (words, options) => {
      window.queries += 1;
      const answer = await query(words, { ...options, offset: 0 });
      return { ...answer, total: 0, approximate: true, ...change(options.offset, answer.results) };
    };
    return index;
  }`;
const withClient = (page, change) => {
  const reply = { contentType: "text/javascript", body: changedClient(change) };
  return page.route("**/search/client.js", (route) => route.fulfill(reply));
};
const ENDLESS = `(offset) => ({ exact: false, near: false, next: offset < 150 ? offset + 10 : null })`;
// The third and the fourth answer come near.
const NEARING = `(offset, results) => ({
  exact: true, near: offset > 10, next: offset < 30 ? offset + 10 : null, results: [results[offset / 10]],
})`;

/** What is similar costs one query; the reader may ask for others, until something comes near. */
async function nearing(page) {
  await withClient(page, NEARING);
  await page.goto(address(order.words));
  const button = page.locator("[data-search-pager] button");
  const stops = [];
  for (const queries of [1, 3, 4]) {
    if (stops.length) await button.click();
    else await button.waitFor();
    const before = stops.length ? stops[stops.length - 1].told : "";
    await page.waitForFunction(([count, told]) => {
      const now = document.querySelector("[data-search-count]").textContent;
      return window.queries === count && now.startsWith("没有找到") && now !== told;
    }, [queries, before]);
    const label = queries < 4 ? await button.innerText() : "";
    stops.push({ queries, label, ...(await waitFor(page)) });
  }
  return { stops };
}

/** Where the reader asks for others and none comes near, that is told. */
async function distant(page) {
  await withClient(page, `(offset) => ({ exact: true, near: false, next: offset < 20 ? offset + 10 : null })`);
  await page.goto(address(order.words));
  const button = page.locator("[data-search-pager] button");
  await button.click();
  await button.waitFor({ state: "detached" });
  return { queries: await page.evaluate(() => window.queries), ...(await waitFor(page)) };
}

/** What goes on and on is gone on with as far as the reader asks for it. */
async function endless(page) {
  await withClient(page, ENDLESS);
  await page.goto(address(order.words));
  const stops = [];
  for (let more = true; more && stops.length < 9;) {
    await page.waitForFunction((before) => {
      const button = document.querySelector("[data-search-pager] button");
      return window.queries > before && (button || window.queries === 16);
    }, stops.length ? stops[stops.length - 1].queries : 0);
    stops.push({ queries: await page.evaluate(() => window.queries), ...(await waitFor(page)) });
    const button = await page.$("[data-search-pager] button");
    more = button !== null;
    if (more) await button.press("Enter");
  }
  return { stops, focus: await page.evaluate(() => document.activeElement.className) };
}

/** One step on a page of its own, with all that was complained of. */
async function watched(browser, work) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const { page, notes } = await watchedPage(context, order.search);
    const dialogs = [];
    page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
    const answer = await work(page);
    const { console, policy, elsewhere } = notes;
    // A page that is left at once has not yet got everything: that is no fault of the site.
    const failed = notes.failed.filter((one) => !one.endsWith("net::ERR_ABORTED"));
    return { ...answer, met: { dialogs, console, policy, elsewhere, failed } };
  } finally {
    await context.close();
  }
}

await run((browser) => inTurns(
  [
    typed, paged, filtered, byKeyboard, harmless, keys, hasty, remembered, forgetful, nothing, similar,
    nearing, distant, endless,
  ], 2, (work) => watched(browser, work),
));
