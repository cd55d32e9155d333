/**
 * What a query asks for: its words, which terms of a word are looked up, and where words stand in
 * a text. Kept alike with words.py and excerpts.py in site_plugins/outputs/search/reader.
 */

export const PARTS = 2; // terms of a word that are looked up at first
export const LOOKUPS = 4; // terms of all words together that are looked up at most …
export const NEAR_LOOKUPS = 5; // … those of a single word of which only what is similar is found
export const SHORTEST = 4; // units of a word that may hold a mistake
export const LONG_WORD = 8; // units of a word whose likeliest candidates are read first
const RARE = 6; // how much more a rare term tells in an approximate answer: one less for each class
const SINGLE = 3; // what a single unit tells beside that
const MOST_PARSES = 4; // ways of reading letters as syllables that are tried
const FIRST_SYLLABLE = 0xe000; // the private character of the first syllable
const FIRST_INITIAL = 0xe800; // that of the initial "a"
const EXCERPT = 96; // units of an excerpt
const PART = " · "; // between blocks the first of which is no sentence: facts, headings
const CLOSED = "。！？；：，、…!?;:,.”’』」）》"; // what a sentence may end with
const BEFORE = 24; // units of it before the first hit, at most

/** The words of a query, folded, without those that are nothing but punctuation. */
export function parse(folder, text) {
  const [wanted, unwanted] = [new Map(), new Map()];
  for (const [token] of text.matchAll(/(?:"[^"]*"|“[^”]*”|＂[^＂]*＂|\S)+/gu)) {
    const minus = /^[-－−]./su.test(token);
    const typed = minus ? token.slice(1) : token;
    const folded = folder.fold(typed);
    if (folded) (minus ? unwanted : wanted).set(folded, { folded, typed });
  }
  // Where nothing else is asked for, a minus is punctuation like any other.
  const [words, without] = wanted.size ? [wanted, unwanted] : [unwanted, wanted];
  return { wanted: [...words.values()], unwanted: [...without.values()] };
}

const upTo = (count) => Array.from({ length: count }, (_, at) => at);

/** How common the pairs with the longest postings are, from the catalogue's classes. */
export function commonness(classes) {
  const common = new Map();
  classes.forEach((pairs, number) => {
    for (let at = 0; at < pairs.length; at += 2) {
      common.set(pairs.slice(at, at + 2), classes.length - number);
    }
  });
  return common;
}

/** The part of a word, a term of it, that begins at `at` and has `size` units. */
const partOf = (at, size) => ({ at, size, end: at + size });

/** The term itself. */
export const termOf = (word, { at, end }) => word.slice(at, end);

/**
 * The terms that a word may be looked up by: its triples and those of its pairs that stand in none
 * of them. Which triples are terms is told by the common pairs.
 */
function partsOf(word, common) {
  if (word.length < 3) return [partOf(0, word.length)];
  const isCommon = upTo(word.length - 1).map((at) => common.has(word.slice(at, at + 2)));
  const isTriple = upTo(word.length - 2).map((at) => isCommon[at] || isCommon[at + 1]);
  const triples = upTo(word.length - 2).filter((at) => isTriple[at]);
  const pairs = upTo(word.length - 1).filter((at) => {
    return !isTriple[at - 1] && !isTriple[at] && !isCommon[at];
  });
  return [...triples.map((at) => partOf(at, 3)), ...pairs.map((at) => partOf(at, 2))];
}

/**
 * The terms of a word in the order in which they are looked up: the rarest first; among equally rare
 * ones those that cover the more units that none before covers, then the last and the first, which
 * tell most of whether a title is the word, then those in the middle between others. From the third on
 * one or two such units are worth as many classes of commonness, and triples come before pairs: longer
 * strings are rarer.
 */
export function chosenParts(word, common) {
  let left = partsOf(word, common);
  const chosen = [];
  const covered = new Set();
  const keyOf = (part) => {
    const fresh = unitsIn(part).filter((at) => !covered.has(at)).length;
    const edge = part.end === word.length ? 0 : part.at === 0 ? 1 : 2;
    const gap = chosen.length ? Math.min(...chosen.map(({ at }) => Math.abs(part.at - at))) : 0;
    const isLater = chosen.length >= PARTS;
    const dear = rarity(termOf(word, part), common) - (isLater ? Math.min(fresh, 2) : 0);
    return [dear, Number(!fresh), isLater ? -part.size : 0, -fresh, edge, -gap, part.at];
  };
  while (left.length && chosen.length < LOOKUPS) {
    const next = least(left, keyOf);
    chosen.push(next);
    left = left.filter((part) => part !== next);
    for (const at of unitsIn(next)) covered.add(at);
  }
  return chosen;
}

const unitsIn = ({ at, size }) => upTo(size).map((unit) => at + unit);

/** The places of a word's units that stand in some terms of it. */
export const unitsOf = (parts) => new Set(parts.flatMap(unitsIn));

/** The one of some things whose key, a list of numbers, is the least; the first of them. */
function least(things, keyOf) {
  const keyed = things.map((thing) => [thing, keyOf(thing)]);
  return keyed.reduce((best, one) => (isLess(one[1], best[1]) ? one : best))[0];
}

function isLess(key, other) {
  const at = key.findIndex((value, row) => value !== other[row]);
  return at >= 0 && key[at] < other[at];
}

/** The class of a term: 0 if it is rare; that of the rarer pair of a triple. */
function rarity(term, common) {
  const pairs = upTo(Math.max(1, term.length - 1)).map((at) => term.slice(at, at + 2));
  return Math.min(...pairs.map((pair) => common.get(pair) || 0));
}

/**
 * The terms that are looked up for an approximate answer besides those that have `weights`, at most so
 * many: whichever unit is mistaken, terms without it shall tell much of the word; rare ones tell more.
 * As the known terms stand nowhere together, the mistake is in one of them; in those that stand nowhere
 * at all, if there are any; else rather in a rarer one. Of the unit at an end whose neighbour is
 * mistaken nothing but itself can tell.
 */
export function nearParts(word, weights, common, most) {
  const known = [...weights.keys()];
  const absent = known.filter((part) => !weights.get(part));
  const pairs = upTo(Math.max(0, word.length - 1)).map((at) => partOf(at, 2));
  const ends = word.length >= SHORTEST ? [partOf(0, 1), partOf(word.length - 1, 1)] : [];
  let left = [];
  for (const part of [...partsOf(word, common), ...pairs, ...ends]) {
    const isSame = ({ at, size }) => at === part.at && size === part.size;
    if (![...known, ...left].some(isSame)) left.push(part);
  }
  // What is known for each unit that may be the mistake, without it.
  const told = new Map(suspects(word, known, absent).map((at) => [at, new Set()]));
  const oddsOf = (at) => {
    const own = known.filter((part) => part.at <= at && at < part.end);
    return absent.length ? 1 : 2 ** Math.max(0, ...own.map((part) => weights.get(part)));
  };
  const without = (part) => [...told].filter(([at]) => at < part.at || at >= part.end);
  const tell = (part) => {
    for (const [, each] of without(part)) for (const at of unitsIn(part)) each.add(at);
  };
  const gain = (part) => {
    const fresh = without(part).reduce((sum, [at, each]) => {
      const more = unitsIn(part).filter((unit) => !each.has(unit)).length;
      return sum + oddsOf(at) * (worth(each.size + more) - worth(each.size));
    }, 0);
    return (part.size === 1 ? SINGLE : RARE - rarity(termOf(word, part), common)) * fresh;
  };
  known.filter((part) => !absent.includes(part)).forEach(tell);
  const found = [];
  while (found.length < most) {
    // The posting of a single unit is as long as two others.
    const isDear = known.length + found.length >= LOOKUPS;
    if (isDear && found.some(({ size }) => size === 1)) break;
    if (isDear) left = left.filter(({ size }) => size > 1);
    if (!left.length) break;
    const best = least(left, (part) => [-gain(part), part.at, -part.size]);
    if (!gain(best)) break;
    found.push(best);
    // One single unit is enough: their postings are long.
    left = left.filter((part) => part !== best && (best.size > 1 || part.size > 1));
    tell(best);
  }
  return found;
}

/** The places of the units that may be the mistake. */
function suspects(word, known, absent) {
  const places = (absent.length ? absent : known).map(unitsIn);
  const all = [...new Set(places.flat())];
  const shared = absent.length ? all.filter((at) => places.every((own) => own.includes(at))) : [];
  return [shared, all, upTo(word.length)].find((some) => some.length) || [];
}

/** What it is worth to know so many units of a word: the first ones most. */
const worth = (count) => 60 - Math.floor(60 / (1 + count));

/** The terms of a reading that are looked up: its ends, which tell enough. */
export function partsOfReading(reading) {
  const places = [...new Set([0, Math.max(0, reading.length - 2)])];
  return places.map((at) => partOf(at, Math.min(2, reading.length)));
}

/** Whether terms of a word are the whole word, side by side. */
export function covers(parts, word) {
  return word.length < 3 || unitsOf(parts).size === word.length;
}

/** Strings of readings that letters may mean: the likeliest kind first, each kind a list. */
export function readingsOf(typed, syllables) {
  const word = withoutTones(typed);
  if (!/^[a-z]{2,40}$/.test(word)) return [];
  const numbers = new Map(
    syllables.map((each, at) => [each, String.fromCharCode(FIRST_SYLLABLE + at)]),
  );
  const ways = Array.from(word, () => []).concat([[""]]);
  for (let start = word.length - 1; start >= 0; start -= 1) {
    for (let end = Math.min(word.length, start + 6); end > start; end -= 1) {
      const syllable = numbers.get(word.slice(start, end));
      if (syllable) ways[start].push(...ways[end].map((rest) => syllable + rest));
    }
    ways[start].length = Math.min(ways[start].length, 64);
  }
  const parses = ways[0].sort((a, b) => a.length - b.length).slice(0, MOST_PARSES);
  const initials = Array.from(word, (letter) => {
    return String.fromCharCode(FIRST_INITIAL + letter.charCodeAt(0) - 97);
  });
  return [parses.filter((parse) => parse.length > 1), [initials.join("")]];
}

const withoutTones = (word) => {
  return word.normalize("NFD").replace(/u\u0308/g, "v").replace(/[\u0300-\u036f]/g, "");
};

/** The numbers of words in groups: syllables side by side, one alone among them, are one reading. */
export function spaced(words, syllables) {
  const read = words.map((word) => (readingsOf(word, syllables)[0] || []).length > 0);
  const joins = words.map((word, at) => read[at] || syllables.includes(withoutTones(word)));
  const groups = [];
  for (let at = 0; at < words.length; ) {
    const rows = [at++];
    while (joins[at - 1] && joins[at]) rows.push(at++);
    if (rows.every((row) => read[row])) groups.push(...rows.map((row) => [row]));
    else groups.push(rows);
  }
  return groups;
}

/** Where folded words stand in a text: `start`, `end` and `words`, ascending, none overlapping. */
export function hitsIn(folder, text, words) {
  const { folded, starts, ends } = folder.foldWithPlaces(text);
  const hits = [];
  words.forEach((word, number) => {
    let at = folded.indexOf(word);
    for (; at >= 0; at = folded.indexOf(word, at + word.length)) {
      hits.push({ start: starts[at], end: ends[at + word.length - 1], words: [number] });
    }
  });
  hits.sort((a, b) => a.start - b.start || b.end - a.end);
  const joined = [];
  for (const hit of hits) {
    const last = joined[joined.length - 1];
    if (!last || hit.start >= last.end) joined.push(hit);
    else {
      last.end = Math.max(last.end, hit.end);
      last.words.push(...hit.words);
    }
  }
  return joined;
}

/** The stretch of the blocks that shows most of the words, and where they stand in it. */
export function excerptOf(folder, blocks, words) {
  let text = "";
  const hits = [];
  for (const block of blocks.filter(Boolean)) {
    text += between(text);
    for (const hit of hitsIn(folder, block, words)) {
      hits.push({ ...hit, start: hit.start + text.length, end: hit.end + text.length });
    }
    text += block;
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

/** What parts a text from the next block: a dot where it does not end as a sentence does. */
function between(text) {
  if (!text) return "";
  return CLOSED.includes(text[text.length - 1]) ? " " : PART;
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
  const sentence = Math.max(...Array.from(`。！？；${PART[1]}`, (mark) => before.lastIndexOf(mark)));
  if (begin && sentence >= 0) begin += sentence + 1;
  while (begin < start && [" ", PART[1]].includes(text[begin])) begin += 1;
  return begin && /[\udc00-\udfff]/.test(text[begin]) ? begin - 1 : begin;
}
