/** What the search page says in words where it has no list of results, or beside one. */

import { FACETS, asks, make, word } from "./page-parts.js";
import { forgetSearches, recentSearches } from "./recent.js";
import { setSlash, slashWorks } from "./keys.js";

const COLUMNS = 10; // columns that are named

const note = (...children) => make("div", { class: "search-page__note" }, ...children);
const tip = (...children) => make("li", {}, ...children);
const between = (items) => items.flatMap((one, at) => (at ? ["、", one] : [one]));

/** How many were found, in words. */
export function told(state, answer) {
  const { total, results, exact = true, approximate = false, pinyin = false } = answer;
  const how = answer.near ? "只差一个字" : "字面相近";
  if (approximate && !exact) {
    return [`先读到的${results.length}条只与“${state.q.trim()}”字面相近，后面还有没读完的`];
  }
  if (approximate) return [`没有找到“${state.q.trim()}”，下面是${how}的${results.length}条`];
  if (!total) return [`没有找到“${state.q.trim()}”`];
  const ordinal = state.page > 1 ? `，第${state.page}页` : "";
  const number = make("strong", {}, String(total));
  const about = exact ? "" : "约";
  return [`${pinyin ? "按拼音找到" : "找到"}${about}`, number, `条结果${ordinal}`];
}

/** Parts of the words that do occur, each a search. */
function pieces(suggestions) {
  const links = suggestions.map((one) => {
    return asks({ q: one }, { class: "search-page__word" }, `piece ${one}`, one);
  });
  return between(links);
}

/** Above results that are only similar: what else to ask for; null where there is nothing. */
export function beside({ approximate = false, suggestions = [] }) {
  if (!approximate || !suggestions.length) return null;
  return make("p", { class: "search-page__beside" }, "也可以搜：", ...pieces(suggestions), "。");
}

/** Where no answer came: another try, and the way without a search. */
export function retry(again) {
  const button = make("button", { class: "search-page__again", type: "button" }, "再试一次");
  button.addEventListener("click", again);
  const all = word("sitemap/", "网站地图");
  return note(button, make("p", {}, "也可以从", all, "按栏目查找。"));
}

/** What to do where nothing was found. */
export function advice(state, { words, suggestions = [] }, columns) {
  const tips = [];
  if (Object.keys(FACETS).some((name) => state[name])) {
    const all = asks({ q: state.q }, { class: "search-page__word" }, "all", "去掉筛选，在全站里找");
    tips.push(tip(all));
  }
  if (suggestions.length) tips.push(tip("搜这些有结果的字词：", ...pieces(suggestions)));
  if (words.length > 1) tips.push(tip("少用几个词：每个词都要出现才算找到"));
  tips.push(tip("换一个更短的词，或只留最要紧的两三个字"), tip("看看有没有写错的字"));
  const lead = words.length ? "可以这样再试：" : "请输入要找的字词，标点不算。";
  const list = make("ul", { class: "search-page__tips" }, ...tips);
  return note(make("p", {}, lead), list, byColumn(columns));
}

/** What stands on the page before anything is asked. `again` shows it anew. */
export function welcome(columns, again) {
  const lead = make("p", {}, "输入两个字以上，结果随即出现在这里。");
  return note(lead, recent(again), byColumn(columns), keyboard(again));
}

function recent(again) {
  const kept = recentSearches();
  if (!kept.length) return null;
  const links = kept.map((one) => {
    return asks({ q: one }, { class: "search-page__word" }, `recent ${one}`, one);
  });
  const clear = make("button", { class: "search-page__small", type: "button" }, "清除记录");
  clear.addEventListener("click", () => {
    forgetSearches();
    again();
  });
  const where = make("span", { class: "search-page__aside" }, "（只记在这个浏览器里）");
  const attributes = { class: "search-page__recent" };
  return make("p", attributes, "最近搜过：", ...between(links), "。", where, clear);
}

function byColumn(columns) {
  const top = columns.filter((one) => !one.value.includes("/")).slice(0, COLUMNS);
  const links = top.map((one) => word(`${one.value}/`, one.label));
  const all = word("sitemap/", "网站地图");
  return make("p", {}, "也可以按栏目看：", ...between([...links, all]), "。");
}

/** The keys, and a way to put "/" out of use (WCAG 2.1.4); not for those who only touch. */
function keyboard(again) {
  if (!window.matchMedia("(any-hover: hover)").matches) return null;
  const works = slashWorks();
  const button = make(
    "button",
    { class: "search-page__small", type: "button", "data-search-slash": works ? "on" : "off" },
    works ? "停用“/”键" : "启用“/”键",
  );
  button.addEventListener("click", () => {
    if (!setSlash(!works)) return;
    again();
    document.querySelector("[data-search-slash]").focus();
  });
  const text = works
    ? "键盘：在任何一页按“/”到搜索框，↓、↑选结果，Esc 回搜索框。"
    : "键盘：↓、↑选结果，Esc 回搜索框。";
  return make("p", { class: "search-page__aside" }, text, button);
}
