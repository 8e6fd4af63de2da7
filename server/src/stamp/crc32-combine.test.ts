import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32AfterChange, crc32Combine } from "./crc32-combine.ts";

const bytes = fc.uint8Array({ maxLength: 500 });

describe("the sum of changed bytes", () => {
  it("is told from the sums of two parts as from both at once", () => {
    fc.assert(
      fc.property(bytes, bytes, (first, second) => {
        const plain = crc32(Buffer.concat([first, second]));
        expect(crc32Combine(crc32(first), crc32(second), second.length)).toBe(plain);
      }),
    );
  });

  it("is told from the change as from the whole, wherever the change stands", () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, bytes, (before, former, next, behind) => {
        const change = former.map((byte, index) => byte ^ (next[index] ?? 0));
        const changed = former.map((byte, index) => byte ^ (change[index] ?? 0));
        const crc = crc32(Buffer.concat([before, former, behind]));
        const plain = crc32(Buffer.concat([before, changed, behind]));
        expect(crc32AfterChange(crc, change, behind.length)).toBe(plain);
      }),
    );
  });

  it("holds over 64 MB of zeros", () => {
    const long = Buffer.alloc(64 << 20);
    const crc = crc32(long);
    long.write("changed", 5);
    expect(crc32AfterChange(crc, Buffer.from("changed"), long.length - 12)).toBe(crc32(long));
  });
});
