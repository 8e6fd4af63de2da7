import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Demo, prepareDemo } from "../demo.ts";
import { shopKinds, voices } from "../shop/voices/voices.ts";
import { wayIds, ways } from "../ways/ways.ts";
import { type Chapter, playJourney } from "./journey.ts";
import { createNarrator } from "./narrator.ts";

let demo: Demo;
beforeEach(async () => {
  demo = await prepareDemo({ env: process.env, anyPorts: true });
});
afterEach(() => demo.stop());

async function play(chapters: readonly Chapter[]): Promise<string> {
  const said: string[] = [];
  await playJourney(demo, createNarrator({ write: (text: string) => said.push(text) }, {}), {
    chapters,
    months: 0,
  });
  return said.join("");
}

const credits = () => demo.receiver.log.all.filter(({ event }) => event === "order.credited");

describe("the journey", () => {
  test("ends at the licence's credit in every voice, a line given back and a refund failed on the way", async () => {
    const story = await play(shopKinds.map((shop) => ({ shop, way: "file", refund: true })));
    const decided = credits().filter(({ fields }) => fields.reason === "licence_binding");
    const carts = shopKinds.flatMap((shop) => (voices[shop].oneArticle ? [shop, shop] : [shop]));
    expect(decided.map(({ fields }) => fields.shop)).toEqual(carts);
    // The brushes, then the rest, each of the reseller's share and of the distributor's.
    const reversed = demo.receiver.log.all.filter(({ event }) => event === "order.reversed");
    expect(reversed).toHaveLength(4 * shopKinds.length);
    expect(story.match(/is €8\.00 again|is \$8\.00 again|is US\$8\.00 again/g)).toHaveLength(
      shopKinds.length,
    );
    const silent = shopKinds.filter((shop) => voices[shop].refundFailed === undefined);
    expect(silent).toEqual(["fastspring", "lemon-squeezy", "gumroad"]);
    const refused = demo.receiver.log.all.filter(({ event }) =>
      /^webhook\.(rejected|failed)$/.test(event ?? ""),
    );
    expect(refused.map(({ text }) => text)).toEqual([]);
  });

  test("is credited by the evidence that the copy was sold with", async () => {
    const story = await play(wayIds.map((way) => ({ way, shop: "stripe", refund: false })));
    expect(credits().map(({ fields }) => fields.evidence)).toEqual(wayIds.map((way) => ways[way].evidence));
    for (const way of wayIds) expect(story).toContain(ways[way].sentence);
  });
});
