import { describe, expect, it } from "vitest";
import { randomHex } from "./random-hex.ts";

describe("randomHex", () => {
  it("gives so many bytes, each written as two digits", () => {
    for (const bytes of [1, 10, 16, 8_192])
      expect(randomHex(bytes)).toMatch(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
  });

  it("never gives the same bytes again, also where a portion ends", () => {
    const given = Array.from({ length: 5_000 }, () => randomHex(16));
    expect(new Set(given).size).toBe(given.length);
  });
});
