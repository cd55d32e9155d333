/**
 * One part of the search index: finds single words in it and reads its documents.
 *
 * site_plugins/outputs/search/grams.py tells what the terms are, index.py what the files.
 */

import { SPAN, hashOf, pathOf, readPosting, readShard } from "./format.js";

const STAGE = 3; // terms of a long word that are looked up before its candidates are counted
const FEW = 8; // candidates that are cheaper to read than to look up further terms

// Where a word stands in a document.
export const IN_TEXT = 1;
export const IN_HEADLINE = 2;
export const IN_TITLE = 4;
export const IS_TITLE = 8;

export class Segment {
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
    this.days = daysOf(this.runs, about.days); // of each document
    this.owners = new Int32Array(about.passages); // the document of each passage
    this.firsts = new Int32Array(this.documents + 1); // the first passage of each document
    const long = new Map(about.long);
    for (let at = 0; at < this.documents; at += 1) {
      this.firsts[at + 1] = this.firsts[at] + (long.get(at) || 1);
      this.owners.fill(at, this.firsts[at], this.firsts[at + 1]);
    }
  }

  /**
   * Where a folded word stands: `where`, the bits above for each document, and `passage`, the
   * first passage of each document whose text holds the word, -1 for none.
   */
  async find(word) {
    const plan = this.plan(Array.from(word));
    let stands;
    for (let done = 0; done < plan.length; done += STAGE) {
      const part = plan.slice(done, done + STAGE);
      const postings = await Promise.all(part.map(({ term }) => this.posting(term)));
      part.forEach(({ at }, number) => {
        stands = narrowed(stands, postings[number], at);
      });
      const left = stands.title.length + stands.headline.length + stands.text.length;
      if (!left) break;
      if (left <= FEW && done + STAGE < plan.length) {
        stands = await this.verified(stands, word);
        break;
      }
    }
    return this.byDocument(stands);
  }

  /**
   * Terms that together cover a word, and where in it each begins.
   *
   * The index has the offsets of every pair of letters and of every longer string that begins or
   * ends with a common term, but of no common term itself: what covers the word side by side
   * is exactly the word. Of many terms, a few that lie far apart come first.
   */
  plan(letters) {
    const whole = letters.join("");
    if (letters.length < 3 || this.common.has(whole)) return [{ term: whole, at: 0 }];
    const terms = [];
    for (let at = 0; at < letters.length - 1; at += 1) {
      for (let length = 2; length <= this.longest && at + length <= letters.length; length += 1) {
        const term = letters.slice(at, at + length).join("");
        if (this.hasOffsets(term, length)) terms.push({ term, at, end: at + length });
      }
    }
    const chosen = [];
    for (let end = 0, next = 0; end < letters.length; end = chosen[chosen.length - 1].end) {
      let best = null;
      for (; next < terms.length && terms[next].at <= end; next += 1) {
        if (!best || terms[next].end > best.end) best = terms[next];
      }
      chosen.push(best);
    }
    const step = Math.ceil(chosen.length / STAGE);
    const order = chosen.map((_, at) => at).sort((a, b) => (a % step) - (b % step) || a - b);
    return order.map((at) => chosen[at]);
  }

  hasOffsets(term, length) {
    if (this.common.has(term)) return false;
    if (length === 2) return true;
    const letters = Array.from(term);
    return (
      this.common.has(letters.slice(0, -1).join("")) || this.common.has(letters.slice(1).join(""))
    );
  }

  async posting(term) {
    const common = this.common.has(term) || Array.from(term).length === 1;
    const number = hashOf(term) & (this.shards - 1);
    const shard = await this.files.get(this.pathOf("terms", number), readShard);
    return readPosting(shard.get(term), common);
  }

  pathOf(folder, number) {
    return `${pathOf(`${this.path}/${folder}`, number)}?v=${this.version}`;
  }

  /** Of the places where a word may stand those where it does, told from the texts. */
  async verified({ title, headline, text }, word) {
    const holds = (string) => this.folder.fold(string).includes(word);
    const kept = { title: [], headline: [], text: [], endings: new Set() };
    const ownersOf = (places) => [...new Set(places.map((place) => Math.floor(place / SPAN)))];
    for (const owner of ownersOf([...title, ...headline])) {
      const [, own, headlines] = await this.record(this.firsts[owner]);
      const exact = this.folder.fold(own) === word;
      if (holds(own)) kept.title.push(owner * SPAN + (exact ? 0 : 1));
      if (exact) kept.endings.add(owner * SPAN);
      if (headlines.some(holds)) kept.headline.push(owner * SPAN);
    }
    for (const owner of ownersOf(text)) {
      const [, , , blocks] = await this.record(owner);
      if (blocks.some(holds)) kept.text.push(owner * SPAN);
    }
    return kept;
  }

  byDocument({ title, endings, headline, text }) {
    const where = new Uint8Array(this.documents);
    const passage = new Int32Array(this.documents).fill(-1);
    for (const place of title) {
      const exact = place % SPAN === 0 && endings.has(place);
      where[Math.floor(place / SPAN)] |= exact ? IN_TITLE | IS_TITLE : IN_TITLE;
    }
    for (const place of headline) where[Math.floor(place / SPAN)] |= IN_HEADLINE;
    for (const place of text) {
      const owner = Math.floor(place / SPAN);
      const at = this.owners[owner];
      where[at] |= IN_TEXT;
      if (passage[at] < 0) passage[at] = owner;
    }
    return { where, passage };
  }

  /** The passage of a document to show: the first that most of the words have found. */
  passageFor(at, found) {
    const counts = new Map();
    for (const { passage } of found) {
      if (passage[at] >= 0) counts.set(passage[at], (counts.get(passage[at]) || 0) + 1);
    }
    const order = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return order.length ? order[0][0] : this.firsts[at];
  }

  /** A passage: `[address, title, headlines, blocks]`. */
  async record(passage) {
    const slot = this.slots[passage];
    const file = this.pathOf("texts", Math.floor(slot / this.group));
    return (await this.files.json(file))[slot % this.group];
  }

  /** The position of each passage in the files of texts, where the newest come first. */
  get slots() {
    const order = Array.from(this.days.keys()).sort((a, b) => this.days[b] - this.days[a] || a - b);
    const slots = new Int32Array(this.owners.length);
    let slot = 0;
    for (const at of order) {
      for (let own = this.firsts[at]; own < this.firsts[at + 1]; own += 1) slots[own] = slot++;
    }
    Object.defineProperty(this, "slots", { value: slots });
    return slots;
  }
}

/** Strings of one length that stand one behind the other. */
function cut(strings, length) {
  const letters = Array.from(strings);
  const count = letters.length / length;
  return Array.from({ length: count }, (_, at) =>
    letters.slice(at * length, (at + 1) * length).join(""),
  );
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

/** Those of the places where a word may begin that have a term of the word at its distance. */
function narrowed(stands, posting, distance) {
  const starts = (places) => {
    return places.filter((place) => place % SPAN >= distance).map((place) => place - distance);
  };
  const both = (name) => {
    return stands ? common(stands[name], starts(posting[name])) : starts(posting[name]);
  };
  // A term within the word that ends the title leaves no room for the word: no need to ask which.
  const endings = new Set([...starts([...posting.endings]), ...(stands ? stands.endings : [])]);
  return { title: both("title"), headline: both("headline"), text: both("text"), endings };
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
