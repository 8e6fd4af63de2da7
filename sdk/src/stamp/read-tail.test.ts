import { describe, expect, it } from "vitest";
import { encodeStampFrame } from "../protocol/stamp-frame.ts";
import { readTail, tailBytes } from "./read-tail.ts";

const frame = (token: string) => encodeStampFrame(new TextEncoder().encode(token));
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const noise = new Uint8Array(tailBytes).map((_, index) => (index * 7) % 256);

describe("the tail of an installer", () => {
  it("gives the last whole frame in it", () => {
    const damaged = frame("third");
    damaged[20] = 0;
    const tail = join(frame("first"), noise.subarray(100), frame("second"), noise.subarray(0, 50), damaged);
    expect(readTail(tail)).toEqual({ code: "stamped", token: "second" });
    expect(readTail(frame("alone"))).toEqual({ code: "stamped", token: "alone" });
  });

  it("has no token when there is none, or only before the last 64 KiB, or cut off", () => {
    const cut = frame("token").subarray(0, -1);
    for (const tail of [new Uint8Array(), noise, join(frame("token"), noise), join(noise, cut)])
      expect(readTail(tail)).toEqual({ code: "absent" });
  });

  it("has no token when it is nothing but the beginnings of frames, and no frame is longer than one may be", () => {
    const hashed: number[] = [];
    /** Keeps how long the payloads are that are cut out of it, as their CRC is computed. */
    class Watched extends Uint8Array {
      override subarray(begin = 0, end?: number) {
        if (end !== undefined) hashed.push(end - begin);
        return super.subarray(begin, end);
      }
    }
    const head = frame("x".repeat(4096)).subarray(0, 18);
    const heads = Array.from({ length: Math.floor(tailBytes / head.length) }, () => head);
    expect(readTail(new Watched(join(...heads)))).toEqual({ code: "absent" });
    expect(hashed.length).toBeGreaterThan(3000);
    expect(hashed.length).toBeLessThanOrEqual(heads.length);
    expect(Math.max(...hashed)).toBe(4096);
  });
});
