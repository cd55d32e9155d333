/**
 * Asks the search client as a reader's first visit does, and counts what is fetched.
 *
 * Every line of standard input is JSON: {address, query, options}; every line of standard output
 * the answer with `opening` and `asking`, each `{ files, bytes }`, the memory of the process, and
 * `page`: what the search page comes to by itself, and the further files that it fetches for that;
 * `asked`: the same when its reader asks it once to go on.
 */

import { createInterface } from "node:readline";
import { open } from "../../theme/search/client.js";
import { BY_ITSELF } from "../../theme/search/page-parts.js";

let counted = { files: 0, bytes: 0 };
const plainFetch = globalThis.fetch;

globalThis.fetch = async (address, options) => {
  const response = await plainFetch(address, options);
  const bytes = await response.arrayBuffer();
  counted.files += 1;
  counted.bytes += bytes.byteLength;
  return { status: response.status, ok: response.ok, arrayBuffer: async () => bytes };
};

function taken() {
  const result = counted;
  counted = { files: 0, bytes: 0 };
  return result;
}

/** What the search page comes to show, from what it has come to so far; `isEnough` as it has it. */
async function goneOn(index, query, { first, last, near }, isEnough) {
  for (let left = BY_ITSELF; left; left--) {
    if (!last.approximate || last.next === null || (isEnough && last.exact)) break;
    last = await index.query(query, { offset: last.next });
    if (last.total) break;
    if (!last.near) continue;
    near = [...near, ...last.results];
    isEnough = true;
  }
  const shown = last.total ? last.results : near.length ? near : first.results;
  return { first, last, near, urls: shown.map(({ url }) => url), ...taken() };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { address, query, options } = JSON.parse(line);
  const limit = options.limit === "all" ? { limit: Infinity } : {};
  const index = await open(address);
  const opening = taken();
  const first = await index.query(query, { ...options, ...limit });
  const { total, exact, approximate, results } = first;
  const urls = results.map(({ url }) => url);
  const memory = process.memoryUsage().rss;
  const asking = taken();
  const near = first.near ? first.results : [];
  const page = await goneOn(index, query, { first, last: first, near }, true);
  const asked = await goneOn(index, query, page, false);
  const answer = { total, exact, approximate, urls, opening, asking, memory };
  answer.page = { urls: page.urls, files: page.files };
  answer.asked = { urls: asked.urls, files: asked.files };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
