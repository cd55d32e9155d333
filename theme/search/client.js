/**
 * The search client: finds any run of characters in the titles and texts of the site.
 *
 *     const index = await open("https://example.org/search/");
 *     const { total, results } = await index.query("老旧小区 改造", { limit: 10, kind: "article" });
 *
 * It knows no page and no element: it also runs in Node. How many documents hold a word is known
 * from the index alone; only what is shown is fetched.
 */

import { approximate, knownPieces, stretchNear, weightsOf } from "./approximate.js";
import { Files, Folder, OFFSETS, fault, titleKey } from "./format.js";
import { Found, IN_HEADLINE, IN_TEXT, IS_TITLE, Segment, candidates, settle } from "./segment.js";
import { firstPassages, rowsToRead, shownPassage, trustAlike } from "./segment.js";
import { LONG_WORD, LOOKUPS, NEAR_LOOKUPS, PARTS, SHORTEST } from "./words.js";
import { chosenParts, commonness, covers, excerptOf, hitsIn, termOf, unitsOf } from "./words.js";
import { nearParts, parse, partsOfReading, readingsOf, spaced } from "./words.js";

const FORMAT = 8;
const FEW = 10; // candidates that are cheaper to read than to look up further terms
const FEW_TITLES = 5; // titles that may be the word that are read sooner than its key is looked up
const FEW_MISTRUSTED = 5; // candidates behind which similar documents are listed, at most
const CHANCES = 4; // so many times as many candidates as chance would bring are taken for chance
const READINGS = 3; // terms of pinyin that are
const BESIDE_TEXTS = 2; // files that a query may cost beside one for each result …
const FEWEST_RESULTS = 10; // … of which there are so many at least
const MOST_READ = 3; // passages of a document that are read at most to see whether it holds a word
const FILTERS = ["kind", "column", "year", "periodical"];
const UNDATED = 1e9; // where a document without a date stands when the oldest come first

/**
 * Open the index in the folder `baseUrl`, an address that ends with a slash; where it has not changed
 * since `known` was opened, that one. All files are fetched with the `options` of fetch.
 */
export async function open(baseUrl, { known = null, ...options } = {}) {
  if (typeof DecompressionStream === "undefined") {
    throw fault("这个浏览器版本太旧，不能在网页里搜索。请升级浏览器，或从网站地图查找。");
  }
  const files = new Files(String(baseUrl).replace(/\/?$/, "/"), options);
  const read = (bytes) => {
    const text = new TextDecoder().decode(bytes);
    if (known && known.text === text) return known;
    const catalogue = JSON.parse(text);
    if (catalogue.format === FORMAT) return new Index(files, catalogue, text);
    throw fault("搜索程序与索引的版本不一致，请刷新页面再试。", { reload: true });
  };
  return files.get("catalogue.bin", read, { cache: "no-cache" });
}

class Index {
  constructor(files, catalogue, text) {
    this.text = text;
    this.labels = catalogue.labels;
    this.syllables = catalogue.syllables.split(" ");
    this.folder = new Folder(catalogue.folding);
    this.segments = catalogue.segments.map((one) => new Segment(files, one, this.folder));
    this.common = commonness(catalogue.segments[0].common);
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
   * three and more characters only as many documents are read as are shown. `pinyin`
   * tells that letters were taken for pinyin; where nothing holds the words, `approximate` that the
   * results are only similar (`total` is 0 then), `near` that each of them holds what a single mistake
   * makes the word of, and `suggestions` lists parts of the words that do occur. A result also has
   * labels and `marks`, the hits in its title and excerpt as pairs of offsets.
   *
   * A query costs at most two files more than `limit`, or 12, in three rounds; with a `limit` of
   * Infinity there is no bound. `offset` counts what seems to answer: what turns out not to is left
   * out, so that there may be fewer results than `limit`. `next` is the offset to go on from where
   * there is more, else null; `positions` is how far offsets reach.
   */
  async query(words, options = {}) {
    const { limit = 10, offset = 0, sort = "relevance" } = options;
    const parsed = parse(this.folder, String(words === undefined || words === null ? "" : words));
    const first = wholeNumber(offset);
    const view = { filters: filtersOf(options), sort, first, last: first + wholeNumber(limit) };
    const wanted = parsed.wanted.map(({ folded }) => folded);
    const unwanted = parsed.unwanted.map(({ folded }) => folded);
    const spent = new Spent(Math.max(wholeNumber(limit), FEWEST_RESULTS) + BESIDE_TEXTS);
    const { every, parts } = await this.found([...wanted, ...unwanted], spent);
    const [found, excluded] = [every.slice(0, wanted.length), every.slice(wanted.length)];
    const isLong = wanted.some((word) => word.length >= SHORTEST);
    const isLetters = wanted.some((word) => readingsOf(word, this.syllables).length);
    const asking = { view, wanted, unwanted, found, excluded, parts, spent, isLong, isLetters };
    asking.isSingle = wanted.length === 1 && isLong && !isLetters;
    let hits = this.hits(wanted, found, unwanted, excluded);
    let readings = [];
    const most = parts.length === 1 ? PARTS : 1;
    let early = isLetters && parts.every((own) => own.length <= most);
    early = early && hits.every.length > 0 && hits.every.every(({ rank }) => rank === 1);
    if (early) {
      readings = await Promise.all(wanted.map((word) => this.readings(word, spent)));
      hits = this.hits(wanted, beside(found, readings), unwanted, excluded);
    }
    const doubtful = hits.every.length <= FEW && !hits.every.some(({ sure }) => sure);
    asking.count = filtered(hits.every, view.filters).length;
    asking.few = asking.isSingle && doubtful && this.isFew(hits, asking);
    asking.beyond = asking.few && first >= asking.count; // behind all that seems to answer
    asking.looksNear = asking.beyond || (asking.few && this.seemsChance(asking, hits));
    asking.known = parts.slice(0, wanted.length).map((own) => [...own]);
    // These and pinyin are looked up while the texts are read, lest there be a fourth round.
    if (asking.looksNear) await this.lookNear(asking);
    const nearing = this.postings(wanted, asking.looksNear ? parts : []);
    const groups = spaced(wanted, this.syllables);
    const read = groups.map((rows) => rows.map((at) => wanted[at]).join(""));
    const looking = doubtful && !early ? read.map((word) => this.readings(word, spent)) : [];
    const upTo = { ...view, first: 0, last: view.last === Infinity ? Infinity : asking.count };
    const shown = window(hits, asking.beyond ? upTo : view, spent);
    const later = Promise.all(looking);
    let [seen] = await Promise.all([shown, later, nearing]);
    if (asking.beyond) seen = { ...seen, shown: [], following: null };
    const known = await later;
    const isRead = known.every((reading, row) => reading || groups[row].length === 1);
    if (!hits.every.length && isRead && known.some(Boolean)) {
      readings = known;
      const both = known.map((reading, row) => reading || found[groups[row][0]]);
      hits = this.hits(read, both, unwanted, excluded);
      seen = await window(hits, view, spent);
    }
    const similar = await this.similar(asking, hits, seen);
    const isApproximate = similar.shown.length > 0;
    // What is only similar does not count as found.
    const counted = isApproximate ? [] : hits.every;
    const listed = filtered(counted, view.filters);
    const following = isApproximate ? similar.following : seen.following;
    const results = (isApproximate ? similar : seen).shown.map((hit) => {
      return this.result(hit, hit.near ? [hit.near] : similar.marked);
    });
    return {
      total: listed.length,
      results: await Promise.all(results),
      words: parsed.wanted.map((word) => word.typed),
      facets: this.facets(countedByRun(counted), view.filters),
      exact: listed.every((hit) => hit.sure) && !similar.hides,
      positions: isApproximate ? following || 0 : listed.length + seen.mistaken.length,
      next: following,
      approximate: isApproximate,
      near: similar.shown.some(({ near }) => near),
      pinyin: readings.length > 0 && hits.every.some(({ rank }) => rank > 1),
      suggestions: similar.pieces,
    };
  }

  /**
   * Whether similar documents are listed behind what seems to answer, if that is all mistaken: behind as
   * much as one query can read beside the terms for these.
   */
  isFew({ every }, { view, count }) {
    const most = FEW_MISTRUSTED / (view.last === Infinity ? 1 : this.segments.length);
    return count > 0 && count === every.length && count <= Math.floor(most);
  }

  /** Whether hardly more passages seem to hold the word than would by chance. */
  seemsChance({ view, found }, hits) {
    if (view.last === Infinity) return true;
    if (hits.every.some(({ rank }) => rank > 1)) return false;
    const sumOf = (count) => found[0].reduce((sum, each) => sum + count(each), 0);
    const passages = this.segments.reduce((sum, each) => sum + each.livingPassages, 0);
    const [rarest, commonest] = [sumOf((one) => one.rarest), sumOf((one) => one.commonest)];
    return sumOf(({ text }) => text.length) * passages <= CHANCES * rarest * commonest;
  }

  /**
   * What is similar, where nothing that was read holds the words: what is `shown`, what is `marked`
   * in it, `pieces` of the words that occur, whether it `hides` what may hold the words themselves.
   */
  async similar(asking, hits, seen) {
    const { wanted, found, excluded, view, spent, count, beyond, isLong } = asking;
    const similar = { shown: [], marked: hits.words, pieces: [], following: null, hides: false };
    const isEmpty = wanted.length > 0 && !hits.every.length;
    if (!isEmpty && (!isLong || beyond || seen.shown.length)) return similar;
    if (isEmpty) {
      const isFirst = asking.parts.length !== 1 || asking.parts[0].length <= PARTS;
      if (!count && isFirst && !asking.isLetters) await this.lookNear(asking);
      const parts = asking.parts.slice(0, wanted.length);
      // What is looked up ahead, and how much, depends on the index's history; what is suggested
      // shall not.
      const known = asking.looksNear ? asking.known : parts;
      const told = known.map((own) => own.slice(0, LOOKUPS));
      similar.pieces = await knownPieces(this.segments, wanted, told);
      similar.marked = similar.pieces.length ? similar.pieces : wanted;
      if (isLong && !beyond) {
        similar.shown = seen.mistaken.map(similarTo);
        similar.following = asking.few ? count : null;
      }
      if (asking.looksNear || !similar.shown.length) {
        const near = await approximate(this.segments, wanted, parts, found, excluded);
        const isRead = ({ segment, at }) => {
          return seen.mistaken.some((one) => one.segment === segment && one.at === at);
        };
        const every = near.filter((one) => !isRead(one));
        const start = Math.max(0, view.first - count);
        const left = Math.max(0, view.last - view.first - similar.shown.length);
        const behind = { ...view, first: start, last: start + left };
        const rest = await window({ every, words: similar.marked, unwanted: [] }, behind, spent);
        similar.shown.push(...rest.shown);
        const more = rest.shown.length && rest.following !== null && asking.isSingle;
        similar.following = more ? count + rest.following : null;
      }
    } else {
      similar.shown = seen.mistaken.map(similarTo);
      similar.following = seen.following;
      similar.hides = similar.shown.length > 0 && seen.following !== null;
    }
    if (wanted.length === 1 && isLong) {
      for (const hit of similar.shown) hit.near = await stretchNear(hit, wanted[0]);
      const close = similar.shown.filter(({ near }) => near);
      if (close.length) similar.shown = close;
    }
    return similar;
  }

  /**
   * Where words may stand, in each segment, and the terms of them that were looked up. Of several
   * words one term each is looked up first; the others only if that leaves many. Of a single word
   * further ones are looked up where two leave many that seem mistaken; in place of the last of them
   * its key where there are many titles that it may be.
   */
  async found(words, spent) {
    const chosen = words.map((word) => chosenParts(word, this.common));
    const parts = words.map(() => []);
    let every = [];
    if (!words.length) return { every, parts };
    const isSingle = words.length === 1;
    let key = null;
    const steps = stepsOf(words, chosen);
    // A round is left for pinyin.
    if (isSingle && (readingsOf(words[0], this.syllables)[0] || []).length) steps.pop();
    for (const step of steps) {
      const known = parts.reduce((sum, own) => sum + own.length, 0);
      let taken = step.slice(0, LOOKUPS - known);
      if (every.length && isSingle) {
        const [word] = words;
        if (!this.isDoubtful(word, parts[0], every[0])) {
          if (covers(parts[0], word)) break;
          taken = taken.slice(0, 1); // what is left open may be the mistake
        }
        const further = taken.map(([, part]) => part);
        if (this.areTitlesOpen(word, [...parts[0], ...further], every[0])) {
          key = titleKey(word);
          for (const segment of this.segments) spent.files.add(segment.shardPath(key));
          taken.pop();
        }
      }
      for (const [at, part] of taken) parts[at].push(part);
      this.spend(words, parts, spent);
      if (!every.length || taken.length || key) {
        const finding = words.map((word, at) => {
          return Promise.all(this.segments.map((each) => each.find(word, parts[at], key)));
        });
        every = await Promise.all(finding);
      }
      if (this.count(every) <= FEW) break;
    }
    return { every, parts };
  }

  /**
   * Whether many candidates of a word are likely mistaken. Those of a longer word are, unless its
   * terms are nearly all of it and the rarest is hardly ever without the others, and not because
   * these are everywhere. Of a word of SHORTEST units they are if besides no more passages seem to
   * hold it than by chance, or nearly.
   */
  isDoubtful(word, parts, found) {
    if (word.length < SHORTEST) return false;
    const sumOf = (things, count) => things.reduce((sum, each) => sum + count(each), 0);
    const passages = sumOf(this.segments, ({ livingPassages }) => livingPassages);
    const texts = sumOf(found, ({ text }) => text.length);
    const rarest = sumOf(found, (each) => each.rarest);
    const commonest = sumOf(found, (each) => each.commonest);
    const nearlyAll = unitsOf(parts).size + 1 >= word.length;
    if (nearlyAll && 10 * texts >= 9 * rarest && 4 * commonest <= 3 * passages) return false;
    return word.length > SHORTEST || OFFSETS * texts < 2 * sumOf(found, ({ chance }) => chance);
  }

  /** Whether many titles may be the word, and such terms of it do not tell which are. */
  areTitlesOpen(word, parts, found) {
    const titles = found.reduce((sum, { where }) => {
      return where.reduce((more, bits) => more + (bits & IS_TITLE ? 1 : 0), sum);
    }, 0);
    return titles > FEW_TITLES && !covers(parts, word);
  }

  /** How many documents may hold all words. */
  count(every) {
    let count = 0;
    for (const [number, { documents }] of this.segments.entries()) {
      const own = every.map((each) => each[number].where);
      for (let at = 0; at < documents; at += 1) count += own.every((where) => where[at]) ? 1 : 0;
    }
    return count;
  }

  spend(words, parts, spent) {
    words.forEach((word, number) => {
      for (const part of parts[number]) {
        const term = termOf(word, part);
        for (const segment of this.segments) spent.files.add(segment.shardPath(term));
      }
    });
  }

  /** Choose further terms to look up, of words that stand nowhere if there are any. */
  async lookNear({ wanted, found, parts, spent }) {
    const every = wanted.map((_, at) => at);
    const missing = every.filter((at) => !found[at].some(({ count }) => count));
    const isFree = this.segments.length === 1 || spent.most === Infinity;
    const most = isFree && parts.length === 1 ? NEAR_LOOKUPS : LOOKUPS;
    for (const at of missing.length ? missing : every) {
      const taken = parts.reduce((sum, own) => sum + own.length, 0);
      const weights = await weightsOf(this.segments, wanted[at], parts[at]);
      parts[at].push(...nearParts(wanted[at], weights, this.common, most - taken));
    }
    this.spend(wanted, parts.slice(0, wanted.length), spent);
  }

  /** Where terms of words stand, so that it is known when it is asked for. */
  postings(words, parts) {
    const terms = parts.slice(0, words.length).flatMap((own, at) => {
      return own.map((part) => termOf(words[at], part));
    });
    return Promise.all(terms.flatMap((term) => this.segments.map((each) => each.posting(term))));
  }

  /** Where letters stand as pinyin, in each segment; null if nowhere. */
  readings(word, spent) {
    let left = READINGS;
    const asked = readingsOf(word, this.syllables).map((kind) => {
      return kind.filter((reading) => {
        const parts = partsOfReading(reading);
        if (parts.length > left) return false;
        left -= parts.length;
        this.spend([reading], [parts], spent);
        return true;
      });
    });
    return this.firstOf(asked);
  }

  async firstOf(asked) {
    const finding = asked.map((kind) => {
      const every = kind.map((reading) => {
        const parts = partsOfReading(reading);
        return Promise.all(this.segments.map((each) => each.find(reading, parts)));
      });
      return Promise.all(every);
    });
    for (const kind of await Promise.all(finding)) {
      const found = this.segments.map((segment) => new Found(segment, "", []));
      for (const every of kind) {
        every.forEach(({ where }, number) => {
          where.forEach((bits, at) => bits && found[number].add(at, IN_HEADLINE));
        });
      }
      if (found.some(({ count }) => count)) return found;
    }
    return null;
  }

  hits(words, found, unwanted, excluded) {
    const long = words.length === 1 && !unwanted.length && words[0].length >= LONG_WORD;
    const every = this.segments.flatMap((segment, at) => {
      return candidates(
        segment,
        found.map((each) => each[at]),
        excluded.map((each) => each[at]),
        long,
      );
    });
    trustAlike(every);
    return { every, words, unwanted };
  }

  async result(hit, words) {
    const { segment, day, run } = hit;
    const [url, title, headlines, blocks] = await segment.row(shownPassage(hit));
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

/** Where words stand as letters in texts and as pinyin elsewhere. */
function beside(letters, readings) {
  return readings.map((reading, row) => {
    if (!reading) return letters[row];
    return reading.map((pinyin, number) => {
      const { likely, sureText, text, where } = letters[row][number];
      where.forEach((bits, at) => bits & IN_TEXT && pinyin.add(at, IN_TEXT));
      return Object.assign(pinyin, { likely, sureText, text });
    });
  });
}

/** What is looked up at once, and what after that: the number of the word, and its term. */
function stepsOf(words, chosen) {
  if (words.length === 1) {
    const every = chosen[0].map((part) => [0, part]);
    return [every.slice(0, PARTS), every.slice(PARTS)];
  }
  const first = chosen.map((parts, at) => [at, parts[0]]);
  return [first, chosen.flatMap((parts, at) => parts.slice(1, PARTS).map((part) => [at, part]))];
}

/** The files that a query has asked for; `most` bounds those of texts. */
class Spent {
  constructor(most) {
    this.most = most;
    this.files = new Set();
  }

  /** Whether these are affordable too; then they are spent. */
  takes(paths) {
    const files = new Set([...this.files, ...paths]);
    if (files.size > this.most) return false;
    this.files = files;
    return true;
  }
}

/**
 * The results to be shown, candidates that were mistaken, and where to go on; takes those that do
 * not answer out of `hits`.
 */
async function window(hits, { filters, sort, first, last }, spent) {
  const order = sort === "date" ? newer : sort === "oldest" ? older : better;
  const listed = filtered(hits.every, filters).sort(order);
  const most = last === Infinity ? Infinity : MOST_READ;
  const taken = [];
  for (const hit of listed.slice(first, last)) {
    let rows = rowsToRead(hit, most);
    while (!spent.takes(rows.map((row) => hit.segment.textPath(row)))) {
      if (taken.length || rows.length === 1) {
        rows = [];
        break;
      }
      rows.pop();
    }
    if (!rows.length) break;
    taken.push({ hit, rows });
  }
  await Promise.all(taken.flatMap(({ hit, rows }) => rows.map((row) => hit.segment.row(row))));
  for (const { hit, rows } of taken) {
    if (!hit.sure) await settle(hit, hits.words, hits.unwanted, rows);
  }
  hits.every = hits.every.filter((hit) => hit.rank);
  const settled = taken.map(({ hit }) => hit);
  const following = first + taken.length;
  return {
    shown: settled.filter((hit) => hit.rank).sort(order),
    mistaken: settled.filter((hit) => !hit.rank),
    following: following < listed.length ? following : null,
  };
}

/** A document that turned out not to hold the words, as one that comes near to them. */
function similarTo(hit) {
  return { ...hit, rank: 1, sure: true, likely: 0, passages: firstPassages(hit) };
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
const better = (a, b) => b.rank - a.rank || b.likely - a.likely || newer(a, b);
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
