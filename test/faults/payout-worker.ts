import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asDeed } from "../../server/src/deps/actor.ts";
import { approvePayout } from "../../server/src/payouts/change-batch.ts";
import { confirmPayout } from "../../server/src/payouts/confirm.ts";
import { exportPayout } from "../../server/src/payouts/export.ts";
import {
  listPayouts,
  type PayoutBatch,
  type PayoutRecord,
  showPayout,
} from "../../server/src/payouts/payout.ts";
import { proposePayouts } from "../../server/src/payouts/propose.ts";
import { openToldDeps } from "./told-deps.ts";

/**
 * A month's payouts from proposal to confirmation, by a process that goes on where the one before it was killed. It says
 * a letter on standard output before and after each write, so that whoever kills it does so between any two.
 */
const [folder = ""] = process.argv.slice(2);
const { opened, deps: told } = await openToldDeps();
const deps = { ...told, blocks: [] };
const as = <T>(actor: string, work: () => Promise<T>) =>
  asDeed({ actor, action: "payout", subject: undefined }, work);

for (;;) {
  const { payouts } = await listPayouts(deps, { limit: 1_000 });
  const unfinished = payouts.filter(({ state }) => ["proposed", "approved", "exported"].includes(state));
  for (const batch of unfinished) await goOn(batch);
  if (unfinished.length > 0) continue;
  const { batches } = await as("cli:ann", () => proposePayouts(deps));
  if (batches.length === 0) break;
}
process.stdout.write("done");
await opened.store.close();

async function goOn({ id, state }: PayoutBatch): Promise<void> {
  if (state === "proposed") await as("cli:ben", () => approvePayout(deps, id));
  else if (state === "approved") await send(id);
  else {
    await send(id);
    const file = listOf(await showPayout(deps, id));
    await as("cli:ann", () => confirmPayout(deps, id, { file }));
  }
}

/** The file is the same each time, or the next life tells. */
async function send(id: string): Promise<void> {
  const { content } = await as("cli:ann", () => exportPayout(deps, id, { format: "csv" }));
  const file = join(folder, `${id}.csv`);
  if (existsSync(file) && readFileSync(file, "utf8") !== content) process.stdout.write("differs");
  // At once or not at all: a half of it, left by a kill, would be no other file.
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

/** The bank's answer, the same each time: each third partner is rejected in the first batch of its currency. */
function listOf({ rows, id }: PayoutRecord): string {
  const isFirst = rows.length > 10;
  const lines = rows.map(
    ({ id: item, row }) => `${item},${isFirst && row % 3 === 0 ? "rejected" : "paid"},${id}`,
  );
  return `id,status,reason\n${lines.join("\n")}\n`;
}
