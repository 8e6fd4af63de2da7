import { attempt } from "../runtime/attempt.ts";
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

  const setAside = (name: DocumentName, seen: StoreRead): boolean =>
    attempt(() => store.setAside(name, seen) === true, false);

  const describe = (name: DocumentName): string => attempt(() => String(store.describe(name)), name);

  function read(name: DocumentName): StoreRead {
    const found = attempt<StoreRead | undefined>(() => store.read(name), undefined);
    const isSound =
      typeof found?.code === "string" && (found.code !== "found" || typeof found.text === "string");
    return isSound ? found : { code: "file_unreadable" };
  }

  function written(write: () => StoreWrite): StoreWrite["code"] {
    return attempt<StoreWrite["code"] | undefined>(() => write().code, undefined) ?? "file_unwritable";
  }

  function readText(name: DocumentName): string | undefined {
    const kept = unsaved.get(name);
    if (kept !== undefined) return kept;
    const found = read(name);
    if (found.code === "found") return found.text;
    if (found.code !== "absent") {
      const moved = faultsOfTheFile.includes(found.code) && setAside(name, found);
      problems.add({ code: found.code, where: describe(name), setAside: moved });
    }
    return undefined;
  }

  function refuse(...[name, text, code]: Parameters<Documents["refuse"]>): void {
    unsaved.delete(name);
    problems.add({ code, where: describe(name), setAside: setAside(name, { code: "found", text }) });
  }

  function noteWrite(name: DocumentName, code: StoreWrite["code"]): void {
    if (code === "written" || code === "exists") return;
    problems.add({ code, where: describe(name), setAside: false });
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
      const code = written(() => store.replace(name, text));
      noteWrite(name, code);
      if (code === "written") unsaved.delete(name);
      else unsaved.set(name, text);
      return code === "written";
    },
    createText(name, text) {
      const code = written(() => store.create(name, text));
      noteWrite(name, code);
      return code;
    },
  };
}
