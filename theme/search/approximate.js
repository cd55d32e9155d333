/**
 * Documents with almost what is asked: for words with a character mistyped, left out or added.
 * Kept alike with approximate.py in site_plugins/outputs/search/reader. Loaded with the client: to fetch
 * it only where nothing holds the words would be a round more.
 */

import { OFFSETS, SPAN } from "./format.js";
import { EVIDENCE, beginsOf, countOf, shownPassage, weight } from "./segment.js";
import { SHORTEST, termOf } from "./words.js";

const BITS = 31; // guesses that are told apart when documents take turns
const MOST = 50; // candidates that are listed at most
const MOST_PIECES = 5; // suggestions at most
const CERTAIN = 2 ** 24; // the odds of what is meant for certain, if a guess is right
const IN_PLACE = 1; // what it says besides if it stands exactly there, not one unit further
// half of a character, or letters
const CUT = /^[\udc00-\udfff]|[\ud800-\udbff]$|^[a-z]+$/;

/** The stretch of what is shown of a document that a word may be mistyped from. */
export async function stretchNear(hit, word) {
  const [, title, headlines, blocks] = await hit.segment.row(shownPassage(hit));
  const texts = [title, ...headlines, ...blocks];
  return nearly(word, texts.map((text) => hit.segment.folder.fold(text)));
}

/**
 * The first stretch of folded texts that a word may be mistyped from; empty if there is none. One
 * unit of the word is wrong, missing or superfluous: so half of it stands there as it is.
 */
function nearly(word, texts) {
  const half = word.length >> 1;
  const [head, tail] = [word.slice(0, half), word.slice(half)];
  for (const text of texts) {
    const found = [
      ...places(text, head).map((at) => [at, endOf(text, at, word)]),
      ...places(text, tail).map((at) => [startOf(text, at, head), at + tail.length]),
    ].filter(([start, end]) => start >= 0 && end >= 0);
    if (!found.length) continue;
    const [start, end] = found.reduce((best, one) => {
      return one[0] < best[0] || (one[0] === best[0] && one[1] < best[1]) ? one : best;
    });
    return text.slice(start, end);
  }
  return "";
}

function places(text, piece) {
  const found = [];
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) found.push(at);
  return found;
}

/** Where in a text the word ends that begins there but for a mistake; -1 if it does not. */
function endOf(text, at, word) {
  let same = 0;
  while (same < word.length && text[at + same] === word[same]) same += 1;
  const end = at + same;
  if (same + 1 >= word.length) return end;
  // A unit is wrong, missing or superfluous.
  for (const [skipped, passed] of [[1, 1], [1, 0], [0, 1]]) {
    const left = word.slice(same + passed);
    if (text.startsWith(left, end + skipped)) return end + skipped + left.length;
  }
  return -1;
}

/** Where in a text the word starts that ends there but for a mistake; -1 if it does not. */
function startOf(text, end, word) {
  const before = text.slice(Math.max(0, end - word.length - 1), end);
  const length = endOf(reversed(before), 0, reversed(word));
  return length >= 0 ? end - length : -1;
}

const reversed = (text) => text.split("").reverse().join("");

/** The documents that come nearest to the words, as candidates. */
export async function approximate(segments, words, parts, found, unwanted) {
  if (!words.some((word) => word.length >= SHORTEST)) return [];
  const weights = await Promise.all(words.map((word, at) => weightsOf(segments, word, parts[at])));
  const groups = new Map(); // the scores in each segment by each guess
  for (const [number, segment] of segments.entries()) {
    const scores = await Promise.all(
      words.map((word, row) => {
        return word.length < SHORTEST
          ? new Map([[0, exactScores(segment, found[row][number])]])
          : scoresOf(segment, word, weights[row]);
      }),
    );
    // Of several words the guesses are not told apart.
    const sums = () => joined(segment, scores.map((guesses) => bestOf(segment, guesses)));
    const every = words.length === 1 ? scores[0] : new Map([[0, sums()]]);
    for (const [guess, documents] of every) {
      documents.withdraw(unwanted.map((each) => each[number]));
      if (!groups.has(guess)) groups.set(guess, []);
      groups.get(guess).push(documents);
    }
  }
  return likeliest(segments, [...groups.values()]);
}

/** For each document of a segment its score, and the passage that has it; -1 for the title's. */
class Scores {
  constructor({ documents }) {
    this.score = new Int32Array(documents);
    this.passage = new Int32Array(documents).fill(-1);
  }

  /** Note a score if it is better than what is known; without a passage the known one stays. */
  add(at, score, passage = this.passage[at]) {
    if (score <= this.score[at]) return;
    this.score[at] = score;
    this.passage[at] = passage;
  }

  /** Take documents out that hold what is not wanted. */
  withdraw(excluded) {
    for (const { where } of excluded) where.forEach((bits, at) => bits && (this.score[at] = 0));
  }
}

function runOf({ runs }, at) {
  let [low, high] = [0, runs.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at < runs[middle].end) high = middle;
    else low = middle + 1;
  }
  return runs[low];
}

/**
 * The documents that are likeliest meant, ranked in that order. Of each guess one of its documents
 * is meant if the guess is right: the fewer there are that come as near, the likelier each of them.
 */
function likeliest(segments, groups) {
  const best = segments.map((segment) => new Scores(segment));
  const odds = segments.map(({ documents }) => new Float64Array(documents));
  const fits = segments.map(({ documents }) => new Int32Array(documents)); // the guesses, as bits
  for (const [row, group] of groups.entries()) {
    const own = oddsOf(group);
    group.forEach(({ score, passage }, number) => {
      score.forEach((value, at) => {
        if (!value) return;
        best[number].add(at, value, passage[at]);
        odds[number][at] += own.get(value);
        fits[number][at] |= 1 << row % BITS;
      });
    });
  }
  const every = segments.flatMap((segment, number) => {
    const listed = [...best[number].score.keys()].filter((at) => best[number].score[at]);
    return listed.map((at) => ({ number, at, odds: odds[number][at], segment }));
  });
  const rankOf = ({ number, at }) => best[number].score[at];
  const dayOf = ({ segment, at }) => segment.days[at];
  const orderOf = ({ segment, at }) => segment.orders(at);
  every.sort((a, b) => {
    return b.odds - a.odds || rankOf(b) - rankOf(a) || dayOf(b) - dayOf(a) || orderOf(a) - orderOf(b);
  });
  const nearest = inTurn(every.map(({ number, at }) => fits[number][at])).map((one) => every[one]);
  return nearest.map(({ number, at, segment }, place) => ({
    segment,
    at,
    run: runOf(segment, at),
    day: segment.days[at],
    order: segment.orders(at),
    rank: nearest.length - place,
    likely: 0,
    sure: true,
    passages: [best[number].passage[at]],
  }));
}

/**
 * The first MOST of some documents, so that every guess has its turn. Documents of one guess hold the
 * same text as a rule: if the first of them is not what is meant, the next is not either. So a guess
 * counts half for each document of it that is listed already. `fits` has for each document the
 * guesses that it fits, as bits; the likeliest document first.
 */
function inTurn(fits) {
  const queues = new Map();
  fits.forEach((bits, at) => {
    if (!queues.has(bits)) queues.set(bits, []);
    if (queues.get(bits).length < MOST) queues.get(bits).push(at);
  });
  const taken = new Array(BITS).fill(0);
  const weightOf = (bits) => {
    return taken.reduce((sum, count, row) => {
      return sum + ((bits >> row) & 1 ? Math.floor(CERTAIN / 2 ** count) : 0);
    }, 0);
  };
  const listed = [];
  while (queues.size && listed.length < MOST) {
    const heads = [...queues].map(([bits, [at]]) => ({ bits, at, weight: weightOf(bits) }));
    const { bits, at } = heads.reduce((best, one) => {
      return one.weight > best.weight || (one.weight === best.weight && one.at < best.at) ? one : best;
    });
    listed.push(at);
    queues.get(bits).shift();
    if (!queues.get(bits).length) queues.delete(bits);
    taken.forEach((count, row) => (taken[row] = count + ((bits >> row) & 1)));
  }
  return listed;
}

/** The odds of a document by its score, where one of these is meant. */
function oddsOf(group) {
  const counts = new Map();
  for (const { score } of group) {
    for (const value of score) if (value) counts.set(value, (counts.get(value) || 0) + 1);
  }
  const odds = new Map();
  let sum = 0;
  for (const value of [...counts.keys()].sort((a, b) => b - a)) {
    sum += counts.get(value);
    odds.set(value, Math.floor(CERTAIN / sum));
  }
  return odds;
}

function bestOf(segment, guesses) {
  const best = new Scores(segment);
  for (const { score, passage } of guesses.values()) {
    score.forEach((value, at) => best.add(at, value, passage[at]));
  }
  return best;
}

/** The sums over all words, with the passage of the first word that has one. */
function joined(segment, words) {
  const sums = new Scores(segment);
  for (let at = 0; at < segment.documents; at += 1) {
    if (!words.every(({ score }) => score[at])) continue;
    const first = words.find(({ passage }) => passage[at] >= 0);
    const sum = words.reduce((all, { score }) => all + score[at], 0);
    sums.add(at, sum, first ? first.passage[at] : -1);
  }
  return sums;
}

/** Parts of the words that occur, as far as the terms that were looked up tell. */
export async function knownPieces(segments, words, parts) {
  const pieces = new Set();
  for (const [number, word] of words.entries()) {
    const known = word.length > 1;
    const weights = known ? await weightsOf(segments, word, parts[number]) : new Map();
    let [start, end] = [0, 0];
    for (const [part, value] of weights) {
      if (!value || part.size === 1) continue;
      // Terms that share a unit are one piece.
      if (part.at >= end) {
        if (end) pieces.add(word.slice(start, end));
        start = part.at;
      }
      end = Math.max(end, part.end);
    }
    if (end) pieces.add(word.slice(start, end));
  }
  const whole = [...pieces].filter((piece) => words.includes(piece) || !CUT.test(piece));
  const others = whole.filter((piece) => words.length > 1 || piece !== words[0]);
  return others.slice(0, MOST_PIECES);
}

/**
 * The weight of each term of a word that is looked up; 0 if no document has it. The rarer the term,
 * the more it says: a whole number about the logarithm of how rare it is.
 */
export async function weightsOf(segments, word, parts) {
  const documents = segments.reduce((sum, { living }) => sum + living, 0);
  const weights = new Map();
  for (const part of [...parts].sort((a, b) => a.at - b.at || a.size - b.size)) {
    const term = termOf(word, part);
    const postings = await Promise.all(segments.map((each) => each.posting(term)));
    const holding = segments.reduce((sum, each, number) => {
      return sum + holders(each, postings[number]);
    }, 0);
    let value = 1;
    while ((holding + 1) * 2 ** value <= documents) value += 1;
    weights.set(part, holding ? value : 0);
  }
  return weights;
}

/** How many live documents hold a term. */
function holders({ owners, dead, documents }, { title, headline, text }) {
  const holding = new Uint8Array(documents);
  for (const passage of text) holding[owners[passage]] = 1;
  for (const places of [title, headline]) {
    for (const place of places) holding[Math.floor(place / SPAN)] = 1;
  }
  return holding.reduce((sum, one, at) => sum + (one && !dead[at] ? 1 : 0), 0);
}

function exactScores(segment, { where }) {
  const scores = new Scores(segment);
  where.forEach((bits, at) => bits && scores.add(at, 1 + weight(bits)));
  return scores;
}

/**
 * Which of these terms may be right, as bits, for each guess at the mistake. A wrong character spoils
 * the terms with it, a missing one those that reach across its place. A guess that leaves no term
 * says nothing.
 */
function guessesOf(word, parts) {
  const guesses = new Set();
  const add = (spoils) => {
    guesses.add(parts.reduce((bits, part, row) => bits | (spoils(part) ? 0 : 1 << row), 0));
  };
  for (let mistake = 0; mistake < word.length; mistake += 1) {
    add(({ at, end }) => at <= mistake && mistake < end);
    if (mistake) add(({ at, end }) => at < mistake && mistake < end);
  }
  return [...guesses].filter(Boolean).sort((a, b) => a - b);
}

/** How near documents come to a word by each guess: terms about where they should stand. */
async function scoresOf(segment, word, weights) {
  const [parts, values] = [[...weights.keys()], [...weights.values()]];
  const places = parts.map(({ at }) => at);
  const guesses = guessesOf(word, parts);
  const postings = await Promise.all(parts.map((part) => segment.posting(termOf(word, part))));
  const scores = new Map(guesses.map((guess) => [guess, new Scores(segment)]));
  scoreTexts(segment, postings, places, (passage, rows) => {
    const at = segment.owners[passage];
    if (segment.dead[at]) return;
    for (const guess of guesses) {
      scores.get(guess).add(at, scoreOf(rows, guess, values), passage);
    }
  });
  for (const [factor, field] of [
    [2, "headline"],
    [3, "title"],
  ]) {
    for (const [at, agreeing] of starting(postings, places, field)) {
      if (segment.dead[at]) continue;
      for (const guess of guesses) {
        if (guess & ~agreeing) continue;
        const sum = values.reduce((all, value, row) => {
          return all + (guess & (1 << row) ? value + EVIDENCE[1] + IN_PLACE : 0);
        }, 0);
        scores.get(guess).add(at, factor * sum);
      }
    }
  }
  return scores;
}

/** Hand each passage that has terms of a word on, with the bits of where the word then begins. */
function scoreTexts(segment, postings, places, take) {
  const next = postings.map(() => 0);
  const rows = new Uint16Array(postings.length);
  for (;;) {
    let passage = Infinity;
    postings.forEach(({ text }, row) => {
      if (next[row] < text.length && text[next[row]] < passage) passage = text[next[row]];
    });
    if (passage === Infinity) return;
    postings.forEach((posting, row) => {
      const stands = next[row] < posting.text.length && posting.text[next[row]] === passage;
      rows[row] = stands ? beginsOf(posting, next[row], places[row]) : 0;
      if (stands) next[row] += 1;
    });
    take(passage, rows);
  }
}

/**
 * The best score of the terms of a guess that begin, but for one unit, where they should; 0 if not
 * all do. `rows` has for each term the bits of where the word begins, 0 where it does not stand.
 */
function scoreOf(rows, guess, values) {
  for (let row = 0; row < rows.length; row += 1) if (guess & (1 << row) && !rows[row]) return 0;
  let best = 0;
  for (let at = 0; at < OFFSETS; at += 1) {
    const near = (1 << at) | (1 << ((at + 1) % OFFSETS));
    let score = 0;
    for (let row = 0; row < rows.length; row += 1) {
      if (!(guess & (1 << row))) continue;
      if (!(rows[row] & near)) {
        score = 0;
        break;
      }
      score += values[row] + (EVIDENCE[countOf(rows[row])] || 0) + ((rows[row] >> at) & 1) * IN_PLACE;
    }
    if (score > best) best = score;
  }
  return best;
}

/** Documents, and as bits the terms that begin, but for one unit, where they should. */
function starting(postings, places, field) {
  const starts = new Map(); // document * SPAN + where the word would begin + half of SPAN
  postings.forEach((posting, row) => {
    for (const place of posting[field]) {
      const start = place - places[row] + SPAN / 2;
      starts.set(start, (starts.get(start) || 0) | (1 << row));
    }
  });
  return [...starts].map(([start, rows]) => {
    return [Math.floor(start / SPAN), rows | (starts.get(start + 1) || 0)];
  });
}
