import type { DocumentName, TokenStore } from "./token-store.ts";

/** Keeps everything in memory: for tests, and for products that must leave no file. */
export function createMemoryTokenStore(initial: Partial<Record<DocumentName, string>> = {}): TokenStore {
  const texts = new Map(Object.entries(initial));
  return {
    read(name) {
      const text = texts.get(name);
      return text === undefined ? { code: "absent" } : { code: "found", text };
    },
    create(name, text) {
      if (texts.has(name)) return { code: "exists" };
      texts.set(name, text);
      return { code: "written" };
    },
    replace(name, text) {
      texts.set(name, text);
      return { code: "written" };
    },
    setAside(name, seen) {
      return seen.code === "found" && texts.get(name) === seen.text && texts.delete(name);
    },
    describe: (name) => `memory:${name}`,
  };
}
