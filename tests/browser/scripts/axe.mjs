/** axe-core on a page: what it faults, in short. */
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function axeFaults(page) {
  // Evaluated, not added as a script: the page's Content-Security-Policy stays in force.
  if (!await page.evaluate("'axe' in window")) await page.evaluate(source);
  const found = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, {
      runOnly: tags, resultTypes: ["violations"],
    });
    return violations.map(({ id, nodes }) => nodes.map(
      ({ target, any, all, none }) => `${id} ${target.join(" ")}: ${[...any, ...all, ...none][0]?.message}`,
    ));
  }, TAGS);
  return found.flat();
}
