import { Agent } from "node:http";
import { Socket } from "node:net";
import { afterAll, expect } from "vitest";

/**
 * What the files of a process share, where they share it. A file that replaces one of these puts it back, or the next file
 * meets it: a fetch that is refused, a clock that stands, a foreign host's stand-in between it and its database.
 */
const shared = () => ({
  fetch: globalThis.fetch,
  Date: globalThis.Date,
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  setImmediate: globalThis.setImmediate,
  dispatcher: globalDispatcher(),
  connect: Socket.prototype.connect,
  addRequest: (Agent.prototype as { addRequest?: unknown }).addRequest,
  TZ: process.env.TZ,
  PATH: process.env.PATH,
  TMPDIR: process.env.TMPDIR,
  folder: process.cwd(),
  // Set once msw is loaded: see `ofForeignHosts` in vitest.config.ts.
  msw: "__MSW_INTERNAL_CONNECTION_CONTEXT" in globalThis,
});

/** undici's own for all requests: set once it is loaded, and replaced by who stands in for foreign hosts. */
function globalDispatcher(): unknown {
  const symbols = Object.getOwnPropertySymbols(globalThis).filter(({ description }) =>
    description?.startsWith("undici.globalDispatcher"),
  );
  return (globalThis as Record<symbol, unknown>)[symbols[0] ?? Symbol.iterator];
}

const before = shared();

// The first hook of a file's afterAll is the last to run: what the file itself puts back is back by then.
afterAll(() => {
  const after = shared();
  const left = Object.keys(before).filter((name) => {
    const key = name as keyof typeof before;
    return !Object.is(before[key], after[key]) && !(key === "dispatcher" && before[key] === undefined);
  });
  expect(left, "this file leaves something behind for the next one in its process").toEqual([]);
});
