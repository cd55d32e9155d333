/**
 * What a reader without JavaScript meets. Order: pages [{name, url}], home, article (with tabs and
 * details), search, 404. Answers facts.
 */
import { readFileSync } from "node:fs";
import { inTurns, newPage, order, run } from "./session.mjs";

const layout = readFileSync(new URL("layout_probe.js", import.meta.url), "utf8");
const seenText = (selector) => document.querySelector(selector)?.innerText.trim() ?? "";
const seenControls = () => Array.from(document.querySelectorAll("main button, main input, header button"))
  .filter((control) => control.checkVisibility({ visibilityProperty: true }) && !control.disabled && !control.closest("form, .tabbed-set"))
  .map((control) => control.outerHTML.slice(0, 80));

async function read({ url }, page) {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(url);
  const narrow = await page.evaluate(layout);
  const controls = await page.evaluate(seenControls);
  const text = await page.evaluate(seenText, "main");
  await page.setViewportSize({ width: 1440, height: 900 });
  return { text, controls, layout: { 390: narrow, 1440: await page.evaluate(layout) } };
}

/** The menu of a phone: closed, then opened by a tap, then by the keyboard. */
async function menu(page) {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(order.article);
  const link = page.locator("header nav a").first();
  const before = await link.isVisible();
  const opener = page.locator("header summary");
  await opener.click();
  const tapped = await link.isVisible();
  await opener.focus();
  await page.keyboard.press("Enter");
  const closed = await link.isVisible();
  await page.keyboard.press("Space");
  await link.click();
  return { before, tapped, closed, arrived: page.url() };
}

/** Tabs and folded boxes in a text. */
async function boxes(page) {
  await page.goto(order.article);
  const set = page.locator(".tabbed-set").first();
  const blocks = set.locator(".tabbed-block");
  const shown = async () => {
    const all = await blocks.all();
    return Promise.all(all.map((block) => block.isVisible()));
  };
  const first = await shown();
  await set.locator("label").nth(1).click();
  const second = await shown();
  await set.locator("input").nth(1).focus();
  await page.keyboard.press("ArrowLeft");
  const byKey = await shown();
  const folded = page.locator("main details").first();
  const inside = folded.locator("p").last();
  const closed = await inside.isVisible();
  await folded.locator("summary").click();
  return { first, second, byKey, folded: [closed, await inside.isVisible()] };
}

async function search(page) {
  await page.goto(order.search);
  const text = await page.evaluate(seenText, "main");
  const waiting = await page.locator("[data-search-wait]").isVisible();
  const link = page.locator("main a[href$='sitemap/']").first();
  const seen = await link.isVisible();
  await link.click();
  return { text, seen, waiting, arrived: page.url() };
}

await run(async (browser) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const pages = await inTurns(order.pages, 3, read, () => newPage(context));
  const works = [menu, boxes, search].map((work) => ({ name: work.name, work }));
  const page = await newPage(context);
  return { pages, ...await inTurns(works, 1, ({ work }) => work(page)) };
});
