import { noteNotice } from "../notices/notices.ts";
import { tellPartner } from "../outbox/tell-partner.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { claimText, type KeptClaim } from "./claim.ts";
import {
  type DisputeRecord,
  isForPartner,
  type PartnerDispute,
  readDispute,
  readPartnerDispute,
  refuseUnknownDispute,
} from "./dispute.ts";
import { openFile, type SentFile } from "./evidence-file.ts";
import { type DisputeDeps, requireDispute, turnOfVendor } from "./open-dispute.ts";
import { listToRemind, lockDispute } from "./rows/disputes.ts";
import { findEntry, listEntries } from "./rows/entries.ts";
import type { DisputeRow } from "./rows/schema.ts";
import { appendEntry, fitText } from "./thread.ts";

/** What is said in a thread. */
export interface Said {
  text: string;
  file?: SentFile | undefined;
}

/**
 * A partner adds to what it contests: a word or a file. It is the vendor's turn again.
 *
 * @throws {Refusal} `dispute_unknown` for another's too; `dispute_ruled`, `request_invalid`, `dispute_file_refused`,
 * `too_many_requests`
 */
export async function addToDispute(
  deps: DisputeDeps,
  partner: PartnerId,
  id: string,
  { text, file }: Said,
): Promise<PartnerDispute> {
  const now = deps.clock();
  const entry = { author: "partner", kind: "message", text: fitText(text), file } as const;
  return deps.store.write(async (tx) => {
    const row = await lockDispute(tx, id);
    if (row?.partner_id !== partner) return refuseUnknownDispute();
    refuseRuled(row);
    // Who writes again and again does not move the vendor's date.
    const turn = row.state === "open" ? {} : turnOfVendor(deps, now);
    return readPartnerDispute(tx, await appendEntry(tx, deps, row, entry, now, { state: "open", ...turn }));
  });
}

/**
 * The vendor answers, and it is the partner's turn; or notes something that the partner does not see.
 *
 * @throws {Refusal} `dispute_unknown`, `dispute_ruled`, `request_invalid`, `dispute_file_refused`
 */
export async function answerDispute(
  deps: DisputeDeps,
  id: string,
  { text, file, internal = false }: Said & { internal?: boolean | undefined },
): Promise<DisputeRecord> {
  const now = deps.clock();
  const kind = internal ? "note" : "answer";
  const entry = { author: "vendor", kind, text: fitText(text), file } as const;
  return deps.store.write(async (tx) => {
    const row = (await lockDispute(tx, id)) ?? refuseUnknownDispute();
    if (!internal) refuseRuled(row);
    const turn = internal ? {} : ({ state: "answered", due_at: null, remind_at: null } as const);
    const changed = await appendEntry(tx, deps, row, entry, now, turn);
    if (!internal) await tell(tx, changed, "dispute.answered", now);
    return readDispute(tx, deps.config, changed);
  });
}

/** Tells a partner, by its webhook and by mail, that something was said, and not what. */
export async function tell(
  tx: Tx,
  { id, partner_id: partner, claim, entries }: DisputeRow,
  type: "dispute.answered" | "dispute.ruled",
  now: Instant,
): Promise<void> {
  await tellPartner(tx, { partner, notice: { type, data: { dispute: id } } }, now);
  const facts = { dispute: id, order: claimText(JSON.parse(claim) as KeptClaim) };
  await noteNotice(tx, { kind: "dispute.answered", partner, facts }, { once: `${id} ${entries}`, now });
}

/** @throws {Refusal} `dispute_ruled` */
export function refuseRuled({ id, state }: DisputeRow): void {
  if (state === "ruled") throw new Refusal("dispute_ruled", `${id} was ruled on.`);
}

/** A file as it is handed out: never to be shown by a browser. */
export interface HandedFile {
  name: string;
  bytes: Buffer;
}

/** A file of a thread, for the vendor. @throws {Refusal} `dispute_unknown` */
export async function readDisputeFile(
  { store, hashes }: Pick<DisputeDeps, "store" | "hashes">,
  id: string,
  entry: number,
): Promise<HandedFile> {
  return store.read(async (tx) => {
    const { id: dispute } = await requireDispute(tx, id);
    return openEntry(tx, hashes, { dispute, seq: entry });
  });
}

/** A file of a partner's own thread, by the number that the partner sees. @throws {Refusal} `dispute_unknown` */
export async function readPartnerDisputeFile(
  { store, hashes }: Pick<DisputeDeps, "store" | "hashes">,
  { partner, id, entry }: { partner: PartnerId; id: string; entry: number },
): Promise<HandedFile> {
  return store.read(async (tx) => {
    const row = await requireDispute(tx, id);
    if (row.partner_id !== partner) return refuseUnknownDispute();
    const shown = (await listEntries(tx, id)).filter(isForPartner)[entry - 1];
    return shown === undefined
      ? refuseUnknownDispute()
      : openEntry(tx, hashes, { dispute: id, seq: shown.seq });
  });
}

async function openEntry(
  tx: Tx,
  hashes: DisputeDeps["hashes"],
  of: { dispute: string; seq: number },
): Promise<HandedFile> {
  const row = await findEntry(tx, { dispute_id: of.dispute, seq: of.seq });
  if (row === undefined || row.file === null || row.file_name === null) return refuseUnknownDispute();
  return { name: row.file_name, bytes: openFile(row.file, of, hashes) };
}

const pageSize = 100;

/** Reminds the vendor of what has to be answered soon, each once; returns how many. A job asks again and again. */
export async function remindDisputes(deps: DisputeDeps): Promise<number> {
  let reminded = 0;
  for (;;) {
    const now = deps.clock();
    const due = await deps.store.read((tx) => listToRemind(tx, { now, limit: pageSize }));
    for (const { id } of due) {
      const row = await deps.store.write((tx) => remindOnce(tx, deps, id, now));
      if (row === undefined) continue;
      deps.log.warn("dispute.due", { partner: row.partner_id, subject: id });
      reminded += 1;
    }
    if (due.length < pageSize) return reminded;
  }
}

async function remindOnce(tx: Tx, deps: DisputeDeps, id: string, now: Instant) {
  const row = await lockDispute(tx, id);
  if (row?.remind_at == null || row.remind_at > now) return undefined;
  const entry = { author: "receiver", kind: "reminder", text: null } as const;
  return appendEntry(tx, deps, row, entry, now, { remind_at: null });
}
