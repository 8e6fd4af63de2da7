import { describe, expect, it } from "vitest";
import { addPartner } from "../../server/src/channel/partners.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { crawl } from "./crawl.ts";
import { openFullWorld } from "./full-world.ts";

const fieldsForPartners = /<input\b[^>]*\bname="(?:partner|parent|into|of)"[^>]*>/g;
const offered = (page: string) =>
  [...page.matchAll(/<option value="([^"]*)">([^<]*)<\/option>/g)].map(([, id, name]) => `${id}: ${name}`);
const listOf = (page: string) => /<datalist id="partner-choices">.*?<\/datalist>/s.exec(page)?.[0];

describe("a field for a partner", () => {
  it("offers all partners by id and name as one types, on every page of the console, while they are not too many", async () => {
    const world = await openFullWorld(benchOf("sqlite"));
    const owner = await world.as("owner");
    // Where a plan is assigned several may be named in one line.
    const pages = (await crawl(world, owner, ["/console"])).filter(
      ({ text, route }) =>
        route !== "/console/plans/assign" &&
        (text.match(fieldsForPartners) ?? []).some((field) => !field.includes('type="hidden"')),
    );
    expect(pages.length).toBeGreaterThan(20);
    const without = pages.filter(
      ({ text }) =>
        !offered(listOf(text) ?? "").includes("partner-2: Südlicht Handel") ||
        (text.match(fieldsForPartners) ?? []).some(
          (field) => !/type="hidden"| list="partner-choices"/.test(field),
        ),
    );
    expect(without.map(({ path }) => path)).toEqual([]);
    for (let at = 0; at < 500; at++) await addPartner(world.deps, { id: `more-${at}`, name: `More ${at}` });
    expect(listOf(await (await owner.get("/console/coupons/add")).text())).toBeUndefined();
  });
});
