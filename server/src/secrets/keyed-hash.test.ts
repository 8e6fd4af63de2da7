import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyedHash, longestKeyedText } from "./keyed-hash.ts";

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
