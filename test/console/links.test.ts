import { describe, expect, it } from "vitest";
import { as } from "../../server/src/words/ids.ts";
import { type Browser, signedIn } from "../access/access-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { crawl, type Found, linksOf, pageRoutesOf } from "./crawl.ts";
import { type FullWorld, fullCustomer, openFullWorld } from "./full-world.ts";
import { filtersOf, type ShownTable, tablesOf } from "./shown-table.ts";

/** Pages that no link of another page leads to, each with who leads there. */
const comeByOtherwise: Readonly<Record<string, string>> = {
  "/console/search": "the field over every page",
  "/console/rules/{id}/apply": "the form of a rule that would settle something",
  "/register/{partner}": "a link that the partner hands out",
  "/voucher/{partner}": "the partner's cards",
  "/sign-in": "whoever is not signed in is sent there",
  "/sign-in/code": "the form of the sign-in",
  "/sign-in/link": "the mail of a sign-in",
  "/mail/stop/{link}": "the digest",
  "/mail/renewals/{link}": "a renewal notice",
};

/** What everybody finds who follows every link, each with who looks. */
async function everybody(world: FullWorld): Promise<{ browser: Browser; found: Found[] }[]> {
  const browsers = [
    // The partner that has everything first: of the others a few are looked at.
    [await world.as("owner"), "/console", "/console/partners/partner-1"],
    [await signedIn(world, { person: as.person(world.made.person) }), "/portal"],
    [await signedIn(world, { customer: fullCustomer }), "/account"],
  ] as const;
  const all = [];
  for (const [browser, ...starts] of browsers)
    all.push({ browser, found: await crawl(world, browser, starts) });
  return all;
}

/** What is wrong with a column that offers to sort: it sorts nothing, or another order than it says. */
async function wrongSorts(browser: Browser, page: Found, table: ShownTable, at: number): Promise<string[]> {
  const wrong: string[] = [];
  for (const [column, { sort, text }] of table.heads.entries()) {
    if (sort === undefined) continue;
    const [ascending, descending] = await Promise.all(
      ["", "-"].map(async (sign) => {
        const address = new URL(sort, "http://x");
        address.searchParams.set(
          "sort",
          `${sign}${(address.searchParams.get("sort") ?? "").replace(/^-/, "")}`,
        );
        const answer = await browser.get(address.pathname + address.search, { "accept-language": "en" });
        return tablesOf(await answer.text())[at];
      }),
    );
    const cells = (one: ShownTable | undefined) => one?.rows.map((row) => row[column]) ?? [];
    const isMarked =
      ascending?.heads[column]?.sorted === "ascending" && descending?.heads[column]?.sorted === "descending";
    const differs = new Set(cells(ascending)).size > 1;
    const isSorted = !differs || cells(ascending).join("\n") !== cells(descending).join("\n");
    if (!isMarked || !isSorted) wrong.push(`${page.path}: ${table.caption}, ${text}`);
  }
  return wrong;
}

describe("every link of every page", () => {
  it("leads to a page, and every page is led to", async () => {
    const world = await openFullWorld(benchOf("sqlite"));
    const found = (await everybody(world)).flatMap((one) => one.found);
    expect(found.length).toBeGreaterThan(400);
    expect(
      found.filter(({ status }) => status !== 200).map(({ path, from }) => `${path} of ${from}`),
    ).toEqual([]);
    for (const { path, text, type } of found)
      if (type.startsWith("text/html")) expect(text, path).not.toMatch(/undefined|NaN|\[object|Invalid Date/);
    const led = new Set(found.map(({ route }) => route));
    const missing = pageRoutesOf(world).filter((route) => !led.has(route));
    expect(missing.filter((route) => comeByOtherwise[route] === undefined)).toEqual([]);
    expect(Object.keys(comeByOtherwise).filter((route) => !missing.includes(route))).toEqual([]);
  });

  it("sorts, filters, turns the page and takes along what it says it does", async () => {
    const world = await openFullWorld(benchOf("sqlite"));
    const [wrong, seen] = [[] as string[], { sorts: 0, filters: 0, next: 0, files: 0 }];
    for (const { browser, found } of await everybody(world)) {
      const routes = new Map(found.map((one) => [one.route, one]));
      const firsts = found.filter((one) => routes.get(one.route) !== undefined && !one.path.includes("?"));
      for (const page of firsts.filter(({ type }) => type.startsWith("text/html"))) {
        for (const [at, table] of tablesOf(page.text).entries()) {
          seen.sorts += table.heads.filter(({ sort }) => sort !== undefined).length;
          wrong.push(...(await wrongSorts(browser, page, table, at)));
        }
        for (const { name, options } of filtersOf(page.text)) {
          if (name === "format") continue;
          seen.filters += 1;
          const value = options.at(-1) ?? "2027-12-01";
          const answer = await browser.get(`${page.path}?${name}=${encodeURIComponent(value)}`);
          const text = await answer.text();
          const kept = filtersOf(text).find((one) => one.name === name);
          // A partner or a period that nobody knows is said; whatever is known is kept in its field.
          if (answer.status >= 500 || (answer.status === 200 && kept?.value !== value))
            wrong.push(`${page.path}: filter ${name}`);
        }
        for (const link of linksOf(page.text).filter((one) => /[?&](after|format)=/.test(one))) {
          const answer = await browser.get(link);
          const text = await answer.text();
          if (/[?&]format=/.test(link)) {
            seen.files += 1;
            if (answer.status !== 200 || text.length < 20) wrong.push(`${page.path}: file ${link}`);
          } else {
            seen.next += 1;
            const [before, after] = [page.text, text].map((one) => tablesOf(one).map(({ rows }) => rows));
            if (answer.status !== 200 || JSON.stringify(before) === JSON.stringify(after))
              wrong.push(`${page.path}: next ${link}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(seen).toEqual({
      sorts: expect.toSatisfy((count: number) => count > 150),
      filters: expect.toSatisfy((count: number) => count > 40),
      next: expect.toSatisfy((count: number) => count > 0),
      files: expect.toSatisfy((count: number) => count > 30),
    });
  });
});
