/** Pages on paper. Order: sheets [{name, url}]. Answer: name → {text, dark, sheets, wide}. */
import { blackAndWhite } from "./pixels.mjs";
import { inTurns, newPage, order, run } from "./session.mjs";

/** A4 without the margins of the style sheet, in CSS pixels. */
const A4 = { width: 658, height: 971 };

async function print(browser, { url }) {
  const context = await browser.newContext({ viewport: A4 });
  try {
    const page = await newPage(context);
    await page.goto(url);
    // A paper has no folded boxes and no second tab: what they hold is printed.
    await page.emulateMedia({ media: "print" });
    const text = await page.evaluate("document.body.innerText");
    const wide = await page.evaluate("document.scrollingElement.scrollWidth");
    const { dark } = await blackAndWhite(context, await page.screenshot());
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    return { text, wide: wide > A4.width ? wide : 0, dark, sheets };
  } finally {
    await context.close();
  }
}

await run((browser) => inTurns(order.sheets, 2, (sheet) => print(browser, sheet)));
