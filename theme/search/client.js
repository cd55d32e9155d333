/**
 * The search client: finds any run of characters in the titles and texts of the site.
 *
 *     const index = await open("https://example.org/search/");
 *     const { total, results } = await index.query("老旧小区 改造", { limit: 10, kind: "article" });
 *
 * It knows no page and no element: it also runs in Node.
 */

import { Files, Folder, NOWHERE, SPAN, followed, hashOf, pathOf } from "./format.js";
import { readPosting, readShard } from "./format.js";

const FORMAT = 1;
const STAGE = 4; // terms of a long word that are looked up before its candidates are counted
const FEW = 8; // candidates that are cheaper to read than to look up further terms
const EXCERPT = 96; // characters of an excerpt
const BEFORE = 24; // characters of it before the first hit, at most

// Where a word stands in a document. The best place of all decides the order of results.
const IN_TEXT = 1;
const IN_HEADLINE = 2;
const IN_TITLE = 4;
const IS_TITLE = 8;

const FILTERS = ["kind", "column", "year", "periodical"];

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

  /** How many documents there are. */
  get size() {
    return this.segments.reduce((sum, segment) => sum + segment.documents, 0);
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
   * that filter were not set.
   */
  async query(words, options = {}) {
    const { limit = 10, offset = 0, sort = "relevance" } = options;
    const asked = this.parse(String(words === undefined || words === null ? "" : words));
    const filters = filtersOf(options);
    const found = await Promise.all(this.segments.map((one) => one.search(asked)));
    const hits = found.flatMap((ranks, at) => hitsOf(this.segments[at], ranks, filters));
    hits.sort(sort === "date" ? newer : sort === "oldest" ? older : better);
    const first = Math.max(0, Math.trunc(offset) || 0);
    const count = limit === Infinity ? hits.length : Math.max(0, Math.trunc(limit) || 0);
    const shown = hits.slice(first, first + count);
    const results = shown.map(async ({ segment, at }) => this.result(segment, at, asked.wanted));
    return {
      total: hits.length,
      results: await Promise.all(results),
      words: asked.wanted.map((word) => word.typed),
      facets: this.facets(found, filters),
    };
  }

  /** The words of a query, folded, without those that are nothing but punctuation. */
  parse(text) {
    const [wanted, unwanted] = [new Map(), new Map()];
    for (const token of tokensOf(text)) {
      const minus = /^[-－−]./u.test(token);
      const typed = minus ? token.slice(1) : token;
      const folded = this.folder.fold(typed);
      if (folded) (minus ? unwanted : wanted).set(folded, { folded, typed });
    }
    // Where nothing else is asked for, a minus is punctuation like any other.
    const [words, without] = wanted.size ? [wanted, unwanted] : [unwanted, wanted];
    return { wanted: [...words.values()], unwanted: [...without.values()] };
  }

  async result(segment, at, words) {
    const { run, day } = segment.about(at);
    const [url, title, headlines, blocks] = await segment.record(segment.passageFor(at, words));
    const titleMarks = marksIn(this.folder, title, words);
    const excerpt = excerptOf(this.folder, [...headlines, ...blocks], words);
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
      columnLabel: this.label("column", column),
      kindLabel: this.label("kind", kind),
      periodicalLabel: this.label("periodical", periodical),
      marks: { title: titleMarks.map(({ start, end }) => [start, end]), excerpt: excerpt.marks },
    };
  }

  label(filter, value) {
    return (this.labels[filter] && this.labels[filter][value]) || value;
  }

  facets(found, filters) {
    const facets = {};
    for (const name of FILTERS) {
      const counts = new Map();
      found.forEach((ranks, at) => {
        for (const run of this.segments[at].runs) {
          if (!passes(run, filters, name)) continue;
          let count = 0;
          for (let number = run.start; number < run.end; number += 1) count += ranks[number] > 0;
          if (!count) continue;
          for (const value of valuesOf(run, name)) {
            counts.set(value, (counts.get(value) || 0) + count);
          }
        }
      });
      facets[name] = [...counts].map(([value, count]) => {
        return { value, label: name === "year" ? value : this.label(name, value), count };
      });
    }
    return facets;
  }
}

/** One part of the index, complete in itself. */
class Segment {
  constructor(files, about, folder) {
    this.files = files;
    this.folder = folder;
    this.path = about.path;
    this.version = about.version;
    this.documents = about.documents;
    this.shards = about.shards;
    this.group = about.group;
    this.common = new Set(about.common.flatMap(([length, terms]) => cut(terms, length)));
    this.longest = Math.max(2, ...about.common.map(([length]) => length + 1));
    this.runs = runsOf(about.runs);
    this.days = daysOf(this.runs, about.days);
    this.passages = about.passages;
    this.firstPassage = new Int32Array(this.documents + 1).fill(1);
    for (const [at, count] of about.long) this.firstPassage[at] = count;
    this.firstPassage.reduce((sum, count, at, all) => ((all[at] = sum), sum + count), 0);
  }

  /** The rank of every document, 0 for those that are not wanted. */
  async search({ wanted, unwanted }) {
    const ranks = new Int32Array(this.documents);
    if (!wanted.length) return ranks;
    const [found, excluded] = await Promise.all(
      [wanted, unwanted].map((words) => Promise.all(words.map((word) => this.find(word)))),
    );
    for (let at = 0; at < this.documents; at += 1) {
      if (excluded.some(({ where }) => where[at])) continue;
      let rank = 1;
      for (const { where } of found) {
        if (!where[at]) rank = -Infinity;
        else if (where[at] >= IS_TITLE) rank += 1e6;
        else if (where[at] >= IN_TITLE) rank += 1e3;
        else if (where[at] >= IN_HEADLINE) rank += 1;
      }
      ranks[at] = Math.max(0, rank);
    }
    return ranks;
  }

  /** Where a word stands: `where` for every document, `passage` of the first hit in its text. */
  async find(word) {
    const hits = (word.hits = word.hits || new Map());
    if (!hits.has(this)) hits.set(this, this.collect(word.folded));
    return hits.get(this);
  }
}
