/**
 * Pages for a reader who has chosen large type. Order: pages [{name, url, ready?}], widths. Answer:
 * name → {size: what the page says of itself, layout by width}.
 */
import { readFileSync } from "node:fs";
import { inTurns, newPage, order, run } from "./session.mjs";

const layout = readFileSync(new URL("layout_probe.js", import.meta.url), "utf8");

async function look({ url, ready }, page) {
  await page.goto(url);
  if (ready) await page.waitForSelector(ready, { state: "attached" });
  const byWidth = {};
  for (const width of order.widths) {
    await page.setViewportSize({ width, height: 900 });
    byWidth[width] = await page.evaluate(layout);
  }
  return { size: await page.evaluate("document.documentElement.dataset.size"), layout: byWidth };
}

await run(async (browser) => {
  const context = await browser.newContext();
  await context.addInitScript(() => localStorage.setItem("jianyan.size", "large"));
  return inTurns(order.pages, 3, look, () => newPage(context));
});
