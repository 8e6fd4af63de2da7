import { bytesSource } from "@tallystick/sdk/stamp";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply } from "../../../test/stamp/stamping.ts";
import { type Changes, changedSource, composeChanges, orderPatches } from "./patches.ts";

/** Changes of any shape: patches without overlaps within the new length. */
const changes: fc.Arbitrary<Changes> = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(20), fc.uint8Array({ minLength: 1, maxLength: 20 })), { maxLength: 5 }),
    fc.nat(60),
  )
  .map(([list, more]) => {
    let end = 0;
    const patches = list.map(([gap, bytes]) => {
      const offset = end + gap;
      end = offset + bytes.length;
      return { offset, bytes };
    });
    return { patches, newLength: end + more };
  });
const applied = (bytes: Uint8Array, made: Changes) => apply(bytes, { ...made, container: "msi", notes: [] });
const bytes = fc.uint8Array({ maxLength: 150 });

describe("changes of a file", () => {
  it("are one after composing, with the effect of both after each other", () => {
    fc.assert(
      fc.property(bytes, changes, changes, (original, first, second) => {
        const composed = composeChanges(first, second, original.length);
        expect(applied(original, composed)).toEqual(applied(applied(original, first), second));
        expect(orderPatches(composed.patches)).toEqual(composed.patches);
      }),
      { numRuns: 1000 },
    );
  });

  it("are seen in any range before they are made", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, changes, fc.nat(200), fc.nat(200), async (original, made, offset, length) => {
        const seen = await changedSource(bytesSource(original), made).read(offset, length);
        expect(seen).toEqual(applied(original, made).slice(offset, offset + length));
      }),
      { numRuns: 1000 },
    );
  });

  it("are refused when two of them claim one place", () => {
    const patch = (offset: number) => ({ offset, bytes: new Uint8Array(4) });
    expect(() => orderPatches([patch(3), patch(0)])).toThrow("claim the same place");
    expect(orderPatches([patch(4), patch(0)])).toEqual([{ offset: 0, bytes: new Uint8Array(8) }]);
  });
});
