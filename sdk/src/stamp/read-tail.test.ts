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

  it("is read in no time when it is nothing but the beginnings of frames", () => {
    const begun = performance.now();
    const head = frame("x".repeat(4096)).subarray(0, 18);
    readTail(join(...Array.from({ length: tailBytes / 16 }, () => head)));
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
