import { describe, expect, test } from "vitest";
import { isNestedDeeper } from "./json-body.ts";

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("the depth of JSON", () => {
  test("is counted across arrays and objects", () => {
    expect(isNestedDeeper(nested(64), 64)).toBe(false);
    expect(isNestedDeeper(nested(65), 64)).toBe(true);
    expect(isNestedDeeper('{"a":[{"b":[]}]}', 3)).toBe(true);
    expect(isNestedDeeper('{"a":[{"b":[]}]}', 4)).toBe(false);
  });

  test("does not count brackets in strings", () => {
    expect(isNestedDeeper(JSON.stringify(`${nested(99)}"${nested(99)}\\`), 1)).toBe(false);
  });

  test("does not count siblings", () => {
    expect(isNestedDeeper(JSON.stringify(Array.from({ length: 500 }, () => [])), 2)).toBe(false);
  });
});
