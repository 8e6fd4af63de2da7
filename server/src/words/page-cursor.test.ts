import { describe, expect, test } from "vitest";
import { cutPage, rowsOfPage } from "./page-cursor.ts";

describe("a page of a list", () => {
  test.each([
    [["a", "b", "c"], 2, ["a", "b"], "after b"],
    [["a", "b"], 2, ["a", "b"], null],
    [["a"], 2, ["a"], null],
    [[], 2, [], null],
  ])("of %j with %d rows is %j and goes on at %j", (rows, limit, shown, next) => {
    expect(cutPage(rows, limit, (last) => `after ${last}`)).toEqual({ shown, next });
  });

  test.each([
    [undefined, 100],
    [0, 1],
    [7, 7],
    [5000, 1000],
  ])("asked for with %j has %d rows", (asked, expected) => {
    expect(rowsOfPage(asked)).toBe(expected);
  });
});
