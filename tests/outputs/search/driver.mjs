/**
 * Asks the search client what the tests want to know.
 *
 * Every line of standard input is a request in JSON, answered by a line of standard output:
 * {open: address} opens an index, {query: words, options} asks the one opened last, {fold:
 * [text …]} folds with its table, {places: [text …]} also tells where the characters come from. An answer has `error` where there was one, and tells how many
 * files were fetched for it (`fetched`), their bytes, and how many at the same time (`most`).
 */

import { createInterface } from "node:readline";
import { open } from "../../../theme/search/client.js";

const seen = { fetched: 0, bytes: 0, running: 0, most: 0 };
const plainFetch = globalThis.fetch;

globalThis.fetch = async (address, options) => {
  seen.fetched += 1;
  seen.running += 1;
  seen.most = Math.max(seen.most, seen.running);
  try {
    const response = await plainFetch(address, options);
    const bytes = await response.arrayBuffer();
    seen.bytes += bytes.byteLength;
    const { status, ok } = response;
    return { status, ok, arrayBuffer: async () => bytes };
  } finally {
    seen.running -= 1;
  }
};

let index = null;

async function answer({ open: address, query, options, fold, places }) {
  if (address !== undefined) {
    index = await open(address);
    return { overview: index.overview };
  }
  if (fold !== undefined) {
    return { folded: fold.map((text) => index.folder.fold(text)) };
  }
  if (places !== undefined) {
    return { placed: places.map((text) => index.folder.foldWithPlaces(text)) };
  }
  // JSON has no infinity.
  const limit = options && options.limit === "all" ? { limit: Infinity } : {};
  return { answer: await index.query(query, { ...options, ...limit }) };
}

for await (const line of createInterface({ input: process.stdin })) {
  Object.assign(seen, { fetched: 0, bytes: 0, most: 0 });
  let reply;
  try {
    reply = await answer(JSON.parse(line));
  } catch (error) {
    reply = { error: error.message };
  }
  const { fetched, bytes, most } = seen;
  process.stdout.write(`${JSON.stringify({ ...reply, fetched, bytes, most })}\n`);
}
