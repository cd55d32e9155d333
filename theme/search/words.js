/**
 * What a query asks for: its words, which terms of a word are looked up, and where words stand in
 * a text. Kept alike with words.py and excerpts.py in site_plugins/outputs/search/reader.
 */

export const PLACES = 2; // pairs of a word that are looked up
export const LONG_WORD = 8; // units of a word of which the more terms are looked up
const NEAR_PLACES = 4; // pairs of a word that are looked up for an approximate answer
const MOST_PARSES = 4; // ways of reading letters as syllables that are tried
const FIRST_SYLLABLE = 0xe000; // the private character of the first syllable
const FIRST_INITIAL = 0xe800; // that of the initial "a"
const EXCERPT = 96; // units of an excerpt
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

/**
 * Where in a word the terms begin that are looked up, the rarest first. Words of up to four units
 * are covered by them. Else, among equally rare ones, the last and the first are taken, which tell
 * most of whether a title is the word.
 */
export function chosenPlaces(word, common) {
  const last = Math.max(0, word.length - 2);
  const every = last <= PLACES ? [last, 0] : [last, 0, last >> 1, ...upTo(last).slice(1)];
  const classOf = (at) => common.get(word.slice(at, at + 2)) || 0;
  const order = [...new Set(every)].sort((a, b) => classOf(a) - classOf(b));
  return order.slice(0, PLACES);
}

/**
 * Where the terms begin that are looked up besides where the known ones leave many: the rarest,
 * among equally rare ones those in the middle between the known.
 */
export function furtherPlaces(word, known, common) {
  const classOf = (at) => common.get(word.slice(at, at + 2)) || 0;
  const gapOf = (at) => Math.min(...known.map((one) => Math.abs(at - one)));
  const left = upTo(word.length - 1).filter((at) => !known.includes(at));
  left.sort((a, b) => classOf(a) - classOf(b) || gapOf(b) - gapOf(a) || a - b);
  return left.slice(0, word.length >= LONG_WORD ? 2 : 1);
}

/** Where the terms begin that are looked up besides for an approximate answer. */
export function nearPlaces(word, known, most) {
  const left = upTo(Math.max(0, word.length - 1)).filter((at) => !known.includes(at));
  return spread(left, Math.max(0, Math.min(most, NEAR_PLACES) - known.length));
}

/** Where the terms of a reading begin that are looked up: its ends, which tell enough. */
export function placesOfReading(reading) {
  return [...new Set([0, Math.max(0, reading.length - 2)])];
}

/** Whether terms of two units at these places are the whole word, side by side. */
export function covers(places, word) {
  const covered = new Set(places.flatMap((at) => [at, at + 1]));
  return word.length < 3 || covered.size === word.length;
}

/** At most so many of the places, evenly. */
function spread(places, most) {
  if (places.length <= most) return places;
  return upTo(most).map((at) => places[Math.floor(((2 * at + 1) * places.length) / (2 * most))]);
}

/** Strings of readings that letters may mean: the likeliest kind first, each kind a list. */
export function readingsOf(word, syllables) {
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
