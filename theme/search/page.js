/**
 * The search page: what is asked stands in the address, what is found below the form.
 */

import { listenToKeys } from "./keys.js";
import { advice, beside, listed, retry, short, told, welcome } from "./notes.js";
import { AT_A_PRESS, FACETS, ORDERS, PER_PAGE, addressOf } from "./page-parts.js";
import { facet, hit, make, nameOf, pages, sortLinks } from "./page-parts.js";
import { keepSearch } from "./recent.js";

const FEWEST = 2; // characters after which typing searches
const PAUSE = 250; // milliseconds without a key that end typing
const BUSY = 300; // milliseconds after which it is told that something is under way …
const SLOW = 10000; // … and that it takes long
const LASTS = 300000; // milliseconds after which it is asked whether the site was published anew

const page = document.querySelector("[data-search]");
const part = (name) => page.querySelector(`[data-search-${name}]`);
const [body, facets, count, sorts, empty, hits, pager] = [
  "body",
  "facets",
  "count",
  "sort",
  "empty",
  "hits",
  "pager",
].map(part);
const form = page.querySelector("form");
const input = form.elements.namedItem("q");
const plainTitle = document.title;
const wide = window.matchMedia("(min-width: 68.8em)");

let index = null;
let opening = null; // what becomes the index
let openedAt = 0;
let every = null; // the facets of all documents, and their number
let cache = "default"; // how files are fetched
let fetching = new AbortController();
let asked = 0; // the number of the last question: answers to earlier ones come too late
let shown = 0; // the number of the question whose answer is shown
let isStep = true; // whether typing something else leaves what is shown as a step to come back to

/**
 * The index as it is: after a while its catalogue is asked for again. The client is loaded here, so that
 * this page can tell where it does not come.
 */
function opened() {
  if (!opening || Date.now() - openedAt > LASTS) {
    openedAt = Date.now();
    const mine = (opening = openIndex());
    mine.catch(() => {
      if (opening === mine) opening = null;
    });
  }
  return opening;
}

async function openIndex() {
  const { signal } = fetching;
  const { open } = await import("./client.js");
  const now = await open(new URL("./", import.meta.url), { known: index, cache, signal });
  if (now !== index && !signal.aborted) [index, every] = [now, now.overview];
  return now;
}

/** Doubt all that was fetched, as the site may have been published anew: nothing of it is used again. */
function doubt() {
  fetching.abort();
  fetching = new AbortController();
  [index, opening, cache] = [null, null, "no-cache"];
}

/** What the address asks for. */
function asking() {
  const given = new URLSearchParams(location.search);
  const state = {
    q: given.get("q") || "",
    page: Math.max(1, parseInt(given.get("page"), 10) || 1),
  };
  for (const name of Object.keys(FACETS)) state[name] = given.get(name) || "";
  state.sort = Object.keys(ORDERS).includes(given.get("sort")) ? given.get("sort") : "";
  return state;
}

/**
 * What the address asks for, without values that nothing has: they would narrow the search unseen. It
 * also has the names of the values, `within`.
 */
function known(state) {
  const [kept, within] = [{ ...state }, []];
  for (const name of Object.keys(FACETS)) {
    const value = state[name].replace(/^\/+|\/+$/g, "");
    const one = every.facets[name].find((each) => each.value === value);
    kept[name] = one ? value : "";
    if (one) within.push(nameOf(name, one, every.facets[name]));
  }
  const address = addressOf(kept);
  if (address !== addressOf(state)) history.replaceState(null, "", address);
  return { ...kept, within };
}

/**
 * Change what is shown. The focus stays on the link that asked for it; where it would go with what is
 * taken away, the line that tells what was found gets it.
 */
function changing(change) {
  const focused = document.activeElement;
  const isHere = page.contains(focused);
  change();
  if (!isHere || page.contains(document.activeElement)) return;
  const key = focused.getAttribute("data-asks");
  const links = key ? [...page.querySelectorAll("[data-asks]")] : [];
  const again = links.find((one) => one.getAttribute("data-asks") === key && one.offsetParent);
  (again || count).focus({ preventScroll: true });
}

/** Put an answer on the page. */
function show(state, answer) {
  shown = asked;
  changing(() => showAnswer(state, answer));
}

function showAnswer(state, answer) {
  const { total, results, positions } = answer;
  showFacets(state, answer.facets);
  count.replaceChildren(...told(state, answer));
  sorts.replaceChildren(...(total > 1 ? sortLinks(state) : []));
  const note = results.length
    ? beside(state, answer)
    : advice(state, answer, every.facets.column);
  empty.replaceChildren(...(note ? [note] : []));
  hits.replaceChildren(...results.map(hit));
  hits.start = (state.page - 1) * PER_PAGE + 1;
  // What is only similar has no further pages: the reader may go on.
  const isSimilar = answer.approximate && answer.exact;
  showPager(state, isSimilar ? 0 : positions, isSimilar ? null : answer.next);
}

/**
 * Offer to go on, where nothing that was read holds the words and others are left that may, or come
 * nearer: a search costs one query, as long as the reader asks for no more. What came `near` so far is
 * listed.
 */
function offerMore(state, answer, options, { last, near }) {
  if (!isLeft(last)) return;
  const number = asked;
  const again = () => goOn(state, answer, options, { last, near });
  changing(() => pager.replaceChildren(moreButton("继续找", () => patiently(number, again))));
  pager.hidden = false;
}

const isLeft = (last) => last.approximate && last.next !== null;

/** Go on behind the `last` answer, until a text comes that holds the words, or one that is one mistake away. */
async function goOn(state, answer, options, { last, near }) {
  const number = asked;
  let isEnough = false;
  for (let left = AT_A_PRESS; left && isLeft(last) && !(isEnough && last.exact); left -= 1) {
    last = await (await opened()).query(state.q, { ...options, limit: PER_PAGE, offset: last.next });
    if (number !== asked) return;
    if (last.total) {
      show(state, last);
      return;
    }
    if (!last.near) continue;
    near = [...near, ...last.results];
    isEnough = true;
  }
  const results = near.length ? near : answer.results;
  const now = { near: near.length > 0, isExhausted: !isLeft(last), exact: last.exact };
  show(state, { ...answer, ...now, results, next: null });
  offerMore(state, answer, options, { last, near });
}

function moreButton(words, act) {
  const more = make("button", { class: "search-page__again", type: "button" }, words);
  more.addEventListener("click", act);
  return more;
}

/** Only the client's own faults are told in its words: what a browser says is for programmers. */
function tellError(error) {
  doubt();
  const message = "搜索程序没有运行成功。请再试一次，或刷新页面。";
  count.replaceChildren(error.forReaders ? error.message : message);
}

/** Links to the pages, and, where not all of this page was read in one go, a way to read on. */
function showPager(state, positions, next) {
  const end = state.page * PER_PAGE;
  const isMore = next !== null && (next < end || !hits.children.length);
  const readMore = () => readOn(state, next, Math.max(end, next + 1));
  const more = isMore ? [moreButton("继续显示", readMore)] : [];
  pager.replaceChildren(...more, ...pages(state, positions));
  pager.hidden = !pager.children.length;
}

/**
 * Add what stands from the offset `next` on, as far as `end`, to the results on the page. From the button
 * the focus goes to the first of it.
 */
function readOn(state, next, end) {
  const number = asked;
  const { q, page: _, ...options } = state;
  const before = [count, empty].map((one) => [one, [...one.childNodes]]);
  return patiently(number, async () => {
    const more = { ...options, limit: end - next, offset: next };
    const answer = await (await opened()).query(q, more);
    if (number !== asked) return;
    const isFocused = pager.contains(document.activeElement);
    const added = answer.approximate ? [] : answer.results.map(hit);
    changing(() => {
      for (const [one, nodes] of before) one.replaceChildren(...nodes);
      if (!answer.approximate) count.replaceChildren(...told(state, answer));
      hits.append(...added);
      showPager(state, answer.positions, answer.next);
    });
    if (isFocused && added.length) added[0].querySelector("a").focus();
  });
}

/** Do what may take its time for the question `number`: that it does is told, and what went wrong. */
async function patiently(number, work, failed = tellError) {
  const tell = (told, after) => {
    const telling = () => number === asked && changing(() => told(number));
    return setTimeout(telling, after);
  };
  const timers = [tell(showBusy, BUSY), tell(showSlow, SLOW)];
  try {
    await work();
  } catch (error) {
    if (number === asked) await failed(error);
  } finally {
    timers.forEach(clearTimeout);
  }
}

function showBusy(number) {
  count.replaceChildren("正在搜索……");
  if (shown !== number) empty.replaceChildren();
}

/** What is on its way is still shown when it comes. */
function showSlow(number) {
  if (shown !== number) clearList();
  count.replaceChildren("网络较慢，搜索数据还没有到，到了就会显示。");
  empty.replaceChildren(retry(askAnew));
}

/** Answer what the address asks for with nothing of what was fetched before. */
function askAnew() {
  doubt();
  return answerAddress();
}

/** On a wide page a facet stays open or closed as the reader left it. */
function showFacets(state, values) {
  const before = new Map([...facets.children].map((one) => [one.dataset.facet, one.open]));
  const made = Object.keys(FACETS).map((name) => {
    const open = wide.matches && (before.has(name) ? before.get(name) : true);
    const chosenLabel = index.label(name, state[name]);
    return facet(name, values[name], state, { chosenLabel, open });
  });
  facets.replaceChildren(...made.filter(Boolean));
}

function clearList() {
  for (const each of [facets, sorts, hits, empty, pager]) each.replaceChildren();
  pager.hidden = true;
}

/** What stands there before anything is asked; filters that the address already has are seen. */
function showWelcome(state) {
  const { within } = state;
  shown = asked;
  changing(() => {
    clearList();
    if (within.length) showFacets(state, every.facets);
    const where = within.length ? `在${listed(within)}里搜索` : `搜索${every.total}篇的`;
    count.replaceChildren(`可以${where}标题和全文`);
    empty.replaceChildren(welcome(every.facets.column, () => showWelcome(state)));
  });
}

/** What failed in the programme itself may have been kept by the browser: the page is loaded anew. */
function showFault(error) {
  const isData = error.forReaders && !error.reload;
  changing(() => {
    clearList();
    tellError(error);
    empty.replaceChildren(retry(isData ? askAnew : () => location.reload()));
  });
}

/** Too little was typed to search at every key: what was found before belongs to other words. */
function showTooShort(typed) {
  shown = asked += 1;
  clearList();
  hits.removeAttribute("aria-busy");
  count.replaceChildren(`请再输入一个字；只搜“${typed}”请按回车`);
}

/**
 * Answer what the address asks for. Where that fails with an index from before, it is tried once more with
 * the index as it is now.
 */
async function answerAddress() {
  const number = (asked += 1);
  const state = asking();
  const before = index;
  hits.setAttribute("aria-busy", "true");
  document.title = state.q ? `${short(state.q)}｜${plainTitle}` : plainTitle;
  const failed = (error) => {
    if (!before || error.reload) return showFault(error);
    return askAnew();
  };
  await patiently(number, () => answerTo(state, number), failed);
  if (number === asked) hits.removeAttribute("aria-busy");
}

async function answerTo(given, number) {
  const current = await opened();
  if (number !== asked) return;
  const state = known(given);
  const { q, page: at, ...options } = state;
  const slice = { limit: PER_PAGE, offset: (at - 1) * PER_PAGE };
  const answer = q.trim() ? await current.query(q, { ...options, ...slice }) : null;
  if (number !== asked) return;
  const last = answer && Math.max(1, Math.ceil(answer.positions / PER_PAGE));
  if (!answer) showWelcome(state);
  else if (at > last) ask(addressOf({ ...state, page: last }), false);
  else {
    show(state, answer);
    offerMore(state, answer, options, { last: answer, near: answer.near ? answer.results : [] });
  }
}

/** Ask for something: as a step to come back to, or in place of the last. */
function ask(address, step) {
  if (address !== location.pathname + location.search) {
    history[step ? "pushState" : "replaceState"](null, "", address);
  }
  return answerAddress();
}

/** Search for what was typed; `sent` with Enter, or at a pause in typing. */
function askTyped(sent) {
  const state = asking();
  const typed = input.value.trim();
  if (sent) keepSearch(typed);
  if (!sent && typed === state.q.trim() && hits.children.length) return;
  const address = addressOf({ ...state, q: typed, page: 1 });
  const answered = ask(address, sent || (isStep && Boolean(state.q)));
  isStep = sent;
  return answered;
}

let typing = 0;
function typed() {
  clearTimeout(typing);
  const text = input.value.trim();
  const length = Array.from(text).length;
  if (length > 0 && length < FEWEST) showTooShort(text);
  else typing = setTimeout(askTyped, PAUSE, false);
}
input.addEventListener("input", (event) => {
  clearTimeout(typing);
  if (!event.isComposing) typed();
});
input.addEventListener("compositionend", typed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  askTyped(true);
  // On a phone the keyboard makes room for what was found.
  if (window.matchMedia("(hover: none)").matches) input.blur();
});
listenToKeys(page, input, () => {
  clearTimeout(typing);
  input.value = "";
  askTyped(false);
});
page.addEventListener("click", async (event) => {
  if (event.target.closest("[data-search-hits] a")) keepSearch(asking().q);
  const link = event.target.closest("a[data-asks]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  event.preventDefault();
  clearTimeout(typing);
  isStep = true;
  const answered = ask(link.getAttribute("href"), true);
  input.value = asking().q;
  await answered;
  if (link.classList.contains("pager__link")) {
    count.focus({ preventScroll: true });
    body.scrollIntoView();
  }
});
window.addEventListener("popstate", () => {
  clearTimeout(typing);
  isStep = true;
  input.value = asking().q;
  answerAddress();
});

part("wait").remove();
body.hidden = false;
input.value = asking().q;
if (input.value && document.referrer.startsWith(`${location.origin}/`)) keepSearch(input.value);
if (!input.value && wide.matches) input.focus({ preventScroll: true });
answerAddress();
