/** What the search page says in words where it has no list of results, or beside one. */

import { FACETS, asks, make, word } from "./page-parts.js";
import { forgetSearches, recentSearches } from "./recent.js";
import { setSlash, slashWorks } from "./keys.js";

const COLUMNS = 10; // columns that are named
const LONGEST = 30; // characters of what was typed that are told
const UNWANTED = /^[-－−]["“＂]?[\p{L}\p{N}]/u;

const note = (...children) => make("div", { class: "search-page__note" }, ...children);
const tip = (...children) => make("li", {}, ...children);
const between = (items) => items.flatMap((one, at) => (at ? ["、", one] : [one]));

/** What was typed, as much of it as is told. */
export function short(text) {
  const typed = Array.from(text.trim());
  return typed.length > LONGEST ? `${typed.slice(0, LONGEST).join("")}……` : typed.join("");
}

/** Names of filters. */
export const listed = (names) => names.map((name) => `“${name}”`).join("、");

/** The words of a query, those with a minus apart. */
function typedWords(text) {
  const tokens = text.trim().split(/\s+/);
  return { unwanted: tokens.filter((one) => UNWANTED.test(one)), every: tokens };
}

function isOnlyUnwanted(text) {
  const { unwanted, every } = typedWords(text);
  return unwanted.length === every.length;
}

/** How many were found, in words. */
export function told(state, answer) {
  const { total, results, words, exact = true, approximate = false, pinyin = false } = answer;
  const how = answer.near ? "只差一个字" : "字面相近";
  const asked = `“${short(state.q)}”`;
  const nothing = `${state.within.length ? `在${listed(state.within)}里` : ""}没有找到${asked}`;
  if (approximate && !exact) {
    return [`先读到的${results.length}条只与${asked}字面相近，后面还有没读完的`];
  }
  if (approximate) {
    const further = answer.isExhausted && !answer.near ? "，接着找也没有更相近的" : "";
    return [`${nothing}${further}，下面是${how}的${results.length}条`];
  }
  if (!words.length) return [isOnlyUnwanted(state.q) ? "只写了不要的词" : "还没有要找的字词"];
  if (!total) return [nothing];
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

/** Above results: what was asked for after all, and what else to ask for; null where there is nothing. */
export function beside(state, { approximate = false, suggestions = [], words }) {
  const told = [];
  if (isOnlyUnwanted(state.q)) {
    told.push(`只写了不要的词，减号就没有算：找的是“${short(words.join(" "))}”。`);
  }
  if (approximate && suggestions.length) told.push("也可以搜：", ...pieces(suggestions), "。");
  return told.length ? make("p", { class: "search-page__beside" }, ...told) : null;
}

/** Where no answer came: another try, and the way without a search. */
export function retry(again) {
  const button = make("button", { class: "search-page__again", type: "button" }, "再试一次");
  button.addEventListener("click", again);
  const all = word("sitemap/", "网站地图");
  return note(button, make("p", {}, "也可以从", all, "按栏目查找。"));
}

function tried(tips, columns) {
  const list = make("ul", { class: "search-page__tips" }, ...tips);
  return note(make("p", {}, "可以这样再试："), list, byColumn(columns));
}

/** What to do where nothing was found. */
export function advice(state, { words, suggestions = [] }, columns) {
  if (!words.length) {
    const example = isOnlyUnwanted(state.q)
      ? "请再写一个要找的词，例如“提案 -答复”：找有“提案”、没有“答复”的。"
      : "请输入要找的字词，标点不算。";
    return note(make("p", {}, example), byColumn(columns));
  }
  const tips = [];
  const { unwanted, every } = typedWords(state.q);
  if (unwanted.length && unwanted.length < every.length) {
    const rest = every.filter((one) => !unwanted.includes(one)).join(" ");
    const next = { ...state, q: rest, page: 1 };
    const link = asks(next, { class: "search-page__word" }, "wanted", short(rest));
    const clash = unwanted.find((one) => words.some((word) => word.includes(one.slice(1))));
    const why = clash ? `“${short(clash.slice(1))}”又要又不要，就什么也找不到。` : "";
    tips.push(tip(`${why}去掉带减号的词，只搜：`, link));
    if (clash) return tried(tips, columns);
  }
  if (Object.keys(FACETS).some((name) => state[name])) {
    const all = asks({ q: state.q }, { class: "search-page__word" }, "all", "去掉筛选，在全站里找");
    tips.push(tip(all));
  }
  if (suggestions.length) tips.push(tip("搜这些有结果的字词：", ...pieces(suggestions)));
  if (words.length > 1) tips.push(tip("少用几个词：每个词都要出现才算找到"));
  tips.push(tip("换一个更短的词，或只留最要紧的两三个字"), tip("看看有没有写错的字"));
  return tried(tips, columns);
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
    return asks({ q: one }, { class: "search-page__word" }, `recent ${one}`, short(one));
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
