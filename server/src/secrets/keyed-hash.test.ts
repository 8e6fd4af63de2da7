import { createHmac, createSecretKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyedHash, hmacSha256, longestKeyedText } from "./keyed-hash.ts";

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

describe("HMAC-SHA-256 of some parts", () => {
  it("is that of all of them, of texts and bytes of any length and of broken characters too", () => {
    const part = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.uint16Array({ maxLength: 40 }).map((codes) => String.fromCharCode(...codes)),
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 5_400, max: 5_500 }).map((length) => "\u{20ac}".repeat(length)),
      fc.integer({ min: 16_380, max: 16_390 }).map((length) => new Uint8Array(length)),
    );
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.array(part, { maxLength: 3 }),
        fc.constantFrom("hex" as const, "base64" as const, "base64url" as const),
        (secret, parts, encoding) => {
          const key = createSecretKey(secret, "utf8");
          // Nothing of a longer text before it is left in it.
          hmacSha256(key, ["x".repeat(900)], encoding);
          const expected = createHmac("sha256", key);
          for (const one of parts) expected.update(one);
          expect(hmacSha256(key, parts, encoding)).toBe(expected.digest(encoding));
        },
      ),
      { numRuns: 40 },
    );
  });
});
