import { requirePartner } from "../channel/active-partner.ts";
import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { noteNotice } from "../notices/notices.ts";
import { adoptHashes, formerOfLicence } from "../secrets/former-hashes.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, instant } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { newOrderKey } from "../words/order-key.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { afterWorkingDays } from "../words/working-days.ts";
import { type Claim, claimText, keepClaim, matchClaim } from "./claim.ts";
import {
  type DisputeRecord,
  type DisputeSummary,
  disputeSummary,
  type PartnerDispute,
  readDispute,
  readPartnerDispute,
  refuseUnknownDispute,
} from "./dispute.ts";
import type { SentFile } from "./evidence-file.ts";
import {
  countUnruled,
  findDispute,
  insertDispute,
  listDisputeRows,
  listDisputesOfPartner,
  listDueDisputes,
} from "./rows/disputes.ts";
import type { DisputeRow, DisputeState } from "./rows/schema.ts";
import { appendEntry, fitText } from "./thread.ts";

/** What disputes need of the world. */
export type DisputeDeps = Pick<Deps, "store" | "clock" | "config" | "hashes" | "log">;

/** What a partner contests, and why. */
export interface NewDispute extends Claim {
  text: string;
  file?: SentFile | undefined;
}

/** No partner honestly has more that wait for a ruling. */
const mostUnruled = 100;

/**
 * A partner contests a decision. What it is told is the same whether the order is there or not, and whoever is credited.
 *
 * @throws {Refusal} `partner_unknown`, `request_invalid`, `dispute_file_refused`, `too_many_requests`
 */
export async function openDispute(
  deps: DisputeDeps,
  partnerId: string,
  { text, file, ...named }: NewDispute,
): Promise<PartnerDispute> {
  const now = deps.clock();
  const partner = as.partner(partnerId);
  const claim = keepClaim(named, deps.hashes);
  const content = { text: fitText(text), file };
  const id = `dp_${newOrderKey(now)}`;
  nameSubject(id);
  const opened = await deps.store.write(async (tx) => {
    await requirePartner(tx, partner);
    if ((await countUnruled(tx, partner)) >= mostUnruled)
      throw new Refusal("too_many_requests", `${mostUnruled} contested decisions wait for a ruling already.`);
    if (named.serial !== undefined) await adoptHashes(tx, formerOfLicence(deps.hashes, named.serial.trim()));
    const order = await matchClaim(tx, deps.config, claim);
    const row: DisputeRow = {
      id,
      partner_id: partner,
      claim: JSON.stringify(claim),
      order_key: order?.order_key ?? null,
      state: "open",
      opened_at: now,
      ...turnOfVendor(deps, now),
      ruled_at: null,
      granted: null,
      entries: 0,
    };
    await insertDispute(tx, row);
    await appendEntry(tx, deps, row, { author: "partner", kind: "claim", ...content }, now);
    const facts = { dispute: id, partner, order: claimText(claim) };
    await noteNotice(tx, { kind: "dispute.opened", facts }, { once: id, now });
    return readPartnerDispute(tx, row);
  });
  deps.log.info("dispute.opened", { partner, subject: id });
  return opened;
}

/** By when the vendor answers, and when it is reminded of it. */
export function turnOfVendor(
  { config }: Pick<DisputeDeps, "config">,
  now: Instant,
): Pick<DisputeRow, "due_at" | "remind_at"> {
  const { answerWorkingDays, remindWorkingDays, holidays } = config.disputes;
  return {
    due_at: afterWorkingDays(now, answerWorkingDays, holidays),
    remind_at: afterWorkingDays(now, Math.max(0, answerWorkingDays - remindWorkingDays), holidays),
  };
}

const idPattern = /^dp_[a-z0-9]{29}$/;

/** What to list: 100 by default, 1,000 at the most. */
export interface DisputeFilter {
  state?: DisputeState | undefined;
  partner?: string | undefined;
  /** Only what waits for the vendor, the most urgent first. */
  due?: boolean | undefined;
  limit?: number | undefined;
  after?: string | undefined;
}

/**
 * Contested decisions: the vendor's queue, or all of them, the newest first.
 *
 * @throws {Refusal} `request_invalid` when `after` is not a `next` of an earlier page
 */
export async function listDisputes(
  { store }: Pick<Deps, "store">,
  { state, partner, due = false, limit: asked, after }: DisputeFilter = {},
): Promise<{ disputes: DisputeSummary[]; next: string | null }> {
  const limit = rowsOfPage(asked);
  if (due) {
    const cursor = readDueCursor(after);
    const rows = await store.read((tx) => listDueDisputes(tx, { ...cursor, limit: limit + 1 }));
    const { shown, next } = cutPage(rows, limit, ({ due_at, id }) => `${due_at}.${id}`);
    return { disputes: shown.map(disputeSummary), next };
  }
  if (after !== undefined && !idPattern.test(after)) refuseCursor();
  const page = { before: after ?? "dp_~", state, partner: partner ?? "", limit: limit + 1 };
  const rows = await store.read(async (tx) => {
    if (partner !== undefined) await requirePartner(tx, partner);
    return listDisputeRows(tx, page);
  });
  const { shown, next } = cutPage(rows, limit, ({ id }) => id);
  return { disputes: shown.map(disputeSummary), next };
}

function readDueCursor(after: string | undefined): { due_at: Instant; id: string } {
  if (after === undefined) return { due_at: instant(0), id: "" };
  const [, time, id] = /^(\d{1,15})\.(dp_[a-z0-9]{29})$/.exec(after) ?? [];
  if (time === undefined || id === undefined) return refuseCursor();
  return { due_at: instant(Number(time)), id };
}

/** A contested decision with all that the vendor needs to rule. @throws {Refusal} `dispute_unknown` */
export async function showDispute(
  { store, config }: Pick<DisputeDeps, "store" | "config">,
  id: string,
): Promise<DisputeRecord> {
  return store.read(async (tx) => readDispute(tx, config, await requireDispute(tx, id)));
}

/** @throws {Refusal} `dispute_unknown` */
export async function requireDispute(tx: Tx, id: string): Promise<DisputeRow> {
  return (await findDispute(tx, id)) ?? refuseUnknownDispute();
}

/** One of a partner's own. @throws {Refusal} `dispute_unknown`, for another's too */
export async function showPartnerDispute(
  { store }: Pick<Deps, "store">,
  partner: PartnerId,
  id: string,
): Promise<PartnerDispute> {
  return store.read(async (tx) => {
    const row = await findDispute(tx, id);
    return row?.partner_id === partner ? readPartnerDispute(tx, row) : refuseUnknownDispute();
  });
}

/**
 * A partner's own, the newest first.
 *
 * @throws {Refusal} `request_invalid` when `after` is not a `next` of an earlier page
 */
export async function listPartnerDisputes(
  { store }: Pick<Deps, "store">,
  partner: PartnerId,
  { limit: asked, after }: Pick<DisputeFilter, "limit" | "after"> = {},
): Promise<{ disputes: Omit<DisputeSummary, "partner">[]; next: string | null }> {
  if (after !== undefined && !idPattern.test(after)) refuseCursor();
  const limit = rowsOfPage(asked);
  const page = { partner_id: partner, before: after ?? "dp_~", limit: limit + 1 };
  const rows = await store.read((tx) => listDisputesOfPartner(tx, page));
  const { shown, next } = cutPage(rows, limit, ({ id }) => id);
  return { disputes: shown.map(disputeSummary).map(({ partner: _, ...rest }) => rest), next };
}
