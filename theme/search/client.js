/**
 * The search client: finds any run of characters in the titles and texts of the site.
 *
 *     const index = await open("https://example.org/search/");
 *     const { total, results } = await index.query("老旧小区 改造", { limit: 10, kind: "article" });
 *
 * It knows no page and no element: it also runs in Node. How many documents hold a word is known
 * from the index alone; only what is shown is fetched.
 */

import { Files, Folder } from "./format.js";
import { IN_HEADLINE, IN_TITLE, IS_TITLE, Segment } from "./segment.js";

const FORMAT = 1;
const EXCERPT = 96; // characters of an excerpt
const BEFORE = 24; // characters of it before the first hit, at most
const FILTERS = ["kind", "column", "year", "periodical"];
const UNDATED = 1e9; // where a document without a date stands when the oldest come first

/** Open the index in the folder `baseUrl`, an address that ends with a slash. */
export async function open(baseUrl) {
  if (typeof DecompressionStream === "undefined") {
    throw new Error("这个浏览器版本太旧，不能在网页里搜索。请升级浏览器，或从网站地图查找。");
  }
  const files = new Files(String(baseUrl).replace(/\/?$/, "/"));
  const catalogue = await files.json("catalogue.bin", { cache: "no-cache" });
  if (catalogue.format !== FORMAT) throw new Error("搜索程序与索引的版本不一致，请刷新页面再试。");
  return new Index(files, catalogue);
}

class Index {
  constructor(files, catalogue) {
    this.labels = catalogue.labels;
    this.folder = new Folder(catalogue.folding);
    this.segments = catalogue.segments.map((one) => new Segment(files, one, this.folder));
  }

  /** The number of all documents, and the facets of all. */
  get overview() {
    const counted = this.segments.map(({ runs }) => runs.map(({ start, end }) => end - start));
    const size = this.segments.reduce((sum, segment) => sum + segment.documents, 0);
    return { total: size, facets: this.facets(counted, {}) };
  }

  /**
   * Documents that hold every word and none of the excluded ones.
   *
   * Words are parted by white space; quotation marks keep white space from parting; a word
   * behind "-" is excluded. `column` includes its sub-columns. `sort` is "relevance" (title
   * before headline before text, then the newest), "date" (newest first) or "oldest".
   *
   * Beside `total` and `results` the answer has `words` (as typed, without the excluded) and
   * `facets`: for each filter the values that occur, `{ value, label, count }`, counted as if
   * that filter were not set. A result also has labels and `marks`, the hits in its title and
   * excerpt as pairs of offsets.
   */
  async query(words, options = {}) {
    const { limit = 10, offset = 0, sort = "relevance" } = options;
    const asked = this.parse(String(words === undefined || words === null ? "" : words));
    const filters = filtersOf(options);
    const answers = await Promise.all(this.segments.map((segment) => answer(segment, asked)));
    const hits = answers.flatMap((one) => hitsOf(one, filters));
    hits.sort(sort === "date" ? newer : sort === "oldest" ? older : better);
    const first = wholeNumber(offset);
    const shown = hits.slice(first, first + wholeNumber(limit));
    const results = await Promise.all(shown.map((hit) => this.result(hit, asked.wanted)));
    const counted = answers.map(({ segment, ranks }) =>
      segment.runs.map((run) => count(run, ranks)),
    );
    return {
      total: hits.length,
      results,
      words: asked.wanted.map((word) => word.typed),
      facets: this.facets(counted, filters),
    };
  }

  /** The words of a query, folded, without those that are nothing but punctuation. */
  parse(text) {
    const [wanted, unwanted] = [new Map(), new Map()];
    for (const [token] of text.matchAll(/(?:"[^"]*"|“[^”]*”|＂[^＂]*＂|\S)+/gu)) {
      const minus = /^[-－−]./u.test(token);
      const typed = minus ? token.slice(1) : token;
      const folded = this.folder.fold(typed);
      if (folded) (minus ? unwanted : wanted).set(folded, { folded, typed });
    }
    // Where nothing else is asked for, a minus is punctuation like any other.
    const [words, without] = wanted.size ? [wanted, unwanted] : [unwanted, wanted];
    return { wanted: [...words.values()], unwanted: [...without.values()] };
  }

  async result({ segment, at, day, run, found }, words) {
    const passage = segment.passageFor(at, found);
    const [url, title, headlines, blocks] = await segment.record(passage);
    const excerpt = excerptOf(this.folder, [...headlines, ...blocks], words);
    const marks = hitsIn(this.folder, title, words).map(({ start, end }) => [start, end]);
    const { kind, column, periodical, year } = run;
    return {
      url,
      title,
      date: day ? dateOf(day) : "",
      column,
      kind,
      excerpt: excerpt.text,
      year: year || null,
      periodical,
      labels: {
        kind: this.label("kind", kind),
        column: this.label("column", column),
        periodical: this.label("periodical", periodical),
      },
      marks: { title: marks, excerpt: excerpt.marks },
    };
  }

  label(filter, value) {
    const labels = this.labels[filter] || {};
    return Object.prototype.hasOwnProperty.call(labels, value) ? labels[value] : value;
  }

  /** What `counted` documents, a number for each run of each segment, come to by filter. */
  facets(counted, filters) {
    const facets = {};
    for (const name of FILTERS) {
      const sums = new Map();
      this.segments.forEach(({ runs }, segment) => {
        runs.forEach((run, at) => {
          const more = passes(run, filters, name) ? counted[segment][at] : 0;
          for (const value of more ? valuesOf(run, name) : []) {
            sums.set(value, (sums.get(value) || 0) + more);
          }
        });
      });
      const values = [...sums].map(([value, sum]) => {
        return { value, label: this.label(name, value), count: sum };
      });
      facets[name] = values.sort((a, b) => {
        return name === "year"
          ? b.value - a.value
          : b.count - a.count || (a.value < b.value ? -1 : 1);
      });
    }
    return facets;
  }
}

/** What a segment knows of a query: each document's rank, 0 for those that are not wanted. */
async function answer(segment, { wanted, unwanted }) {
  const ranks = new Int32Array(segment.documents);
  const find = (words) => Promise.all(words.map(({ folded }) => segment.find(folded)));
  const [found, excluded] = await Promise.all([wanted, unwanted].map(find));
  for (let at = 0; at < ranks.length && found.length; at += 1) {
    if (found.every(({ where }) => where[at]) && !excluded.some(({ where }) => where[at])) {
      ranks[at] = found.reduce((sum, { where }) => sum + weight(where[at]), 1);
    }
  }
  return { segment, ranks, found };
}

/** More words in the title come before fewer, whatever the headlines say. */
function weight(where) {
  if (where & IS_TITLE) return 1000000;
  if (where & IN_TITLE) return 1000;
  return where & IN_HEADLINE ? 1 : 0;
}

function hitsOf({ segment, ranks, found }, filters) {
  const hits = [];
  for (const run of segment.runs) {
    if (!passes(run, filters)) continue;
    for (let at = run.start; at < run.end; at += 1) {
      if (ranks[at]) hits.push({ segment, at, rank: ranks[at], day: segment.days[at], run, found });
    }
  }
  return hits;
}

function count({ start, end }, ranks) {
  let sum = 0;
  for (let at = start; at < end; at += 1) sum += ranks[at] > 0;
  return sum;
}

const better = (a, b) => b.rank - a.rank || newer(a, b);
const newer = (a, b) => b.day - a.day || a.at - b.at;
const older = (a, b) => (a.day || UNDATED) - (b.day || UNDATED) || a.at - b.at;

function wholeNumber(value) {
  return value === Infinity ? value : Math.max(0, Math.trunc(value) || 0);
}

function filtersOf(options) {
  const filters = {};
  for (const name of FILTERS) {
    const value = options[name];
    if (value !== undefined && value !== null && value !== "") filters[name] = String(value);
  }
  if (filters.column) filters.column = filters.column.replace(/^\/+|\/+$/g, "");
  return filters;
}

/** Whether the documents of a run pass the filters, that of the name `except` left out. */
function passes(run, filters, except) {
  return Object.keys(filters).every((name) => {
    return name === except || valuesOf(run, name).includes(filters[name]);
  });
}

/** The values of a filter that a run's documents have: a column and all those above it. */
function valuesOf(run, name) {
  const value = run[name];
  if (!value) return [];
  if (name !== "column") return [String(value)];
  const parts = value.split("/");
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

/** `2022-03-18` of the days since 31 December of the year 0. */
function dateOf(day) {
  return new Date((day - 719163) * 864e5).toISOString().slice(0, 10);
}

/** Where the words stand in a text: `start`, `end` and `words`, ascending, none overlapping. */
function hitsIn(folder, text, words) {
  const { folded, starts, ends } = folder.foldWithPlaces(text);
  const hits = [];
  words.forEach((word, number) => {
    const length = word.folded.length;
    let at = folded.indexOf(word.folded);
    for (; at >= 0; at = folded.indexOf(word.folded, at + length)) {
      hits.push({ start: starts[at], end: ends[at + length - 1], words: [number] });
    }
  });
  hits.sort((a, b) => a.start - b.start || b.end - a.end);
  return hits.reduce((joined, hit) => {
    const last = joined[joined.length - 1];
    if (!last || hit.start >= last.end) return [...joined, hit];
    last.end = Math.max(last.end, hit.end);
    last.words.push(...hit.words);
    return joined;
  }, []);
}

/** The stretch of the blocks that shows most of the words, and where they stand in it. */
function excerptOf(folder, blocks, words) {
  const text = blocks.join(" ");
  const hits = [];
  let shift = 0;
  for (const block of blocks) {
    for (const hit of hitsIn(folder, block, words)) {
      hits.push({ ...hit, start: hit.start + shift, end: hit.end + shift });
    }
    shift += block.length + 1;
  }
  const anchor = anchorOf(hits);
  const begin = beginOf(text, anchor.start);
  let end = Math.max(begin + EXCERPT, anchor.end);
  if (end > text.length - BEFORE / 2) end = text.length;
  else if (/[\udc00-\udfff]/.test(text[end])) end += 1;
  const dots = begin ? "……" : "";
  return {
    text: dots + text.slice(begin, end) + (end < text.length ? "……" : ""),
    marks: hits
      .filter((hit) => hit.start >= begin && hit.end <= end)
      .map((hit) => [hit.start, hit.end].map((offset) => offset - begin + dots.length)),
  };
}

/** The first of the hits behind which the most different words follow within an excerpt. */
function anchorOf(hits) {
  let [best, most] = [{ start: 0, end: 0 }, 0];
  hits.forEach((hit, first) => {
    const words = new Set();
    for (let at = first; at < hits.length; at += 1) {
      if (hits[at].start > hit.start + EXCERPT - BEFORE) break;
      hits[at].words.forEach((word) => words.add(word));
    }
    if (words.size > most) [best, most] = [hit, words.size];
  });
  return best;
}

/** Where an excerpt begins that shows the hit at `start`: at a sentence if one begins near. */
function beginOf(text, start) {
  let begin = Math.max(0, start - BEFORE);
  const before = text.slice(begin, start);
  const sentence = Math.max(...Array.from("。！？；", (mark) => before.lastIndexOf(mark)));
  if (begin && sentence >= 0) begin += sentence + 1;
  if (text[begin] === " ") begin += 1;
  return begin && /[\udc00-\udfff]/.test(text[begin]) ? begin - 1 : begin;
}
