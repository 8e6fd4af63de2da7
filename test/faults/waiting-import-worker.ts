import { listRequests, settleWaiting } from "../../server/src/approvals/approvals.ts";
import { loadConfig } from "../../server/src/config/load-config.ts";
import { asDeed } from "../../server/src/deps/actor.ts";
import { createLog } from "../../server/src/deps/log-writer.ts";
import { importFiles } from "../../server/src/imports/import-files.ts";
import { readMapping } from "../../server/src/imports/read-mapping.ts";
import { workOffImports } from "../../server/src/imports/work-off-imports.ts";
import { openDeps } from "../../server/src/receiver/start/open-deps.ts";
import type { Store } from "../../server/src/store/store.ts";

/**
 * Imports a file as Ann and approves as Bob what waits of it, by a process that goes on where the one before it was
 * killed. It says a letter on standard output before and after each write, so that whoever kills it does so between any
 * two.
 */
const [file = ""] = process.argv.slice(2);
const config = await loadConfig({ env: process.env });
const log = await createLog({ destination: { write: () => {} } });
const opened = await openDeps(config, { log });
const told: Store["write"] = async (work) => {
  process.stdout.write("b");
  const result = await opened.store.write(work);
  process.stdout.write("c");
  return result;
};
const deps = { ...opened, store: { ...opened.store, engine: opened.store.engine, write: told } };
const as = <T>(name: string, work: () => Promise<T>) =>
  asDeed({ actor: `cli:${name}`, action: "test", subject: undefined }, work);

const mapping = await readMapping("rewardful", { product: "acme-paint" });
await as("ann", () => importFiles(deps, { programme: "rewardful", files: [file], mapping }));
for (const { id, status } of (await listRequests(deps)).requests)
  if (status === "pending") await as("bob", () => settleWaiting(deps, id, "booked"));
await workOffImports(deps);
process.stdout.write("done");
await opened.store.close();
