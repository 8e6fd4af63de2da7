import { describe, expect, test } from "vitest";
import { readNotice, signNotice } from "./licence-notice.ts";

const secret = "shared by the store and the product";
const notice = { licence: "L-1", order: "cs_1", years: 1 };
const text = JSON.stringify(notice);

describe("what the store tells the product", () => {
  test("is read when the store has signed it", () => {
    expect(readNotice(text, signNotice(text, secret), secret)).toEqual(notice);
  });

  test.each([
    ["unsigned", text, undefined],
    ["signed with another secret", text, signNotice(text, "another")],
    ["changed after it was signed", text.replace("1}", "9}"), signNotice(text, secret)],
    ["of another shape", '{"licence":1}', signNotice('{"licence":1}', secret)],
    ["not JSON", "years=1", signNotice("years=1", secret)],
  ])("is refused when it is %s", (_, given, signature) => {
    expect(readNotice(given, signature, secret)).toBeUndefined();
  });
});
