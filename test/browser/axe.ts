import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds on a page as it stands, in every rule it has: each with where it is. */
export async function findBarriers(page: Page): Promise<string[]> {
  // By the debugger's own door: the page's policy would let no such script in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
