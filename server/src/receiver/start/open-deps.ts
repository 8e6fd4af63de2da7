import { auditedStore } from "../../audit/audited-store.ts";
import { insertAuditEntry } from "../../audit/rows/audit-entries.ts";
import type { Config } from "../../config/config.ts";
import { settleDealSites } from "../../deals/settle-deal-sites.ts";
import {
  type OpenDepsOptions as GroundOptions,
  type OpenedDeps,
  openDeps as openGround,
} from "../../deps/open-deps.ts";
import { receiptingStore } from "../../receipts/receipting-store.ts";
import { settleReceipts } from "../../receipts/settle-receipts.ts";
import { settleSeals } from "../../receipts/settle-seals.ts";
import type { Hashes } from "../../secrets/hashes.ts";
import type { OpenedStore } from "../../store/store.ts";
import { bookChecks } from "../book-checks.ts";
import { ways } from "../ways.ts";

/** How the dependencies are opened, beyond what the configuration says. */
export type OpenDepsOptions = Omit<GroundOptions, "ways" | "bookChecks" | "receipts">;

/**
 * Opens what the shells need: the database, brought up to date; the pepper and the first signing key, made when
 * they are missing; every way of selling. Two processes may do so at once.
 *
 * @throws {ConfigError} when the pepper is missing, too short, or another one than the database was filled with
 */
export async function openDeps(config: Config, options: OpenDepsOptions): Promise<OpenedDeps> {
  const receipts = { keeping: receiptingStore<OpenedStore>, renew: settleAll };
  const deps = await openGround(config, { ...options, ways, bookChecks, receipts });
  const store = receiptingStore(deps.store, deps.hashes);
  try {
    await takeOldRows(deps, store);
    await settleDealSites({ store, hashes: deps.hashes });
  } catch (error) {
    await deps.store.close();
    throw error;
  }
  return { ...deps, store: auditedStore(store, deps) };
}

/** What was written before rows had receipts is taken as it is; that it was stands in the audit. */
async function takeOldRows({ hashes, clock }: OpenedDeps, store: OpenedStore): Promise<void> {
  const rows = await settleAll(store, hashes);
  if (rows === 0) return;
  const entry = { at: clock(), actor: "receiver", action: "receipts", subject: `${rows} rows as they were` };
  await store.write((tx) => insertAuditEntry(tx, entry));
}

const settleAll = async (store: OpenedStore, hashes: Hashes): Promise<number> =>
  ((await settleReceipts(store, hashes)) ?? 0) + ((await settleSeals(store, hashes)) ?? 0);
