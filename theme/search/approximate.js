/**
 * Documents with almost what is asked: for words with a character mistyped, left out or added.
 * Kept alike with approximate.py in site_plugins/outputs/search/reader. Loaded when nothing holds
 * the words themselves.
 */

import { OFFSETS, SPAN } from "./format.js";
import { turned, weight } from "./segment.js";
import { MOST_PAIRS, allPlaces } from "./words.js";

const SHORTEST = 4; // units of a word that may hold a mistake
const MOST = 50; // candidates that are listed at most
const MOST_PIECES = 5; // suggestions at most
const CUT = /^[\udc00-\udfff]|[\ud800-\udbff]$/; // half of a character at an end

/** The documents that come nearest to the words, as candidates. */
export async function approximate(segments, words, found, unwanted) {
  if (!words.some((word) => word.length >= SHORTEST)) return [];
  const weights = await Promise.all(words.map((word) => pairWeights(segments, word)));
  const nearest = [];
  for (const [number, segment] of segments.entries()) {
    const scores = await Promise.all(
      words.map((word, row) => {
        return word.length < SHORTEST
          ? exactScores(found[row][number])
          : scoresOf(segment, word, weights[row]);
      }),
    );
    const excluded = unwanted.map((each) => each[number]);
    for (const run of segment.runs) {
      for (let at = run.start; at < run.end; at += 1) {
        if (!scores.every((each) => each.has(at))) continue;
        if (excluded.some(({ where }) => where[at])) continue;
        nearest.push({
          segment,
          at,
          run,
          day: segment.days[at],
          order: segment.orders(at),
          rank: scores.reduce((sum, each) => sum + each.get(at).score, 0),
          sure: true,
          passages: scores.map((each) => each.get(at).passage),
        });
      }
    }
  }
  nearest.sort((a, b) => b.rank - a.rank || b.day - a.day || a.order - b.order);
  return nearest.slice(0, MOST);
}

/** Parts of the words that occur, as far as their pairs tell; none of a very long word. */
export async function knownPieces(segments, words) {
  const pieces = new Set();
  for (const word of words) {
    const known = word.length > 1 && word.length <= MOST_PAIRS + 1;
    const weights = known ? await pairWeights(segments, word) : new Map();
    let start = -1;
    for (let at = 0; at < word.length; at += 1) {
      if (weights.get(at)) start = start < 0 ? at : start;
      else if (start >= 0) {
        pieces.add(word.slice(start, at + 1));
        start = -1;
      }
    }
  }
  const whole = [...pieces].filter((piece) => !CUT.test(piece));
  const parts = whole.filter((piece) => words.length > 1 || piece !== words[0]);
  return parts.slice(0, MOST_PIECES);
}

/**
 * The weight of each pair of a word, by its place; 0 if no document has it. The rarer the pair,
 * the more it says: a whole number about the logarithm of how rare it is.
 */
async function pairWeights(segments, word) {
  const documents = segments.reduce((sum, { living }) => sum + living, 0);
  const places = allPlaces(word);
  const postings = await Promise.all(
    places.map((at) => Promise.all(segments.map((each) => each.posting(word.slice(at, at + 2))))),
  );
  const weights = new Map();
  places.forEach((at, row) => {
    const holding = segments.reduce((sum, each, number) => {
      return sum + holders(each, postings[row][number]);
    }, 0);
    let value = 1;
    while ((holding + 1) * 2 ** value <= documents) value += 1;
    weights.set(at, holding ? value : 0);
  });
  return weights;
}

/** How many live documents hold a term. */
function holders({ owners, dead }, { title, headline, text }) {
  const holding = new Set(text.map((passage) => owners[passage]));
  for (const place of [...title, ...headline]) holding.add(Math.floor(place / SPAN));
  return [...holding].filter((at) => !dead[at]).length;
}

function exactScores({ where }) {
  const scores = new Map();
  where.forEach((bits, at) => bits && scores.set(at, { score: 1 + weight(bits), passage: -1 }));
  return scores;
}

/** How near each document comes to a word: pairs at about their places, or in one passage. */
async function scoresOf(segment, word, weights) {
  const enough = Math.max(1, weights.size - 2);
  const places = [...weights.keys()];
  const postings = await Promise.all(places.map((at) => segment.posting(word.slice(at, at + 2))));
  const scores = new Map();
  const better = (at, score) => score > (scores.has(at) ? scores.get(at).score : 0);
  const byPassage = new Map();
  postings.forEach(({ text, bits }, row) => {
    text.forEach((passage, number) => {
      if (!byPassage.has(passage)) byPassage.set(passage, []);
      byPassage.get(passage).push([weights.get(places[row]), turned(bits[number], places[row])]);
    });
  });
  for (const [passage, pairs] of [...byPassage].sort((a, b) => a[0] - b[0])) {
    const at = segment.owners[passage];
    const score = bestOf(pairs, enough);
    if (better(at, score)) scores.set(at, { score, passage });
  }
  for (const [factor, field] of [
    [2, "headline"],
    [3, "title"],
  ]) {
    for (const [at, score] of aligned(postings, places, weights, enough, field)) {
      const passage = scores.has(at) ? scores.get(at).passage : -1;
      if (better(at, factor * score)) scores.set(at, { score: factor * score, passage });
    }
  }
  for (const at of [...scores.keys()]) if (segment.dead[at]) scores.delete(at);
  return scores;
}

/**
 * The best score of pairs, their weights and the bits of where the word then begins, that begin,
 * but for one unit, where they should; 0 if too few do.
 */
function bestOf(pairs, enough) {
  let best = 0;
  for (let at = 0; at < OFFSETS && pairs.length >= enough; at += 1) {
    const near = (1 << at) | (1 << ((at + 1) % OFFSETS));
    let [count, score] = [0, 0];
    for (const [weight, bits] of pairs) {
      if (bits & near) [count, score] = [count + 1, score + weight];
    }
    if (count >= enough && score > best) best = score;
  }
  return best;
}

/** The best score of each document's pairs that begin, but for one unit, where they should. */
function aligned(postings, places, weights, enough, field) {
  const starts = new Map(); // document * SPAN + where the word would begin + one word's length
  postings.forEach((posting, row) => {
    for (const place of posting[field]) {
      const start = place - places[row] + SPAN / 2;
      if (!starts.has(start)) starts.set(start, new Set());
      starts.get(start).add(places[row]);
    }
  });
  const best = new Map();
  for (const [start, own] of starts) {
    const together = new Set([...own, ...(starts.get(start + 1) || [])]);
    const score = [...together].reduce((sum, at) => sum + weights.get(at), 0);
    const at = Math.floor(start / SPAN);
    if (together.size >= enough && score > (best.get(at) || 0)) best.set(at, score);
  }
  return best;
}
