/**
 * Drives Chromium for scripts/bench search. Order (JSON on stdin): chromium (program), base (host),
 * blank (an empty page), pagefind (whether to ask it too), quality: [{words, limit}], timed:
 * [{first, next}]. Answer (JSON on stdout): engines by name, each {quality, timed}.
 */
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const order = JSON.parse(readFileSync(0, "utf8"));
const THROTTLE = { offline: false, latency: 100, downloadThroughput: 1.25e6, uploadThroughput: 1.25e6 };
const PATIENCE = 120000;

/** What each engine needs: its page, its files, and how a page asks. */
const engines = {
  jianyan: {
    page: `${order.base}/search/`,
    own: /\/search\/.+\.(?:js|bin)(?:\?|$)/,
    async ready(page) {
      await page.waitForFunction(() => document.querySelector("[data-search-empty] p"));
    },
    async ask(page, words) {
      await page.evaluate(({ words }) => {
        const field = document.querySelector("main input[name=q]");
        field.value = words;
        field.dispatchEvent(new InputEvent("input"));
      }, { words });
      await page.waitForFunction((given) => {
        const answered = new URLSearchParams(location.search).get("q") === given.trim();
        const list = document.querySelector("[data-search-hits]");
        return answered && list.children.length && !list.hasAttribute("aria-busy");
      }, words, { polling: 20 });
    },
    quality: async ({ queries }) => {
      const { open } = await import("/search/client.js");
      const index = await open(new URL("/search/", location.href));
      const answers = [];
      for (const { words, limit } of queries) {
        const { total, results, exact } = await index.query(words, { limit });
        answers.push({ total, exact, found: results.map(({ url, title }) => ({ url, title })) });
      }
      return answers;
    },
  },
  pagefind: {
    page: order.base + order.blank,
    own: /\/pagefind\//,
    async ready(page) {
      await page.evaluate(async () => {
        window.pagefind = await import("/pagefind/pagefind.js");
        // In the page itself: what a worker fetches is neither throttled nor counted.
        await window.pagefind.options({ noWorker: true });
        await window.pagefind.init();
      });
    },
    async ask(page, words) {
      await page.evaluate(async (words) => {
        const { results } = await window.pagefind.search(words);
        await Promise.all(results.slice(0, 10).map((one) => one.data()));
      }, words);
    },
    quality: async ({ queries }) => {
      const pagefind = await import("/pagefind/pagefind.js");
      await pagefind.init();
      const answers = [];
      for (const { words, limit } of queries) {
        const { results } = await pagefind.search(words);
        const first = await Promise.all(results.slice(0, 10).map((one) => one.data()));
        answers.push({
          total: results.length,
          exact: true,
          ids: results.slice(0, Math.max(limit, 10)).map((one) => one.id),
          found: first.map(({ url, meta }) => ({ url, title: meta.title })),
        });
      }
      return answers;
    },
  },
};

/** Notes what is fetched from the engine's folder; `take` tells it and begins anew. */
async function meter(page, own) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const open = new Map();
  let done = [];
  session.on("Network.requestWillBeSent", ({ requestId, request, timestamp }) => {
    if (own.test(request.url)) open.set(requestId, timestamp);
  });
  session.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) => {
    if (!open.has(requestId)) return;
    done.push({ start: open.get(requestId), end: timestamp, bytes: encodedDataLength });
    open.delete(requestId);
  });
  return {
    session,
    take() {
      const taken = done.sort((a, b) => a.start - b.start);
      done = [];
      // A request belongs to the round behind all rounds that had ended when it began.
      taken.forEach((one, at) => {
        const before = taken.slice(0, at).filter((other) => other.end <= one.start);
        one.round = 1 + Math.max(0, ...before.map(({ round }) => round));
      });
      return {
        bytes: taken.reduce((sum, { bytes }) => sum + bytes, 0),
        requests: taken.length,
        rounds: Math.max(0, ...taken.map(({ round }) => round)),
      };
    },
  };
}

const settle = (page) => page.waitForTimeout(60); // for the last events of the network

async function timed(browser, engine, { first, next }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const { session, take } = await meter(page, engine.own);
    await session.send("Network.emulateNetworkConditions", THROTTLE);
    const began = performance.now();
    await page.goto(engine.page);
    await engine.ready(page);
    const readySeconds = (performance.now() - began) / 1000;
    await settle(page);
    const engineCost = take();
    const ask = async (words) => {
      const asked = performance.now();
      await engine.ask(page, words);
      const seconds = (performance.now() - asked) / 1000;
      await settle(page);
      return { ...take(), seconds };
    };
    const answers = { engine: engineCost, ready_seconds: readySeconds, first: await ask(first), next: await ask(next) };
    await session.send("Performance.enable");
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    answers.heap_mb = metrics.find(({ name }) => name === "JSHeapUsedSize").value / 1e6;
    answers.renderer_mb = await rendererMemory(browser);
    return answers;
  } finally {
    await context.close();
  }
}

/** The proportional memory of the largest renderer in MB; 0 where the system does not tell. */
async function rendererMemory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const sizes = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => {
    try {
      const told = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
      return Number(/^Pss:\s+(\d+)/m.exec(told)[1]) * 1024 / 1e6;
    } catch (_) {
      return 0;
    }
  });
  return Math.max(0, ...sizes);
}

async function quality(browser, engine) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(order.base + order.blank);
    return await page.evaluate(engine.quality, { queries: order.quality });
  } finally {
    await context.close();
  }
}

const browser = await chromium.launch({ executablePath: order.chromium });
const answer = {};
try {
  for (const [name, engine] of Object.entries(engines)) {
    if (name === "pagefind" && !order.pagefind) continue;
    const one = { quality: await quality(browser, engine), timed: [] };
    for (const pair of order.timed) one.timed.push(await timed(browser, engine, pair));
    answer[name] = one;
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(answer));
