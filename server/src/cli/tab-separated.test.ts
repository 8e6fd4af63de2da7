import { describe, expect, it } from "vitest";
import { tabSeparated } from "./tab-separated.ts";

describe("a result as tab-separated values", () => {
  it("has a line of names and a line a row, whichever members a row has", () => {
    const rows = [
      { id: "north", percent: 20, parent: null },
      { id: "east", percent: 12.5, note: "a\tb\nc" },
    ];
    expect(tabSeparated(rows)).toBe("id\tpercent\tparent\tnote\nnorth\t20\t\t\neast\t12.5\t\ta b c\n");
    expect(tabSeparated({ partners: rows, next: null })).toBe(tabSeparated(rows));
  });

  it("is one row for one thing, and what has parts of its own is JSON in it", () => {
    expect(tabSeparated({ order: "o-1", evidence: [{ kind: "token" }] })).toBe(
      'order\tevidence\no-1\t[{"kind":"token"}]\n',
    );
  });

  it("is empty without rows", () => {
    expect(tabSeparated([])).toBe("");
    expect(tabSeparated({ orders: [], next: null })).toBe("");
  });
});
