import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64urlText, isCanonicalBase64url } from "./base64url.ts";

describe("base64url", () => {
  it("calls canonical exactly what re-encodes to itself", () => {
    const segment = fc.stringMatching(/^[\w-]{1,12}$/);
    fc.assert(
      fc.property(segment, (text) => {
        const again = Buffer.from(text, "base64url").toString("base64url");
        expect(isCanonicalBase64url(text)).toBe(again === text);
      }),
      { numRuns: 2000 },
    );
  });

  it("decodes any text that was encoded", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(decodeBase64urlText(Buffer.from(text).toString("base64url"))).toBe(text);
      }),
    );
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(() => decodeBase64urlText(Buffer.from([0xc3, 0x28]).toString("base64url"))).toThrow();
  });
});
