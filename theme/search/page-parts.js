/**
 * The pieces of the search page: each function makes elements of what it is given.
 *
 * Text reaches the page as text nodes only, so that no query and no title can become HTML.
 */

export const PER_PAGE = 10;
/** Queries, of at most twelve files each, that one press of “继续找” asks at most. */
export const AT_A_PRESS = 6;
const SHOWN = 10; // values of a facet before the others are folded away
export const FACETS = { kind: "类型", column: "栏目", year: "年份", periodical: "刊物" };
export const ORDERS = { "": "最相关", date: "最新", oldest: "最早" };

const site = new URL("../", import.meta.url);

/** An element with attributes and children; a string becomes text. */
export function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** The address that asks for something. */
export function addressOf(state) {
  const given = new URLSearchParams();
  for (const name of ["q", ...Object.keys(FACETS), "sort"])
    if (state[name]) given.set(name, state[name]);
  if (state.page > 1) given.set("page", state.page);
  const text = given.toString();
  return location.pathname + (text ? `?${text}` : "");
}

/** A link that asks for something else; `key` finds it again when the page has changed. */
export function asks(state, attributes, key, ...children) {
  return make("a", { href: addressOf(state), "data-asks": key, ...attributes }, ...children);
}

/** A text with its hits marked. */
function marked(text, marks) {
  const pieces = [];
  let from = 0;
  for (const [start, end] of marks) {
    pieces.push(text.slice(from, start), make("mark", {}, text.slice(start, end)));
    from = end;
  }
  return [...pieces, text.slice(from)];
}

function day(date) {
  const [year, month, number] = date.split("-").map(Number);
  return make("time", { class: "meta__part", datetime: date }, `${year}年${month}月${number}日`);
}

export function hit(result) {
  const { kind, column, periodical } = result.labels;
  const address = new URL(`.${result.url}`, site).href;
  const meta = [column, periodical]
    .filter(Boolean)
    .map((text) => make("span", { class: "meta__part" }, text));
  if (result.date) meta.push(day(result.date));
  return make(
    "li",
    { class: "search-page__hit" },
    make(
      "h2",
      { class: "search-page__title" },
      kind ? make("span", { class: "search-page__kind" }, kind) : null,
      make("a", { href: address }, ...marked(result.title, result.marks.title)),
    ),
    make("p", { class: "search-page__text" }, ...marked(result.excerpt, result.marks.excerpt)),
    make("p", { class: "meta" }, ...meta),
  );
}

/** The name of a value; a sub-column's with that of the column above it. */
export function nameOf(name, value, values) {
  if (name === "year") return `${value.label}年`;
  const above =
    name === "column" && value.value.includes("/") && value.value.replace(/\/[^/]*$/, "");
  const parent = above && values.find((one) => one.value === above);
  return parent ? `${parent.label} › ${value.label}` : value.label;
}

/** A value to choose; its number is told as so many results. */
function valueOf(name, value, label, number, state) {
  const attributes = {
    class: "search-page__value",
    "aria-current": (state[name] || "") === value && "true",
  };
  const unit = make("span", { class: "vh" }, "条");
  const count = make("span", { class: "search-page__number" }, String(number), unit);
  const children = [make("span", {}, label), number === null ? null : count];
  const next = { ...state, [name]: value, page: 1 };
  return make("li", {}, asks(next, attributes, `${name} ${value}`, ...children));
}

/** Values that are shown when asked for. */
function folded(rows) {
  const summary = make("summary", {}, `其余${rows.length}项`);
  return make("details", { class: "search-page__more" }, summary, make("ul", {}, ...rows));
}

/** A filter with its values; null where there is nothing to choose. */
export function facet(name, values, state, { chosenLabel, open }) {
  const chosen = state[name];
  const all = values.some((one) => one.value === chosen)
    ? values
    : [...(chosen ? [{ value: chosen, label: chosenLabel, count: 0 }] : []), ...values];
  if (all.length < 2 && !chosen) return null;
  const rows = all.map((one) => valueOf(name, one.value, nameOf(name, one, all), one.count, state));
  // The chosen value is never folded away.
  const at = all.findIndex((one) => one.value === chosen);
  if (at >= SHOWN) rows.unshift(...rows.splice(at, 1));
  const rest = rows.splice(SHOWN);
  const on = chosen ? " search-page__facet--on" : "";
  const told = chosen && !open ? `：${name === "year" ? `${chosen}年` : chosenLabel}` : "";
  return make(
    "details",
    { class: `search-page__facet${on}`, open, "data-facet": name },
    make("summary", { class: "search-page__summary" }, FACETS[name], told),
    make("ul", {}, valueOf(name, "", "全部", null, state), ...rows),
    rest.length ? folded(rest) : null,
  );
}

/** The orders of the results. */
export function sortLinks(state) {
  const links = Object.entries(ORDERS).map(([sort, label]) => {
    return asks(
      { ...state, sort, page: 1 },
      { class: "search-page__order", "aria-current": state.sort === sort && "true" },
      `sort ${sort}`,
      label,
    );
  });
  return [make("span", {}, "排序："), ...links];
}

/** Links to the pages of the results: the first, those near this one, the last. */
export function pages(state, total) {
  const last = Math.ceil(total / PER_PAGE);
  if (last < 2) return [];
  const near = [1, state.page - 1, state.page, state.page + 1, last];
  const numbers = [...new Set(near)].filter((number) => number >= 1 && number <= last);
  const link = (number, label, more) =>
    asks({ ...state, page: number }, { class: "pager__link", ...more }, `page ${label}`, label);
  const items = numbers
    .sort((a, b) => a - b)
    .flatMap((number, at) => {
      const gap = at && number - numbers[at - 1] > 1;
      const own = link(number, String(number), {
        "aria-current": number === state.page && "page",
        "aria-label": `第${number}页`,
      });
      return gap ? [make("span", { class: "pager__gap", "aria-hidden": "true" }, "…"), own] : [own];
    });
  if (state.page > 1) items.unshift(link(state.page - 1, "上一页", { rel: "prev" }));
  if (state.page < last) items.push(link(state.page + 1, "下一页", { rel: "next" }));
  return [...items, make("span", { class: "pager__count" }, `第${state.page}页，共${last}页`)];
}

/** A link within a sentence to an address below the site's root. */
export function word(address, text) {
  return make("a", { class: "search-page__word", href: new URL(`./${address}`, site).href }, text);
}
