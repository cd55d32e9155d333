/**
 * Asks the search client as a reader's first visit does, and counts what is fetched.
 *
 * Every line of standard input is JSON: {address, query, options}; every line of standard output
 * the answer with `opening` and `asking`, each `{ files, bytes }`, and the memory of the process.
 */

import { createInterface } from "node:readline";
import { open } from "../../theme/search/client.js";

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

for await (const line of createInterface({ input: process.stdin })) {
  const { address, query, options } = JSON.parse(line);
  const limit = options.limit === "all" ? { limit: Infinity } : {};
  const index = await open(address);
  const opening = taken();
  const { total, exact, approximate, results } = await index.query(query, { ...options, ...limit });
  const urls = results.map(({ url }) => url);
  const memory = process.memoryUsage().rss;
  const asking = taken();
  const answer = { total, exact, approximate, urls, opening, asking, memory };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
