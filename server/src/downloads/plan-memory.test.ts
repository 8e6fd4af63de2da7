import { describe, expect, it } from "vitest";
import { createPlanMemory } from "./plan-memory.ts";

const plan = (bytes: number) => ({
  patches: [{ offset: 0, bytes: new Uint8Array(bytes) }],
  newLength: bytes,
});

describe("the memory of plans", () => {
  it("forgets what was longest not asked for", () => {
    const memory = createPlanMemory(8_000);
    for (const name of ["a", "b", "c", "d"]) memory.set(name, plan(1_400));
    expect(memory.get("a")).toBeDefined();
    memory.set("e", plan(1_400));
    expect(["a", "b", "c", "d", "e"].filter((name) => memory.get(name))).toEqual(["a", "c", "d", "e"]);
  });

  it("does not keep a plan that would push out the others", () => {
    const memory = createPlanMemory(8_000);
    memory.set("small", plan(10));
    memory.set("large", plan(3_000));
    expect(memory.get("large")).toBeUndefined();
    expect(memory.get("small")).toBeDefined();
  });

  it("counts a plan once that is set again", () => {
    const memory = createPlanMemory(8_000);
    for (let round = 0; round < 50; round++) memory.set("same", plan(1_000));
    memory.set("other", plan(1_000));
    expect(memory.get("same")).toBeDefined();
  });
});
