/**
 * Asks the search client as a reader's first visit does, and counts what is fetched.
 *
 * Every line of standard input is JSON: {address, query, options}; every line of standard output
 * the answer with `opening` and `asking`, each `{ files, bytes }`, the memory of the process, and
 * `further`: the addresses that the search page shows when its reader asks it once to go on.
 */

import { createInterface } from "node:readline";
import { open } from "../../theme/search/client.js";
import { AT_A_PRESS } from "../../theme/search/page-parts.js";

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

/** What the search page comes to show when its reader asks once to go on behind the first answer. */
async function goneOn(index, query, first) {
  let last = first;
  let near = first.near ? first.results : [];
  let isEnough = false;
  for (let left = AT_A_PRESS; left; left--) {
    if (!last.approximate || last.next === null || (isEnough && last.exact)) break;
    last = await index.query(query, { offset: last.next });
    if (last.total) break;
    if (!last.near) continue;
    near = [...near, ...last.results];
    isEnough = true;
  }
  const shown = last.total ? last.results : near.length ? near : first.results;
  return shown.map(({ url }) => url);
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
  const further = await goneOn(index, query, first);
  taken();
  const answer = { total, exact, approximate, urls, opening, asking, memory, further };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
