import type { ProblemList } from "./problem.ts";
import type { DocumentName, StoreRead, StoreWrite, TokenStore } from "./token-store.ts";

/** Reads and writes what is kept, over any store; what cannot be used is set aside and reported. */
export interface Documents {
  /** The text under a name; `undefined` when there is none that may be used. */
  readText(name: DocumentName): string | undefined;
  /** The JSON under a name, as `parse` makes of it; what `parse` refuses is damaged. */
  readJson<Value>(name: DocumentName, parse: (value: unknown) => Value | undefined): Value | undefined;
  /** `false` when it is kept for this process only. */
  writeJson(name: DocumentName, value: unknown): boolean;
  createText(name: DocumentName, text: string): StoreWrite["code"];
  /** Sets aside a text that was read and found wanting. */
  refuse(name: DocumentName, text: string, code: Parameters<ProblemList["add"]>[0]["code"]): void;
}

/** What another program's file in our place answers; an error of the machine is not the file's fault. */
const faultsOfTheFile = ["file_refused", "file_too_large"];

/** Wraps a store so that no failure of it, nor an exception of a store a product wrote, reaches the product. */
export function createDocuments(store: TokenStore, problems: ProblemList): Documents {
  const unsaved = new Map<DocumentName, string>();

  function setAside(name: DocumentName, seen: StoreRead): boolean {
    return attempt(() => store.setAside(name, seen), false);
  }

  function readText(name: DocumentName): string | undefined {
    const kept = unsaved.get(name);
    if (kept !== undefined) return kept;
    const read = attempt<StoreRead>(() => store.read(name), { code: "file_unreadable" });
    if (read.code === "found") return read.text;
    if (read.code !== "absent") {
      const moved = faultsOfTheFile.includes(read.code) && setAside(name, read);
      problems.add({ code: read.code, where: store.describe(name), setAside: moved });
    }
    return undefined;
  }

  function refuse(...[name, text, code]: Parameters<Documents["refuse"]>): void {
    unsaved.delete(name);
    problems.add({ code, where: store.describe(name), setAside: setAside(name, { code: "found", text }) });
  }

  function noteWrite(name: DocumentName, code: StoreWrite["code"]): void {
    if (code === "written" || code === "exists") return;
    problems.add({ code, where: store.describe(name), setAside: false });
  }

  return {
    readText,
    refuse,
    readJson(name, parse) {
      const text = readText(name);
      if (text === undefined) return undefined;
      const value = parse(attempt<unknown>(() => JSON.parse(text), undefined));
      if (value === undefined) refuse(name, text, "file_damaged");
      return value;
    },
    writeJson(name, value) {
      const text = `${JSON.stringify(value)}\n`;
      const { code } = attempt<StoreWrite>(() => store.replace(name, text), { code: "file_unwritable" });
      noteWrite(name, code);
      if (code === "written") unsaved.delete(name);
      else unsaved.set(name, text);
      return code === "written";
    },
    createText(name, text) {
      const { code } = attempt<StoreWrite>(() => store.create(name, text), { code: "file_unwritable" });
      noteWrite(name, code);
      return code;
    },
  };
}

function attempt<Value>(run: () => Value, otherwise: Value): Value {
  try {
    return run();
  } catch {
    return otherwise;
  }
}
