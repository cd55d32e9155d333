/**
 * What goes wrong while a reader searches, and what the page then says. Order: search (the page's address),
 * words and other (words with hits, other none of that kind), kind, similar (words with a slip), large, small and grown (folders,
 * each with an index; the first has files that the others have not). Answers facts.
 */
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { inTurns, newPage, order, run } from "./session.mjs";

const state = () => {
  const text = (selector) => document.querySelector(selector)?.innerText ?? "";
  const main = document.querySelector("main");
  return {
    address: location.href,
    input: main.querySelector("input[name=q]").value,
    told: text("[data-search-count]"),
    beside: text("[data-search-empty]"),
    wait: main.querySelector("[data-search-wait]")?.innerText ?? "",
    facets: text("[data-search-facets]"),
    hits: Array.from(document.querySelectorAll("[data-search-hits] h2 a"), (one) => one.textContent),
    sitemap: Array.from(main.querySelectorAll("a[href$='sitemap/']")).some((one) => one.checkVisibility()),
    focus: document.activeElement === document.body ? "" : document.activeElement.outerHTML.slice(0, 60),
    wide: document.documentElement.scrollWidth,
  };
};
const address = (words, more = "") => `${order.search}?q=${encodeURIComponent(words)}${more}`;
const look = (page) => page.evaluate(state);
const says = async (page, part) => {
  await page.waitForFunction((text) => document.querySelector("[data-search-count]").innerText.includes(text), part);
  return look(page);
};
const SHARDS = "**/search/*/terms/**";
const CATALOGUE = "**/search/catalogue.bin";
const html = { status: 200, contentType: "text/html", body: "<!doctype html><title>请先登录</title><p>欢迎</p>" };

/** Press a button by key: that is how the focus tells where it went. */
async function press(page, name) {
  await page.getByRole("button", { name }).focus();
  await page.keyboard.press("Enter");
}

/** Pages with status 200 in place of shards; then another try. */
async function foreign(page) {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.route(SHARDS, (route) => route.fulfill(html));
  await page.goto(address(order.words));
  const fault = await says(page, "不完整");
  await page.unroute(SHARDS);
  await press(page, "再试一次");
  return { fault, again: await says(page, "找到") };
}

/** Each thing that the programme itself fails at. */
async function programme(page) {
  const answers = {};
  const given = {
    page: html.body, keyless: gzipSync('{"format":5}'), nothing: gzipSync(""), number: gzipSync("1"),
  };
  for (const [name, body] of Object.entries(given)) {
    await page.route(CATALOGUE, (route) => route.fulfill({ body }));
    await page.goto(address(order.words));
    await page.waitForSelector("text=再试一次");
    answers[name] = await look(page);
    await page.unroute(CATALOGUE);
  }
  for (const [name, words] of [["approximate", order.similar], ["client", order.words]]) {
    const path = `**/search/${name}.js`;
    await page.route(path, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(address(words));
    await page.waitForSelector("text=再试一次");
    answers[name] = await look(page);
    await page.unroute(path);
    await press(page, "再试一次");
    await page.waitForSelector("[data-search-hits] h2 a");
    answers[`${name} again`] = await look(page);
  }
  return answers;
}

/** The page's own script does not come, or is still on its way. */
async function scriptless(page) {
  const answers = {};
  for (const [name, answer] of Object.entries({ missing: (route) => route.fulfill({ status: 404 }), late: () => {} })) {
    await page.route("**/search/page.js", answer);
    await page.goto(address(order.words), { waitUntil: "commit" });
    await page.waitForFunction(() => {
      const line = document.querySelector("[data-search-wait]");
      const { animationName, visibility } = line ? getComputedStyle(line) : {};
      return animationName === "search-page-wait" && visibility === "visible";
    });
    answers[name] = await look(page);
    await page.unroute("**/search/page.js");
  }
  await page.goto(address(order.words));
  return { ...answers, well: await says(page, "找到") };
}

/** The index comes from a folder, which may change below the page. */
async function served(page, first) {
  const files = { folder: first, asked: [] };
  await page.route("**/search/**/*.bin*", (route) => {
    const path = new URL(route.request().url()).pathname.split("/search/")[1];
    files.asked.push(path);
    const file = `${files.folder}/${path}`;
    return route.fulfill(existsSync(file) ? { body: readFileSync(file) } : { status: 404 });
  });
  await page.route(CATALOGUE, (route) => {
    files.asked.push("catalogue.bin");
    return route.fulfill({ body: readFileSync(`${files.folder}/catalogue.bin`) });
  });
  return files;
}

async function type(page, words) {
  await page.fill("main input[name=q]", words);
  await page.keyboard.press("Enter");
}

/** A file of the index is gone since the page was opened: the index is opened anew. */
async function replaced(page) {
  const files = await served(page, order.large);
  await page.goto(order.search);
  const before = await says(page, "可以");
  files.folder = order.small;
  await type(page, "琉璃瓦");
  return { before, after: await says(page, "找到") };
}

/** No file is gone; after a while the catalogue is asked for again, and only that if nothing has changed. */
async function grown(page) {
  const files = await served(page, order.small);
  await page.goto(address("琉璃瓦"));
  const first = await says(page, "找到");
  await page.evaluate(() => { const now = Date.now; Date.now = () => now() + 6 * 60 * 1000; });
  files.asked.length = 0;
  await type(page, "琉璃");
  await page.waitForFunction(() => document.title.startsWith("琉璃｜"));
  const same = { ...await says(page, "找到"), asked: [...files.asked] };
  files.folder = order.grown;
  await page.evaluate(() => { const now = Date.now; Date.now = () => now() + 6 * 60 * 1000; });
  await type(page, "琉璃瓦");
  return { first, same, later: await says(page, "找到4") };
}

/** Shards hang: that is told, what comes late is shown, and another try does not wait for it. */
async function slow(page) {
  await page.addInitScript(() => {
    const plain = window.setTimeout;
    window.setTimeout = (act, after, ...rest) => plain(act, after / 20, ...rest);
  });
  const held = [];
  let holding = true;
  await page.route(SHARDS, (route) => (holding ? held.push(route) : route.continue()));
  await page.goto(order.search);
  await says(page, "可以");
  await type(page, order.words);
  const told = await says(page, "网络较慢");
  holding = false;
  await Promise.all(held.map((route) => route.continue()));
  const late = await says(page, "找到");
  holding = true;
  held.length = 0;
  await page.goto(address(order.other));
  await says(page, "网络较慢");
  holding = false;
  await press(page, "再试一次");
  return { told, late, again: await says(page, "找到") };
}

// The site's own client, of which the first query of a page reads four results only.
const FEW = `
  import { open as openAsItIs } from "./client.js?as-it-is";
  export async function open(...given) {
    const index = await openAsItIs(...given);
    const query = index.query.bind(index);
    index.query = async (words, options) => {
      const answer = await query(words, options);
      return options.offset ? answer : { ...answer, results: answer.results.slice(0, 4), next: 4 };
    };
    return index;
  }`;

/** Buttons that go away when they are pressed. */
async function focus(page) {
  await page.goto(order.search);
  await says(page, "可以");
  await type(page, order.words);
  await says(page, "找到");
  await page.goto(order.search);
  await says(page, "可以");
  await press(page, "清除记录");
  const forgotten = await look(page);
  await page.route("**/search/client.js", (route) => route.fulfill({ contentType: "text/javascript", body: FEW }));
  await page.goto(address(order.words));
  await says(page, "找到");
  const few = await look(page);
  await press(page, "继续显示");
  await page.waitForFunction(() => document.querySelectorAll("[data-search-hits] h2 a").length === 10);
  const at = await page.evaluate(() => Array.from(document.querySelectorAll("[data-search-hits] h2 a")).indexOf(document.activeElement));
  return { forgotten, few, at };
}

/** A filter outlives the words; values that nothing has. */
async function filtered(page) {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(address(order.words, `&kind=${order.kind}`));
  await says(page, "条");
  await page.fill("main input[name=q]", "");
  const emptied = await says(page, "可以");
  await type(page, order.other);
  const nothing = await says(page, "没有找到");
  await page.click("text=去掉筛选");
  // Not “找到”: it stands in what is told before as well.
  const everywhere = await says(page, "条结果");
  await page.goto(address(order.words, "&column=/news/&year=abc&kind=constructor"));
  return { emptied, nothing, everywhere, unknown: await says(page, "找到") };
}

/** Words that fill a phone, and queries that ask for nothing. */
async function odd(page) {
  await page.setViewportSize({ width: 360, height: 740 });
  const answers = {};
  const asked = {
    long: "龘靐齉爩".repeat(50), unwanted: `-${order.words}`, marks: "！？、", clash: `${order.words} -${order.words}`,
  };
  for (const [name, words] of Object.entries(asked)) {
    await page.goto(address(words));
    await page.waitForFunction(() => {
      const text = document.querySelector("[data-search-count]").innerText;
      return text && !text.includes("正在");
    });
    answers[name] = await look(page);
  }
  return answers;
}

await run((browser) => inTurns([
  foreign, programme, scriptless, replaced, grown, slow, focus, filtered, odd,
], 2, async (work) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    return await work(await newPage(context));
  } finally {
    await context.close();
  }
}));
