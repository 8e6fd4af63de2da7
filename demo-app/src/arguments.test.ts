import { describe, expect, test } from "vitest";
import { helpText, readArguments } from "./arguments.ts";
import { shopKinds } from "./shop/voices/voices.ts";
import { wayIds } from "./ways/ways.ts";

const main = { way: "file", shop: "stripe", refund: false };

describe("the demo's command line", () => {
  test.each([
    [[], { once: false, chapters: [main] }],
    [["--once"], { once: true, chapters: [main] }],
    [["--sold-by", "serial"], { once: false, chapters: [{ ...main, way: "serial" }] }],
    [
      ["--sold-by=coupon", "--shop=polar"],
      { once: false, chapters: [{ way: "coupon", shop: "polar", refund: true }] },
    ],
    [["--sold-by", "every"], { once: false, chapters: wayIds.map((way) => ({ ...main, way })) }],
  ])("%j", (words, wish) => {
    expect(readArguments(words)).toEqual({ kind: "play", ...wish });
  });

  test("leaves out what a shop's webhooks cannot tell when all are played", () => {
    const wish = readArguments(["--sold-by", "every", "--shop", "every"]);
    if (wish.kind !== "play") throw new Error(wish.kind);
    expect(wish.chapters).toHaveLength(wayIds.length * shopKinds.length - 2);
    expect(wish.chapters).not.toContainEqual({ way: "email", shop: "paddle", refund: true });
  });

  test.each([
    ["--twice"],
    ["--sold-by"],
    ["--sold-by", "telepathy"],
    ["--shop", "constructor"],
    ["--sold-by", "email", "--shop", "paddle"],
    ["once"],
  ])("refuses %s %s %s %s", (...words) => {
    expect(readArguments(words)).toMatchObject({ kind: "unknown", problem: expect.stringMatching(/./) });
  });

  test("names every way and every shop in its help", () => {
    for (const name of [...wayIds, ...shopKinds]) expect(helpText).toContain(name);
  });
});
