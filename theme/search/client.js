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
import { Found, IN_HEADLINE, Segment, candidates, settle } from "./segment.js";
import { coveringPlaces, excerptOf, firstPlaces, hitsIn } from "./words.js";
import { furtherPlaces, parse, readingsOf } from "./words.js";

const FORMAT = 3;
const FEW = 10; // candidates for a word that are cheaper to read than to look up further terms
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
    this.syllables = catalogue.syllables.split(" ");
    this.folder = new Folder(catalogue.folding);
    this.segments = catalogue.segments.map((one) => new Segment(files, one, this.folder));
  }

  /** The number of all documents, and the facets of all. */
  get overview() {
    const counted = this.segments.flatMap(({ runs, dead }) => {
      return runs.map((run) => [run, dead.slice(run.start, run.end).filter((bit) => !bit).length]);
    });
    const total = this.segments.reduce((sum, segment) => sum + segment.living, 0);
    return { total, facets: this.facets(counted, {}) };
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
   * that filter were not set. `exact` tells whether total and facets are certain: of words of
   * three and more characters only as many documents are read as are shown. Where nothing holds
   * the words, `pinyin` tells that letters were taken for pinyin, `approximate` that the results
   * are only similar (`total` is 0 then), and `suggestions` lists parts of the words that do
   * occur. A result also has labels and `marks`, the hits in its title and excerpt as pairs of
   * offsets.
   */
  async query(words, options = {}) {
    const { limit = 10, offset = 0, sort = "relevance" } = options;
    const asked = parse(this.folder, String(words === undefined || words === null ? "" : words));
    const first = wholeNumber(offset);
    const view = { filters: filtersOf(options), sort, first, last: first + wholeNumber(limit) };
    const wanted = asked.wanted.map(({ folded }) => folded);
    const unwanted = asked.unwanted.map(({ folded }) => folded);
    const [found, excluded] = await Promise.all(
      [wanted, unwanted].map((every) => Promise.all(every.map((word) => this.found(word)))),
    );
    const answer = { approximate: false, pinyin: false, suggestions: [] };
    let hits = this.hits(wanted, found, unwanted, excluded);
    let shown = await window(hits, view);
    if (wanted.length && !shown.length && !(await any(hits))) {
      const readings = await Promise.all(wanted.map((word) => this.readings(word)));
      if (readings.some(Boolean)) {
        const both = readings.map((reading, at) => reading || found[at]);
        hits = this.hits(wanted, both, unwanted, excluded);
        shown = await window(hits, view);
        answer.pinyin = await any(hits);
      }
      if (!shown.length && !(await any(hits))) {
        const { approximate, knownPieces } = await import("./approximate.js");
        answer.suggestions = await knownPieces(this.segments, wanted);
        const near = await approximate(this.segments, wanted, found, excluded);
        const pieces = answer.suggestions.length ? answer.suggestions : wanted;
        hits = { every: near, words: pieces, unwanted: [] };
        shown = await window(hits, view);
        answer.approximate = near.length > 0;
      }
    }
    // What is only similar does not count as found.
    const counted = answer.approximate ? [] : hits.every;
    const listed = filtered(counted, view.filters);
    const results = await Promise.all(shown.map((hit) => this.result(hit, hits.words)));
    return {
      total: listed.length,
      results,
      words: asked.wanted.map((word) => word.typed),
      facets: this.facets(countedByRun(counted), view.filters),
      exact: listed.every((hit) => hit.sure),
      ...answer,
    };
  }

  /** Where a word may stand, in each segment. */
  async found(word) {
    let places = [];
    let found = [];
    for (let more = firstPlaces(word); more.length; ) {
      places = [...places, ...more].sort((a, b) => a - b);
      found = await Promise.all(this.segments.map((each) => each.find(word, places)));
      const count = found.reduce((sum, each) => sum + each.count, 0);
      more = count > FEW ? furtherPlaces(word, places, count) : [];
    }
    return found;
  }

  /** Where letters stand as pinyin, in each segment; null if nowhere. */
  async readings(word) {
    for (const kind of readingsOf(word, this.syllables)) {
      const found = this.segments.map((segment) => new Found(segment, "", []));
      for (const reading of kind) {
        const places = coveringPlaces(reading);
        const every = await Promise.all(this.segments.map((each) => each.find(reading, places)));
        every.forEach(({ where }, number) => {
          where.forEach((bits, at) => bits && found[number].add(at, IN_HEADLINE));
        });
      }
      if (found.some(({ count }) => count)) return found;
    }
    return null;
  }

  hits(words, found, unwanted, excluded) {
    const every = this.segments.flatMap((segment, at) => {
      return candidates(
        segment,
        found.map((each) => each[at]),
        excluded.map((each) => each[at]),
      );
    });
    return { every, words, unwanted };
  }

  async result(hit, words) {
    const { segment, day, run } = hit;
    const [url, title, headlines, blocks] = await segment.row(passageFor(hit));
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

  /** What counted documents, pairs of a run and a number, come to by filter. */
  facets(counted, filters) {
    const facets = {};
    for (const name of FILTERS) {
      const sums = new Map();
      for (const [run, more] of counted) {
        const values = more && passes(run, filters, name) ? valuesOf(run, name) : [];
        for (const value of values) sums.set(value, (sums.get(value) || 0) + more);
      }
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

/** The results to be shown, certain; takes those that do not answer out of `hits`. */
async function window(hits, { filters, sort, first, last }) {
  for (;;) {
    const order = sort === "date" ? newer : sort === "oldest" ? older : better;
    const listed = filtered(hits.every, filters).sort(order);
    const shown = listed.slice(first, last);
    const open = listed.slice(0, last).filter((hit) => !hit.sure);
    open.push(...shown.filter((hit) => hit.sure && !hit.passages));
    if (!shown.length || !open.length) return shown;
    await Promise.all(open.map((hit) => settle(hit, hits.words, hits.unwanted)));
    hits.every = hits.every.filter((hit) => hit.rank);
  }
}

/** Whether any document answers, whatever the filters. */
async function any(hits) {
  const view = { filters: {}, sort: "relevance", first: 0, last: 1 };
  return (await window(hits, view)).length > 0;
}

/** The passage of a document to show: the first that most of the words have found. */
function passageFor({ segment, at, passages }) {
  const counts = new Map();
  for (const passage of passages || []) {
    if (passage >= 0) counts.set(passage, (counts.get(passage) || 0) + 1);
  }
  const order = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return order.length ? order[0][0] : segment.firsts[at];
}

function filtered(hits, filters) {
  return hits.filter(({ run }) => passes(run, filters));
}

function countedByRun(hits) {
  const counts = new Map();
  for (const { run } of hits) counts.set(run, (counts.get(run) || 0) + 1);
  return [...counts];
}

const newer = (a, b) => b.day - a.day || a.order - b.order;
const better = (a, b) => b.rank - a.rank || newer(a, b);
const older = (a, b) => (a.day || UNDATED) - (b.day || UNDATED) || a.order - b.order;

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
