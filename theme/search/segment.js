/**
 * One part of the search index: where words stand in it, its texts, and the documents that answer.
 * Kept alike with segment.py and candidates.py in site_plugins/outputs/search/reader.
 */

import { ANYWHERE, OFFSETS, SPAN, hashOf, pathOf, readPosting, readShard } from "./format.js";
import { covers, termOf } from "./words.js";

// Where a word stands in a document.
export const IN_TEXT = 1;
export const IN_HEADLINE = 2;
export const IN_TITLE = 4;
export const IS_TITLE = 8;

const SLOTS = 4; // slots of a shard: some slots have one of their own

// What it says that a pair stands where it should, by the number of offsets that are possible.
export const EVIDENCE = { 1: 4, 2: 3 };

export class Segment {
  constructor(files, about, folder) {
    this.files = files;
    this.folder = folder;
    this.about = about;
    this.documents = about.documents;
    this.runs = runsOf(about.runs);
    this.days = daysOf(this.runs, about.days); // of each document
    this.owners = new Int32Array(about.passages); // the document of each passage
    this.firsts = new Int32Array(this.documents + 1); // the first passage of each document
    this.dead = new Uint8Array(this.documents); // 1 for documents that are not to be found
    this.own = Int32Array.from(summed(about.own)); // the slots that have a shard of their own
    this.orders = ordersOf(about); // the place of each document in the order of all
    for (const at of summed(about.dead)) this.dead[at] = 1;
    const counts = new Int32Array(this.documents).fill(1);
    summed(about.long[0]).forEach((at, row) => (counts[at] = about.long[1][row]));
    for (let at = 0; at < this.documents; at += 1) {
      this.firsts[at + 1] = this.firsts[at] + counts[at];
      this.owners.fill(at, this.firsts[at], this.firsts[at + 1]);
    }
    this.living = this.documents - about.dead.length;
    this.livingPassages = this.owners.reduce((sum, at) => sum + 1 - this.dead[at], 0);
  }

  /** The file that has the posting of a term. */
  shardPath(term) {
    const { shards } = this.about;
    const slot = hashOf(term) & (SLOTS * shards - 1);
    const own = placeIn(this.own, slot);
    const number = this.own[own] === slot ? shards + own : slot & (shards - 1);
    return this.pathOf("terms", number);
  }

  /** The file that has a passage. */
  textPath(passage) {
    return this.pathOf("texts", Math.floor(passage / this.about.group));
  }

  /** Where a term stands in documents that are to be found. */
  async posting(term) {
    const posting = readPosting(await this.files.get(this.shardPath(term), readShard), term);
    if (!this.about.dead.length) return posting;
    const { title, endings, headline, text, bits } = posting;
    const isLive = (place) => !this.dead[Math.floor(place / SPAN)];
    const isRead = (_, at) => !this.dead[this.owners[text[at]]];
    return {
      title: title.filter(isLive),
      endings: endings.filter(isLive),
      headline: headline.filter(isLive),
      text: text.filter(isRead),
      bits: bits && bits.filter(isRead),
    };
  }

  /** A passage: `[address, title, headlines, blocks]`. */
  async row(passage) {
    const rows = await this.files.get(this.textPath(passage), readTexts);
    return rows[passage % this.about.group];
  }

  pathOf(folder, number) {
    return `${pathOf(`${this.about.path}/${folder}`, number)}?v=${this.about.version}`;
  }

  /**
   * Where a word may stand, from some terms of it, and its `key` as a title if that is asked; without
   * terms all documents may hold it.
   */
  async find(word, parts, key = null) {
    if (!parts.length) return this.anywhere(word);
    const terms = [...parts.map((part) => termOf(word, part)), ...(key ? [key] : [])];
    const postings = await Promise.all(terms.map((term) => this.posting(term)));
    const keyed = key && new Set(postings.pop().headline.map((at) => Math.floor(at / SPAN)));
    const found = new Found(this, word, parts);
    const places = parts.map(({ at }) => at);
    const ends = []; // where the word would begin if the title ended with it, by each last term
    parts.forEach(({ at, end }, row) => {
      if (end === word.length) ends.push(new Set(postings[row].endings.map((one) => one - at)));
    });
    for (const start of aligned(postings, places, "title")) {
      // Whether the title ends with the word is open where its last term was not looked up.
      const at = Math.floor(start / SPAN);
      const ended = start % SPAN === 0 && ends.every((each) => each.has(start));
      const exact = ended && (!keyed || keyed.has(at));
      found.add(at, exact ? IN_TITLE | IS_TITLE : IN_TITLE);
    }
    for (const start of aligned(postings, places, "headline")) {
      found.add(Math.floor(start / SPAN), IN_HEADLINE);
    }
    Object.assign(found, together(postings, places));
    const counts = postings.map(({ text }) => text.length);
    [found.rarest, found.commonest] = [Math.min(...counts), Math.max(...counts)];
    found.text.forEach((passage, number) => {
      const at = this.owners[passage];
      found.add(at, IN_TEXT);
      if (found.evidence) found.likely[at] = Math.max(found.likely[at], found.evidence[number]);
    });
    return found;
  }

  anywhere(word) {
    const found = new Found(this, word, []);
    [found.sureHead, found.sureText] = [false, false];
    for (let at = 0; at < this.documents; at += 1) found.add(at, IN_TEXT | IN_HEADLINE);
    found.text = Int32Array.from(this.owners, (_, passage) => passage);
    return found;
  }

  folded(text) {
    return this.folder.fold(text);
  }
}

/** Where a word may stand in a segment. */
export class Found {
  constructor(segment, word, parts) {
    this.segment = segment;
    this.where = new Uint8Array(segment.documents); // the bits above of each live document
    this.text = []; // the passages that may hold the word, ascending
    this.likely = new Uint8Array(segment.documents); // how much the offsets say for each
    this.chance = 0; // how many would seem to if its terms stood at any offsets, times OFFSETS
    [this.rarest, this.commonest] = [0, 0]; // in how many passages its terms stand
    this.sureHead = covers(parts, word); // whether titles and headlines are certain
    this.sureText = parts.some(({ size }) => size === word.length);
    this.count = 0; // documents
  }

  add(at, where) {
    if (this.segment.dead[at]) return;
    if (!this.where[at]) this.count += 1;
    this.where[at] |= where;
  }

  isSure(at) {
    return this.where[at] & ~IN_TEXT ? this.sureHead : this.sureText;
  }

  /** The passages of a document that may hold the word. */
  passagesOf(at) {
    const { firsts } = this.segment;
    const passages = [];
    let low = placeIn(this.text, firsts[at]);
    for (; this.text[low] < firsts[at + 1]; low += 1) passages.push(this.text[low]);
    return passages;
  }
}

/** The documents of a segment that seem to hold every word and none of the unwanted. */
export function candidates(segment, found, unwanted, long) {
  const hits = [];
  if (!found.length) return hits;
  for (const run of segment.runs) {
    for (let at = run.start; at < run.end; at += 1) {
      if (!found.every(({ where }) => where[at])) continue;
      if (unwanted.some((each) => each.where[at] && each.isSure(at))) continue;
      hits.push({
        segment,
        at,
        run,
        found,
        unwanted,
        day: segment.days[at],
        order: segment.orders(at),
        rank: found.reduce((sum, { where }) => sum + weight(where[at]), 1),
        sure: found.every((each) => each.isSure(at)) && !unwanted.some(({ where }) => where[at]),
        likely: long ? found[0].likely[at] : 0, // what cannot all be read is read in this order
        passages: null, // for each word the first passage that holds it, once that is known
      });
    }
  }
  return hits;
}

/** Where offsets say as much for nearly all, the newest come first. */
export function trustAlike(every) {
  const doubted = every.filter(({ sure }) => !sure);
  const best = doubted.reduce((most, { likely }) => Math.max(most, likely), 0);
  const good = doubted.filter(({ likely }) => 4 * likely >= 3 * best);
  const alike = 4 * good.length >= 3 * doubted.length;
  for (const hit of every) if (alike || hit.sure) hit.likely = 0;
}

/** More words in the title come before fewer, whatever the headlines say. */
export function weight(where) {
  if (where & IS_TITLE) return 1000000;
  if (where & IN_TITLE) return 1000;
  return where & IN_HEADLINE ? 1 : 0;
}

/**
 * The passages that tell where words stand in a document, and what is shown of it, at most `most`
 * of them for a word.
 */
export function rowsToRead(hit, most) {
  if (hit.sure && hit.passages) return [shownPassage(hit)];
  const rows = new Set();
  for (const found of hit.found) {
    const possible = found.passagesOf(hit.at);
    const headed = !found.sureHead && found.where[hit.at] & ~IN_TEXT;
    if (!possible.length || headed) rows.add(hit.segment.firsts[hit.at]);
    for (const row of possible.slice(0, found.sureText ? 1 : most)) rows.add(row);
  }
  for (const found of hit.unwanted) {
    if (!found.where[hit.at]) continue;
    rows.add(hit.segment.firsts[hit.at]);
    for (const row of found.passagesOf(hit.at).slice(0, most)) rows.add(row);
  }
  if (!hit.sure) return [...rows];
  hit.passages = firstPassages(hit);
  return [shownPassage(hit)];
}

/** For each word the first passage of a document that may hold it, -1 for none. */
export function firstPassages({ found, at }) {
  return found.map((each) => {
    const possible = each.passagesOf(at);
    return possible.length ? possible[0] : -1;
  });
}

/** The passage of a document to show: the first that most of the words have found. */
export function shownPassage({ segment, at, passages }) {
  const counts = new Map();
  for (const passage of passages || []) {
    if (passage >= 0) counts.set(passage, (counts.get(passage) || 0) + 1);
  }
  const order = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return order.length ? order[0][0] : segment.firsts[at];
}

/**
 * Learn from the texts where words stand, and whether the document answers (rank 0: no). What
 * `rows` leave open stays so: the document then is not `sure`.
 */
export async function settle(hit, words, unwanted, rows) {
  let [rank, sure] = [1, true];
  const passages = [];
  for (const [number, word] of words.entries()) {
    const { where, passage, certain } = await settled(hit, word, hit.found[number], rows);
    sure = sure && certain;
    if (!where) {
      rank = 0;
      break;
    }
    rank += weight(where);
    passages.push(passage);
  }
  for (const [number, word] of unwanted.entries()) {
    const found = hit.unwanted[number];
    if (!rank || !found.where[hit.at]) continue;
    const { where, certain } = await settled(hit, word, found, rows);
    sure = sure && certain;
    if (where && certain) rank = 0;
  }
  Object.assign(hit, { rank, passages, sure: sure || !rank, likely: 0 });
}

/** Where a word stands, the first passage that holds it or -1, and whether that is certain. */
async function settled({ segment, at }, word, found, rows) {
  let where = found.where[at];
  const possible = found.passagesOf(at);
  const first = (passages) => (passages.length ? passages[0] : -1);
  if (found.sureText) return { where, passage: first(possible), certain: true };
  let certain = true;
  const start = segment.firsts[at];
  if (!found.sureHead && where & ~IN_TEXT) {
    certain = rows.includes(start);
    if (certain) {
      const [, title, headlines] = await segment.row(start);
      const folded = segment.folded(title);
      where = (folded.includes(word) ? IN_TITLE : 0) | (folded === word ? IS_TITLE : 0);
      if (headlines.some((each) => segment.folded(each).includes(word))) where |= IN_HEADLINE;
    }
  }
  const read = possible.filter((passage) => rows.includes(passage));
  for (const passage of read) {
    const [, , , blocks] = await segment.row(passage);
    if (blocks.some((block) => segment.folded(block).includes(word))) {
      return { where: where | IN_TEXT, passage, certain };
    }
  }
  if (read.length < possible.length) {
    certain = certain && Boolean(where & ~IN_TEXT);
    return { where: where | IN_TEXT, passage: first(read), certain };
  }
  return { where: where & ~IN_TEXT, passage: -1, certain };
}

function readTexts(bytes) {
  const rows = JSON.parse(new TextDecoder("gbk").decode(bytes));
  if (Array.isArray(rows)) return rows;
  throw new TypeError("not a file of texts");
}

/** Documents that have kind, column, periodical and year in common; year 0 is none. */
function runsOf(runs) {
  let end = 0;
  return runs.map(([kind, column, periodical, year, count]) => {
    end += count;
    return { kind, column, periodical, year, start: end - count, end };
  });
}

/** The day of each document; each step is the distance from the one before in its run. */
function daysOf(runs, steps) {
  const days = new Int32Array(steps.length);
  for (const { start, end } of runs) {
    for (let at = start; at < end; at += 1) days[at] = steps[at] + (at > start ? days[at - 1] : 0);
  }
  return days;
}

/** The place of a document in the order of all, those beside the base in between. */
function ordersOf({ before }) {
  const count = before.length;
  return (at) => (count ? before[at] - 1 + (at + 1) / (count + 1) : at);
}

/** Where a number stands among ascending ones, or would. */
function placeIn(numbers, number) {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function summed(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

/** Where all terms stand at their distance from there. */
function aligned(postings, places, field) {
  const shifted = postings.map((posting, row) => {
    const distance = places[row];
    return posting[field].filter((at) => at % SPAN >= distance).map((at) => at - distance);
  });
  return shifted.reduce(common);
}

/**
 * The passages where all terms stand at their distance, as far as the offsets tell: `text`, what
 * they say for each as `evidence`, and how many there would be by `chance`, times OFFSETS.
 */
function together(postings, places) {
  let { text } = postings[0];
  let chance = 0;
  let bits = Uint16Array.from(text, (_, at) => beginsOf(postings[0], at, places[0]));
  let evidence = Uint8Array.from(bits, (each) => EVIDENCE[countOf(each)] || 0);
  for (let row = 1; row < postings.length; row += 1) {
    const other = postings[row];
    const most = Math.min(text.length, other.text.length);
    const [kept, left] = [new Int32Array(most), new Uint16Array(most)];
    const says = new Uint8Array(most);
    let [at, count] = [0, 0];
    chance = 0;
    for (let number = 0; number < text.length && at < other.text.length; number += 1) {
      while (at < other.text.length && other.text[at] < text[number]) at += 1;
      if (other.text[at] !== text[number]) continue;
      const begins = beginsOf(other, at, places[row]);
      chance += Math.min(OFFSETS, countOf(bits[number]) * countOf(begins));
      const both = bits[number] & begins;
      if (!both) continue;
      kept[count] = text[number];
      left[count] = both;
      says[count] = evidence[number] + (EVIDENCE[countOf(begins)] || 0);
      count += 1;
    }
    [text, bits] = [kept.subarray(0, count), left.subarray(0, count)];
    evidence = says;
  }
  return { text, evidence, chance };
}

/** Where the word may begin in a passage of a posting whose term stands at `place` in it, as bits. */
export function beginsOf({ bits }, at, place) {
  return bits ? turned(bits[at], place) : ANYWHERE;
}

export function countOf(bits) {
  let count = 0;
  for (let left = bits; left; left &= left - 1) count += 1;
  return count;
}

/** Bits of the offsets where a word begins, of those where a term of it stands. */
export function turned(bits, distance) {
  const by = distance % OFFSETS;
  return ((bits >> by) | (bits << (OFFSETS - by))) & ((1 << OFFSETS) - 1);
}

/** Numbers that are in both lists; both ascend. */
function common(some, others) {
  const found = [];
  let at = 0;
  for (const one of some) {
    while (at < others.length && others[at] < one) at += 1;
    if (others[at] === one) found.push(one);
  }
  return found;
}
