/**
 * Visits pages as a reader with JavaScript. Order: pages [{name, url, base, ready?}], widths,
 * axeWidths, still? (milliseconds for which the page is watched for movement). Answer:
 * name → status, what was met (see watchedPage), broken pictures, layout and axe by width,
 * moving, restless.
 */
import { readFileSync } from "node:fs";
import { axeFaults } from "./axe.mjs";
import { inTurns, order, run, watchedPage } from "./session.mjs";

const layout = readFileSync(new URL("layout_probe.js", import.meta.url), "utf8");

const SETTLING = 300; // milliseconds

/** Lazy pictures too must arrive and be pictures. */
const loadPictures = () => Promise.all(Array.from(document.images, async (image) => {
  image.loading = "eager";
  try { await image.decode(); } catch (_) { /* told below by its width */ }
  return image.naturalWidth ? "" : image.src;
})).then((broken) => broken.filter(Boolean));

/** Count what changes on the page from now on. */
const watchChanges = () => {
  window.changes = [];
  new MutationObserver((all) => {
    window.changes.push(...all.map((one) => `${one.type} ${one.target.nodeName}.${one.target.className}`));
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
};
const movements = () => [
  ...window.changes,
  ...document.getAnimations().map((one) => `animation ${one.effect?.target?.className}`),
];

/** Elements that would still move for a reader who asked for stillness. */
const transitions = () => Array.from(document.querySelectorAll("*")).filter((element) => {
  const { transitionDuration, animationName } = getComputedStyle(element);
  return animationName !== "none" || transitionDuration.split(",").some((time) => parseFloat(time));
}).map((element) => `${element.tagName}.${element.className}`);

async function visit(browser, { url, base, ready }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const { page, notes } = await watchedPage(context, base);
  try {
    const answer = await page.goto(url, { waitUntil: "load" });
    if (ready) await page.waitForSelector(ready, { state: "attached" });
    const broken = await page.evaluate(loadPictures);
    // What the page does when it begins is over; from now on only the reader may change it.
    await page.waitForTimeout(SETTLING);
    await page.evaluate(watchChanges);
    await page.waitForTimeout(order.still ?? 0);
    const moving = await page.evaluate(movements);
    const byWidth = {};
    for (const width of order.widths) {
      await page.setViewportSize({ width, height: 900 });
      byWidth[width] = await page.evaluate(layout);
    }
    // axe opens frames and styles of its own: what the page itself did is known by now.
    const met = structuredClone(notes);
    const axe = {};
    for (const width of order.axeWidths) {
      await page.setViewportSize({ width, height: 900 });
      axe[width] = await axeFaults(page);
    }
    await page.emulateMedia({ reducedMotion: "reduce" });
    const restless = await page.evaluate(transitions);
    return { status: answer.status(), ...met, broken, layout: byWidth, axe, moving, restless };
  } finally {
    await context.close();
  }
}

await run((browser) => inTurns(order.pages, 5, (page) => visit(browser, page)));
