/**
 * The controls of a page with JavaScript. Order: article, other (a second page), plan, feeds.
 * Answers facts.
 */
import jsQR from "jsqr";
import { axeFaults } from "./axe.mjs";
import { blackAndWhite, bytesOf } from "./pixels.mjs";
import { inTurns, newPage, order, run } from "./session.mjs";

const PRINT_STUB = () => { window.printed = 0; window.print = () => { window.printed += 1; }; };
const clipboard = () => navigator.clipboard.readText();
const typeSizes = () => ({
  size: document.documentElement.dataset.size,
  prose: parseFloat(getComputedStyle(document.querySelector("main .prose p")).fontSize),
  pressed: Array.from(document.querySelectorAll("header [data-sizes] [aria-pressed=true]"), (b) => b.value),
});

/** 字号: what each button does, and what the next page and a reload keep. */
async function sizes(page) {
  await page.goto(order.article);
  const facts = { first: await page.evaluate(typeSizes) };
  for (const value of ["large", "small", "medium", "large"]) {
    await page.click(`header [data-sizes] button[value=${value}]`);
    facts[value] = await page.evaluate(typeSizes);
  }
  await page.goto(order.other);
  facts.elsewhere = await page.evaluate(typeSizes);
  await page.goto(order.article);
  facts.back = await page.evaluate(typeSizes);
  await page.click("header [data-sizes] button[value=medium]");
  return facts;
}

/** 打印 and 分享, at the window's present width. */
async function share(page, context) {
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto(order.article);
  const encoder = () => fetched.some((address) => address.includes("qr"));
  const tools = page.locator("[data-tools]");
  await tools.locator("[data-print]").click();
  const printed = await page.evaluate("window.printed");
  const opener = tools.locator("[data-share]");
  const panel = tools.locator("[data-panel]");
  const before = { shown: await panel.isVisible(), encoder: encoder() };
  await opener.click();
  const code = tools.locator("[data-code] svg");
  await code.waitFor();
  const picture = await blackAndWhite(context, await code.screenshot());
  const facts = {
    printed,
    before,
    encoder: encoder(),
    expanded: await opener.getAttribute("aria-expanded"),
    address: await tools.locator("[data-shown]").innerText(),
    decoded: jsQR(bytesOf(picture), picture.width, picture.height)?.data ?? null,
    axe: await axeFaults(page),
  };
  await tools.locator("[data-copy]").click();
  await page.waitForFunction(() => document.querySelector("[data-tools] [role=status]").textContent);
  facts.said = await tools.locator("[role=status]").innerText();
  facts.copied = await page.evaluate(clipboard);
  await opener.click();
  facts.closed = !await panel.isVisible();
  return facts;
}

/** The copy buttons behind permanent links. */
async function links(page, address) {
  await page.goto(address);
  const all = page.locator("main [data-link]");
  const count = await all.count();
  const copied = [];
  for (const at of [0, Math.floor(count / 2), count - 1]) {
    const link = all.nth(at);
    const button = link.locator("xpath=following-sibling::button[1]");
    await button.click();
    copied.push({
      href: await link.evaluate((one) => one.href),
      text: await page.evaluate(clipboard),
      said: await button.innerText(),
      name: await button.evaluate((one) => one.textContent),
    });
  }
  return { count, buttons: await page.locator("main button.copy").count(), copied };
}

/** The menu of a phone, open, as axe sees it. */
async function openMenu(page) {
  await page.goto(order.article);
  await page.click("header summary");
  return axeFaults(page);
}

/** The works of one window, one after the other. */
async function works(browser, viewport, named) {
  const context = await browser.newContext({ viewport, deviceScaleFactor: 2 });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await context.addInitScript(PRINT_STUB);
  const list = Object.entries(named).map(([name, work]) => ({ name, work }));
  const answers = await inTurns(list, 1, async ({ work }) => work(await newPage(context), context));
  await context.close();
  return answers;
}

await run(async (browser) => ({
  wide: await works(browser, { width: 1440, height: 900 }, {
    share, sizes, plan: (page) => links(page, order.plan), feeds: (page) => links(page, order.feeds),
  }),
  phone: await works(browser, { width: 390, height: 844 }, { share, openMenu }),
}));
