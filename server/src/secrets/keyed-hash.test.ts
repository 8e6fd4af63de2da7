import { createHmac, createSecretKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyedHash, createTextSeal, longestKeyedText } from "./keyed-hash.ts";

const hmac = (key: string, text: string) => createHmac("sha256", key).update(text).digest("hex");

describe("a keyed hash of a short text", () => {
  it("is HMAC-SHA-256, for keys and texts of every length", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }),
        fc.string({ unit: "grapheme", maxLength: 60 }).filter((text) => text.length <= longestKeyedText),
        (key, text) => {
          const into = Buffer.alloc(32);
          createKeyedHash(key)(text, into, 0, 32);
          expect(into.toString("hex")).toBe(hmac(key, text));
        },
      ),
    );
  });

  it("does not depend on what was hashed before", () => {
    const hash = createKeyedHash("a key");
    const into = Buffer.alloc(64);
    hash("a long text that leaves bytes behind", into, 0, 32);
    hash("short", into, 32, 32);
    expect(into.toString("hex", 32)).toBe(hmac("a key", "short"));
  });

  it("is written where it is told, and no further", () => {
    const into = Buffer.alloc(24, 0xff);
    createKeyedHash("a key")("text", into, 4, 16);
    expect(into.toString("hex")).toBe(`ffffffff${hmac("a key", "text").slice(0, 32)}ffffffff`);
  });

  it("refuses a text that is longer than its room", () => {
    const hash = createKeyedHash("a key");
    expect(() => hash("x".repeat(longestKeyedText + 1), Buffer.alloc(32), 0, 32)).toThrow(RangeError);
  });
});

describe("the seal of a text", () => {
  it("is HMAC-SHA-256 of texts of any length and of broken characters too", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 300 }),
          fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
          fc.integer({ min: 4_090, max: 4_100 }).map((length) => "\u{20ac}".repeat(length)),
        ),
        (secret, text) => {
          const key = createSecretKey(secret, "utf8");
          const seal = createTextSeal(key);
          // Nothing of a longer text before it is left in it.
          seal("x".repeat(900));
          expect(seal(text)).toBe(createHmac("sha256", key).update(text).digest("base64url"));
        },
      ),
      { numRuns: 40 },
    );
  });
});
