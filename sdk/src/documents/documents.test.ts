import { describe, expect, it } from "vitest";
import { createDocuments } from "./documents.ts";
import { createMemoryTokenStore } from "./memory-token-store.ts";
import { createProblemList } from "./problem.ts";
import type { TokenStore } from "./token-store.ts";

function setUp(store: TokenStore) {
  const problems = createProblemList();
  return { problems, documents: createDocuments(store, problems) };
}

const readNumber = (value: unknown) => (typeof value === "number" ? value : undefined);

/** A store a product wrote itself, and wrongly. */
const throwingStore = new Proxy({} as TokenStore, {
  get: (_, name) =>
    name === "describe"
      ? () => "somewhere"
      : () => {
          throw new Error("broken");
        },
});

describe("createDocuments", () => {
  it("reads back what it wrote", () => {
    const { documents, problems } = setUp(createMemoryTokenStore());
    expect(documents.writeJson("licence", 7)).toBe(true);
    expect(documents.readJson("licence", readNumber)).toBe(7);
    expect(problems.all()).toEqual([]);
  });

  it.each(["{half", '"text"', "", "\u0000"])("sets aside and reports the damaged text %j", (text) => {
    const { documents, problems } = setUp(createMemoryTokenStore({ licence: text }));
    expect(documents.readJson("licence", readNumber)).toBeUndefined();
    expect(documents.readJson("licence", readNumber)).toBeUndefined();
    expect(problems.all()).toEqual([{ code: "file_damaged", where: "memory:licence", setAside: true }]);
  });

  it("keeps for this process what could not be written", () => {
    const readOnly: TokenStore = {
      ...createMemoryTokenStore(),
      replace: () => ({ code: "file_unwritable" }),
    };
    const { documents, problems } = setUp(readOnly);
    expect(documents.writeJson("licence", 7)).toBe(false);
    expect(documents.readJson("licence", readNumber)).toBe(7);
    expect(problems.all()).toEqual([{ code: "file_unwritable", where: "memory:licence", setAside: false }]);
  });

  it("survives a store that throws", () => {
    const { documents, problems } = setUp(throwingStore);
    expect(documents.readText("token")).toBeUndefined();
    expect(documents.createText("token", "x")).toBe("file_unwritable");
    expect(documents.writeJson("licence", 7)).toBe(false);
    expect(problems.all().map(({ code }) => code)).toEqual(["file_unreadable", "file_unwritable"]);
  });

  it("sets a foreign file aside, but leaves one alone that the machine could not read", () => {
    const asides: string[] = [];
    for (const code of ["file_refused", "file_unreadable"] as const) {
      const store: TokenStore = {
        ...createMemoryTokenStore(),
        read: () => ({ code }),
        setAside: () => asides.push(code) > 0,
      };
      setUp(store).documents.readText("token");
    }
    expect(asides).toEqual(["file_refused"]);
  });
});
