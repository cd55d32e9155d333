/**
 * The filters of a plan's board. Order: board (an address). Answers what is shown at first, after
 * each filter was clicked, after 全部, on arrival with a filter in the address, and without script.
 */
import { newPage, order, run } from "./session.mjs";

const shown = () => {
  const visible = (node) => node.checkVisibility();
  const all = (selector) => Array.from(document.querySelectorAll(selector)).filter(visible);
  return {
    states: all("[data-part] [data-state]").map((row) => row.dataset.state),
    parts: all("[data-part]").length,
    lists: all("[data-bystate]").length,
    current: all("[data-filter][aria-current]").map((link) => link.dataset.filter),
    said: document.querySelector("[data-filtered]").textContent,
    hash: location.hash,
  };
};

await run(async (browser) => {
  const page = await newPage(await browser.newContext());
  await page.goto(order.board);
  const facts = { first: await page.evaluate(shown), filters: {} };
  const filters = await page.locator("[data-filter]").evaluateAll((links) => (
    links.map((link) => link.dataset.filter).filter(Boolean)
  ));
  for (const state of filters) {
    await page.click(`[data-filter=${state}]`);
    facts.filters[state] = await page.evaluate(shown);
  }
  await page.reload();
  facts.reloaded = await page.evaluate(shown);
  await page.click('[data-filter=""]');
  facts.all = await page.evaluate(shown);
  const plain = await newPage(await browser.newContext({ javaScriptEnabled: false }));
  await plain.goto(order.board);
  await plain.click(`[data-filter=${filters[0]}]`);
  facts.plain = {
    hash: new URL(plain.url()).hash,
    lists: await plain.locator("[data-bystate]").isVisible(),
    heading: await plain.locator(`#by-${filters[0]}`).innerText(),
  };
  return facts;
});
