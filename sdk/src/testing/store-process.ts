/**
 * A process of its own that works on a store's folder, for tests with several at once. It waits for a line on
 * standard input, so that all begin together, and says on standard output what became of it.
 */
import { createFileTokenStore } from "../documents/file-token-store.ts";

const [folder = "", work = "", name = ""] = process.argv.slice(2);
const store = createFileTokenStore(folder);

const works: Record<string, () => unknown> = {
  create: () => store.create("token", `token of ${name}`).code,
  replaceOften() {
    for (let round = 0; round < 50; round += 1) store.replace("token", name.repeat(2000));
  },
  replaceForever() {
    for (;;) store.replace("token", name.repeat(2000));
  },
  mend() {
    const seen = { code: "found", text: "damaged" } as const;
    store.setAside("token", seen);
    return store.create("token", `token of ${name}`).code;
  },
};

process.stdout.write("ready\n");
process.stdin.once("data", () => {
  process.stdout.write(`${JSON.stringify(works[work]?.() ?? null)}\n`);
  process.exit(0);
});
