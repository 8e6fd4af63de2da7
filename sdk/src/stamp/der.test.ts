import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derChildren, derSlice, derTag, encodeDer, readDer } from "./der.ts";
import { StampError } from "./stamp-error.ts";

const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const codeOf = (work: () => unknown) => {
  try {
    work();
    return "nothing";
  } catch (error) {
    return error instanceof StampError ? error.code : error;
  }
};

describe("the DER walker", () => {
  it("reads what it writes, at every length at which the head grows", () => {
    for (const length of [0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000]) {
      const bytes = encodeDer(derTag.octetString, new Uint8Array(length).fill(7));
      const node = readDer(bytes, 0);
      expect([node.tag, node.end, node.end - node.contentStart]).toEqual([0x04, bytes.length, length]);
    }
  });

  it("gives children as they stand", () => {
    const parts = ["020105", "0400", "a003020101"].map(hex);
    const bytes = encodeDer(derTag.sequence, Buffer.concat(parts));
    const children = derChildren(bytes, readDer(bytes, 0));
    expect(children.map((child) => Buffer.from(derSlice(bytes, child)))).toEqual(
      parts.map((part) => Buffer.from(part)),
    );
  });

  it.each([
    ["", "container_malformed"],
    ["30", "container_malformed"],
    ["3005020101", "container_malformed"],
    ["308201", "container_malformed"],
    ["30840000ffff", "container_unsupported"],
    ["3080020101", "container_unsupported"],
    ["30810102", "container_unsupported"],
    ["3082007f", "container_unsupported"],
    ["30850000000001", "container_unsupported"],
    ["1f8101", "container_unsupported"],
  ])("refuses %s", (text, code) => {
    expect(codeOf(() => readDer(hex(text), 0))).toBe(code);
  });

  it("refuses a child that leaves its parent, and more of them than there can be", () => {
    const leaving = hex("300302020101");
    expect(codeOf(() => derChildren(leaving, readDer(leaving, 0)))).toBe("container_malformed");
    const many = encodeDer(derTag.set, new Uint8Array(2 * 1025));
    expect(codeOf(() => derChildren(many, readDer(many, 0)))).toBe("container_malformed");
  });

  it("throws nothing but its own errors, and stays inside what it was given", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(45), (bytes, offset) => {
        const code = codeOf(() => {
          const node = readDer(bytes, offset);
          expect(node.end).toBeLessThanOrEqual(bytes.length);
          derChildren(bytes, node);
        });
        expect(["nothing", "container_malformed", "container_unsupported"]).toContain(code);
      }),
      { numRuns: 2000 },
    );
  });
});
