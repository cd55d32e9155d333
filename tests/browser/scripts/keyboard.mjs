/**
 * A walk through pages with the Tab key alone. Order: walks [{name, url, width, ready?}]. Answer: name →
 * {first, afterSkip, reachable, stops: [{what, hidden, unmarked, covered, backwards}]}.
 */
import { inTurns, newPage, order, run } from "./session.mjs";

const MOST = 400;

/** Where the focus stands now, and whether a reader can tell. */
const stop = async () => {
  // The browser brings what has the focus into view before it paints next.
  await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // A radio button of a tab set is too small to see: its label stands for it.
  const shown = element.matches(".tabbed-set > input") ? element.labels[0] : element;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  const onScreen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight &&
    box.right > 0 && box.left < innerWidth;
  // The first line of a broken link: the middle of its whole box may lie beside the text.
  const line = shown.getClientRects()[0] ?? box;
  const top = document.elementFromPoint(line.left + Math.min(line.width, innerWidth) / 2, line.top + line.height / 2);
  const last = window.lastStop;
  window.lastStop = element;
  const id = element.id ? `#${element.id}` : "";
  return {
    what: `${element.tagName.toLowerCase()}${id}.${element.className} “${shown.textContent.trim().slice(0, 12)}”`,
    seen: onScreen,
    hidden: !onScreen,
    unmarked: outlineStyle === "none" || parseFloat(outlineWidth) < 2,
    covered: onScreen && !!top && !shown.contains(top) && !top.contains(shown),
    backwards: !!last && !!(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING),
    again: last === element,
  };
};
/** Links and controls that a pointer can reach. */
const reachable = () => Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary"))
  .filter((one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }) && !one.matches(".tabbed-set > input"))
  .length;

async function walk(browser, { url, width, ready }) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await newPage(context);
  try {
    await page.goto(url);
    await page.keyboard.press("Tab");
    const first = await page.evaluate(stop);
    await page.keyboard.press("Enter");
    const afterSkip = await page.evaluate(() => ({
      focus: document.activeElement.id, hash: location.hash,
    }));
    await page.goto(url);
    await page.reload();
    if (ready) await page.waitForSelector(ready, { state: "attached" });
    const stops = [];
    while (stops.length < MOST) {
      await page.keyboard.press("Tab");
      const here = await page.evaluate(stop);
      if (!here || here.again) break;
      stops.push(here);
    }
    return { first, afterSkip, stops, reachable: await page.evaluate(reachable) };
  } finally {
    await context.close();
  }
}

await run((browser) => inTurns(order.walks, 3, (one) => walk(browser, one)));
