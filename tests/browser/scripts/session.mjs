/** What every script shares: the order from the tests, the browser, and watched pages. */
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

/** The order: {browser, base, …} as JSON on stdin. */
export const order = JSON.parse(readFileSync(0, "utf8"));

const PATIENCE = 10000; // milliseconds for one step

/** Do the work with the running browser and print its answer as JSON. */
export async function run(work) {
  const browser = await chromium.connect(order.browser);
  try {
    console.log(JSON.stringify(await work(browser)));
  } finally {
    await browser.close();
  }
}

/** A page on which a step that does not come to its end fails soon. */
export async function newPage(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  return page;
}

/**
 * A page that keeps note of everything a reader's browser would complain of: notes.console,
 * notes.policy (violations of the Content-Security-Policy), notes.elsewhere (requests to another
 * host), notes.failed (requests that fail or are answered by an error) and notes.bytes (what came
 * over the wire without pictures, by address).
 */
export async function watchedPage(context, base) {
  const page = await newPage(context);
  const notes = { console: [], policy: [], elsewhere: [], failed: [], bytes: {} };
  const { origin } = new URL(base);
  await page.exposeFunction("noteViolation", (text) => { notes.policy.push(text); });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.noteViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  page.on("console", (message) => {
    if (["error", "warning", "assert"].includes(message.type())) {
      notes.console.push(`${message.text()} ${message.location().url}`);
    }
  });
  page.on("pageerror", (error) => { notes.console.push(String(error)); });
  page.on("request", (request) => {
    const { protocol, origin: other } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:" && other !== origin) notes.elsewhere.push(request.url());
  });
  page.on("requestfailed", (request) => {
    notes.failed.push(`${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", async (response) => {
    if (response.status() >= 400) notes.failed.push(`${response.url()} ${response.status()}`);
  });
  page.on("requestfinished", async (request) => {
    if (request.resourceType() === "image") return;
    try {
      const { responseBodySize } = await request.sizes();
      notes.bytes[request.url()] = responseBodySize;
    } catch (_) { /* the page was closed meanwhile */ }
  });
  return { page, notes };
}

/**
 * Do work on every item, so many at a time; answers by the items' names. Each of the workers first
 * prepares what its work then gets as the second argument: a page to use again, say. Work that
 * fails is answered by {error}, so that it does not hide the rest.
 */
export async function inTurns(items, most, work, prepare = () => null) {
  const answers = {};
  const rest = items.values();
  await Promise.all(Array.from({ length: most }, async () => {
    const tool = await prepare();
    for (const item of rest) {
      answers[item.name] = await work(item, tool).catch((error) => ({ error: String(error) }));
    }
  }));
  return answers;
}
