import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "./crc32.ts";
import { decodeStampFrame, encodeStampFrame, maxStampPayloadBytes, stampHeaderBytes } from "./stamp-frame.ts";

const text = (value: string) => new TextEncoder().encode(value);

describe("the stamp's frame", () => {
  it("gives back what was put in, whatever follows", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: maxStampPayloadBytes }),
        fc.uint8Array({ maxLength: 64 }),
        (payload, rest) => {
          const frame = encodeStampFrame(payload);
          const reading = decodeStampFrame(Uint8Array.from([...frame, ...rest]));
          expect(reading).toEqual({ code: "stamped", payload, frameBytes: frame.length });
        },
      ),
    );
  });

  it("is laid out as the protocol says", () => {
    expect(Buffer.from(encodeStampFrame(text("123456789"), 32)).toString("hex")).toBe(
      "54414c4c59535449434b0a01" + "0009" + "cbf43926" + "313233343536373839" + "0000000000",
    );
  });

  it("takes a changed, cut or over-long frame for damaged, and anything else for none", () => {
    const frame = encodeStampFrame(text("token"));
    for (let index = 0; index < frame.length; index++) {
      const changed = frame.slice();
      changed[index] = (changed[index] ?? 0) ^ 0x10;
      expect(decodeStampFrame(changed).code).toBe(index < 12 ? "absent" : "damaged");
    }
    for (let length = 12; length < frame.length; length++)
      expect(decodeStampFrame(frame.subarray(0, length)).code).toBe("damaged");
    expect(decodeStampFrame(frame.subarray(0, 11)).code).toBe("absent");
    expect(decodeStampFrame(new Uint8Array(stampHeaderBytes)).code).toBe("absent");
  });

  it("refuses a payload that is empty, too long, or too long for its place", () => {
    expect(() => encodeStampFrame(text(""))).toThrow(RangeError);
    expect(() => encodeStampFrame(new Uint8Array(maxStampPayloadBytes + 1))).toThrow(RangeError);
    expect(() => encodeStampFrame(text("token"), 22)).toThrow(RangeError);
  });

  it("counts a CRC-32 in pieces as in one", () => {
    expect(crc32(text("123456789"))).toBe(0xcb_f4_39_26);
    expect(crc32(text("6789"), crc32(text("12345")))).toBe(0xcb_f4_39_26);
  });
});
