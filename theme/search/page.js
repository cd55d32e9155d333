/**
 * The search page: what is asked stands in the address, what is found below the form.
 */

import { open } from "./client.js";
import { listenToKeys } from "./keys.js";
import { advice, beside, told, welcome } from "./notes.js";
import { BY_ITSELF, FACETS, ORDERS, PER_PAGE, addressOf } from "./page-parts.js";
import { facet, hit, make, pages, sortLinks } from "./page-parts.js";
import { keepSearch } from "./recent.js";

const FEWEST = 2; // characters after which typing searches
const PAUSE = 250; // milliseconds without a key that end typing

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
let asked = 0; // the number of the last question: answers to earlier ones come too late
let isStep = true; // whether typing something else leaves what is shown as a step to come back to

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

/** Put an answer on the page; the focus stays on the link that asked for it. */
function show(state, answer) {
  const { total, results, positions } = answer;
  const focused = document.activeElement && document.activeElement.getAttribute("data-asks");
  showFacets(state, answer.facets);
  count.replaceChildren(...told(state, answer));
  sorts.replaceChildren(...(total > 1 ? sortLinks(state) : []));
  const note = results.length
    ? beside(answer)
    : advice(state, answer, index.overview.facets.column);
  empty.replaceChildren(...(note ? [note] : []));
  hits.replaceChildren(...results.map(hit));
  hits.start = (state.page - 1) * PER_PAGE + 1;
  // What is only similar has no further pages: the page goes on by itself.
  const isSimilar = answer.approximate && answer.exact;
  showPager(state, isSimilar ? 0 : positions, isSimilar ? null : answer.next);
  const links = focused ? [...page.querySelectorAll("[data-asks]")] : [];
  const again = links.find((one) => one.getAttribute("data-asks") === focused && one.offsetParent);
  if (focused) (again || count).focus({ preventScroll: true });
}

/**
 * Show an answer. As long as it has only similar texts, and others are left that may hold the words or
 * come near to them, go on until the page is full or none is left: some queries by itself, further
 * ones when the reader asks for them.
 */
async function showAndGoOn(state, answer, options) {
  show(state, answer);
  await goOn(state, answer, options, answer, answer.near ? [...answer.results] : []);
}

/** Go on behind the answer `last`; `near` are the results that came near so far. */
async function goOn(state, answer, options, last, near) {
  const number = asked;
  let left = BY_ITSELF;
  while (last.approximate && last.next !== null && (!last.exact || near.length < PER_PAGE)) {
    if (!left--) {
      const unread = last;
      const again = () => goOn(state, answer, options, unread, near).catch(tellError(number));
      pager.replaceChildren(moreButton(again));
      pager.hidden = false;
      return;
    }
    last = await index.query(state.q, { ...options, limit: PER_PAGE, offset: last.next });
    if (number !== asked) return;
    if (last.total) {
      show(state, last);
      return;
    }
    if (last.near) near.push(...last.results);
    const results = near.slice(0, PER_PAGE);
    if (last.near) show(state, { ...answer, results, near: true });
  }
  if (last === answer) return;
  const results = near.length ? near.slice(0, PER_PAGE) : answer.results;
  show(state, { ...answer, results, near: near.length > 0, exact: true, next: null });
}

function moreButton(act) {
  const more = make("button", { class: "search-page__again", type: "button" }, "继续显示");
  more.addEventListener("click", act);
  return more;
}

const tellError = (number) => (error) => {
  if (number === asked) count.replaceChildren(error.message);
};

/** Links to the pages, and, where not all of this page was read in one go, a way to read on. */
function showPager(state, positions, next) {
  const end = state.page * PER_PAGE;
  const isMore = next !== null && (next < end || !hits.children.length);
  const more = isMore ? [moreButton(() => readOn(state, next, Math.max(end, next + 1)))] : [];
  pager.replaceChildren(...more, ...pages(state, positions));
  pager.hidden = !pager.children.length;
}

/** Add what stands from the offset `next` on, as far as `end`, to the results on the page. */
async function readOn(state, next, end) {
  const number = asked;
  const { q, page: _, ...options } = state;
  try {
    const answer = await index.query(q, { ...options, limit: end - next, offset: next });
    if (number !== asked) return;
    if (!answer.approximate) {
      hits.append(...answer.results.map(hit));
      count.replaceChildren(...told(state, answer));
    }
    showPager(state, answer.positions, answer.next);
  } catch (error) {
    tellError(number)(error);
  }
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
  for (const each of [facets, sorts, hits, empty]) each.replaceChildren();
  pager.hidden = true;
}

function showWelcome() {
  const { total, facets: every } = index.overview;
  clearList();
  count.replaceChildren(`可以搜索${total}篇的标题和全文`);
  empty.replaceChildren(welcome(every.column, showWelcome));
}

function showFault(error) {
  const again = make("button", { class: "search-page__again", type: "button" }, "再试一次");
  again.addEventListener("click", answerAddress);
  clearList();
  count.replaceChildren(error.message);
  empty.replaceChildren(again);
}

/** Too little was typed to search at every key: what was found before belongs to other words. */
function showTooShort(typed) {
  asked += 1;
  clearList();
  hits.removeAttribute("aria-busy");
  count.replaceChildren(`请再输入一个字；只搜“${typed}”请按回车`);
}

/** Answer what the address asks for. */
async function answerAddress() {
  const number = (asked += 1);
  const state = asking();
  const slow = setTimeout(() => {
    if (number === asked) count.replaceChildren("正在搜索……");
  }, 300);
  hits.setAttribute("aria-busy", "true");
  document.title = state.q ? `${state.q}｜${plainTitle}` : plainTitle;
  try {
    index = index || (await open(new URL("./", import.meta.url)));
    const { q, page: at, ...options } = state;
    const slice = { limit: PER_PAGE, offset: (at - 1) * PER_PAGE };
    const answer = q.trim() ? await index.query(q, { ...options, ...slice }) : null;
    if (number !== asked) return;
    const last = answer && Math.max(1, Math.ceil(answer.positions / PER_PAGE));
    if (!answer) showWelcome();
    else if (at > last) ask(addressOf({ ...state, page: last }), false);
    else await showAndGoOn(state, answer, options);
  } catch (error) {
    if (number === asked) showFault(error);
  } finally {
    clearTimeout(slow);
    if (number === asked) hits.removeAttribute("aria-busy");
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

body.hidden = false;
input.value = asking().q;
if (input.value && document.referrer.startsWith(`${location.origin}/`)) keepSearch(input.value);
if (!input.value && wide.matches) input.focus({ preventScroll: true });
answerAddress();
