import { describe, expect, it } from "vitest";
import { readRange } from "./byte-range.ts";

describe("readRange", () => {
  it.each([
    [undefined, { code: "whole" }],
    ["bytes=0-0", { code: "part", start: 0, end: 1 }],
    ["bytes=10-19", { code: "part", start: 10, end: 20 }],
    ["bytes=90-", { code: "part", start: 90, end: 100 }],
    ["bytes=90-1000", { code: "part", start: 90, end: 100 }],
    ["bytes=-10", { code: "part", start: 90, end: 100 }],
    ["bytes=-1000", { code: "part", start: 0, end: 100 }],
    ["Bytes= 5-5 ", { code: "part", start: 5, end: 6 }],
    ["bytes=-0", { code: "unsatisfiable" }],
    ["bytes=100-", { code: "unsatisfiable" }],
    ["bytes=999999999999999-", { code: "unsatisfiable" }],
    ["bytes=20-10", { code: "whole" }],
    ["bytes=-", { code: "whole" }],
    ["bytes=0-1,5-6", { code: "whole" }],
    ["items=0-1", { code: "whole" }],
    ["bytes=0x1-5", { code: "whole" }],
    ["bytes=1234567890123456-", { code: "whole" }],
  ])("%s of 100 bytes", (header, reading) => {
    expect(readRange(header, 100)).toEqual(reading);
  });

  it("finds nothing in an empty body", () => {
    expect(readRange("bytes=0-", 0)).toEqual({ code: "unsatisfiable" });
    expect(readRange("bytes=-5", 0)).toEqual({ code: "unsatisfiable" });
  });
});
