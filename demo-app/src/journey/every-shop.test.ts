import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Demo, prepareDemo } from "../demo.ts";
import { shopKinds } from "../shop/voices/voices.ts";
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
  await playJourney(demo, createNarrator({ write: (text: string) => said.push(text) }, {}), chapters);
  return said.join("");
}

const credits = () => demo.receiver.log.all.filter(({ event }) => event === "order.credited");

describe("the journey", () => {
  test("ends at a credit and its refund for every shop the store can speak as", async () => {
    await play(shopKinds.map((shop) => ({ shop, way: "file", refund: true })));
    expect(credits().map(({ fields }) => fields.shop)).toEqual(shopKinds);
    expect(demo.receiver.log.all.filter(({ event }) => event === "order.reversed")).toHaveLength(
      shopKinds.length,
    );
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
