import { describe, expect, it } from "vitest";
import { createRecentMap } from "./recent-map.ts";

describe("a map of recent entries", () => {
  it("forgets what was longest not asked for", () => {
    const map = createRecentMap<number>(2);
    map.set("a", 1);
    map.set("b", 2);
    expect(map.get("a")).toBe(1);
    map.set("c", 3);
    expect(map.get("b")).toBeUndefined();
    expect(map.get("a")).toBe(1);
    expect(map.get("c")).toBe(3);
  });

  it("keeps one value a key", () => {
    const map = createRecentMap<number>(2);
    map.set("a", 1);
    map.set("b", 2);
    map.set("a", 3);
    expect(map.get("a")).toBe(3);
    expect(map.get("b")).toBe(2);
  });
});
