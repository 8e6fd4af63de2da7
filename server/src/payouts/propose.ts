import { sumBalances } from "../books/rows/ledger-lists.ts";
import { currentDeed, nameSubject } from "../deps/actor.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { isCurrencyCode } from "../words/currency-code.ts";
import { as, type Currency, type PartnerId } from "../words/ids.ts";
import { newOrderKey } from "../words/order-key.ts";
import { Refusal } from "../words/refusal.ts";
import { batchOf, type PayoutBatch } from "./payout.ts";
import { channelOf, type PayoutBlock, type PayoutDeps, readPayability } from "./payout-block.ts";
import { findBatch, insertBatch } from "./rows/batches.ts";
import { accountName, insertItem, readReserved, sumItems } from "./rows/items.ts";
import { sumPayableSince } from "./rows/later-movements.ts";
import type { PayoutBatchRow, PayoutChannel } from "./rows/schema.ts";
import { termsHeldSince } from "./term-hold.ts";

/** What to propose. */
export interface ProposalTerms {
  /** Only this currency. */
  currency?: string | undefined;
  /** The least that is paid, in minor units, in place of the configured. */
  minimumMinor?: number | undefined;
  /** Only what was payable by then. */
  until?: Instant | undefined;
  dryRun?: boolean | undefined;
}

/** What a partner is to be sent. */
export interface PlannedPayout {
  partner: PartnerId;
  currency: Currency;
  amountMinor: number;
  channel: PayoutChannel;
  version: number;
}

/** A partner who is not paid, or not all of it, and why. */
export interface ExcludedPayout {
  partner: string;
  currency: string;
  /** What is payable and not in an open payout already; below zero where the partner owes. */
  payableMinor: number;
  /** How much of it is not paid now. */
  heldBackMinor: number;
  reason: string;
  detail: string;
}

/** What is proposed. */
export interface Proposal {
  dryRun: boolean;
  batches: PayoutBatch[];
  /** What the batches hold, or would. */
  payouts: PlannedPayout[];
  excluded: ExcludedPayout[];
}

/** So many partners are one batch: it is approved, exported and confirmed as one. */
export const mostItems = 5_000;

/**
 * Proposes to pay what is payable, less what open payouts reserve: a batch for each currency and channel. Who gets
 * nothing, or not all, is told with the reason; what is negative or below the minimum carries over. Nothing is booked.
 *
 * @throws {Refusal} `request_invalid` for a currency that ISO 4217 does not have
 */
export async function proposePayouts(deps: PayoutDeps, terms: ProposalTerms = {}): Promise<Proposal> {
  if (terms.currency !== undefined && !isCurrencyCode(terms.currency))
    throw new Refusal("request_invalid", "Expected a currency by its ISO 4217 code, such as EUR.", {
      field: "currency",
    });
  const now = deps.clock();
  const { payouts, excluded } = await deps.store.read((tx) => planPayouts(tx, deps, terms, now));
  if (terms.dryRun === true) return { dryRun: true, batches: [], payouts, excluded };
  const batches: PayoutBatch[] = [];
  const held: PlannedPayout[] = [];
  for (const group of groupsOf(payouts)) {
    const written = await deps.store.write((tx) => writeBatch(tx, deps, terms, group, now));
    if (written === undefined) continue;
    batches.push(written.batch);
    held.push(...written.items);
  }
  // Less than was planned where somebody else proposed some of it meanwhile.
  return { dryRun: false, batches, payouts: held, excluded };
}

/** What could be paid now, as the transaction sees it. */
async function planPayouts(tx: Tx, deps: PayoutDeps, terms: ProposalTerms, now: Instant) {
  const { until } = terms;
  const reserved = await readReserved(tx);
  const later: ReadonlyMap<string, number> =
    until === undefined || until >= now
      ? new Map()
      : await sumPayableSince(tx, { since: until, termsHeldSince: termsHeldSince(deps.config, now) });
  const payouts: PlannedPayout[] = [];
  const excluded: ExcludedPayout[] = [];
  for (const { partner_id: partner, currency, payable_minor } of await sumBalances(tx, {})) {
    if (terms.currency !== undefined && currency !== terms.currency) continue;
    const name = accountName(partner, currency);
    const openMinor = reserved.get(name) ?? 0;
    const payableMinor = Number(payable_minor) - openMinor;
    const about = { partner, currency, payableMinor };
    if (payableMinor < 0) excluded.push(negative(about, openMinor));
    if (payableMinor <= 0) continue;
    const lateMinor = Math.min(payableMinor, Math.max(0, later.get(name) ?? 0));
    const { target, blocks } = await readPayability(tx, deps, { partner, currency, now });
    const { amountMinor, notes } = lessBlocks(payableMinor - lateMinor, blocks);
    if (lateMinor > 0) excluded.push(afterUntil(about, lateMinor));
    excluded.push(...notes.map((note) => ({ ...about, ...note })));
    if (target === undefined || amountMinor === 0) continue;
    const leastMinor = minimumOf(deps, terms, currency);
    if (amountMinor < leastMinor) excluded.push(belowMinimum(about, amountMinor, leastMinor));
    else
      payouts.push({
        partner,
        currency,
        amountMinor,
        channel: channelOf(target.account),
        version: target.version,
      });
  }
  return { payouts, excluded };
}

type About = Pick<ExcludedPayout, "partner" | "currency" | "payableMinor">;

const negative = (about: About, openMinor: number): ExcludedPayout => ({
  ...about,
  heldBackMinor: 0,
  reason: openMinor === 0 ? "negative_balance" : "reserved_in_excess",
  detail:
    openMinor === 0
      ? "It owes: refunds came after it was paid. That carries over to what it earns next."
      : "Open payouts are more than what is payable by now: refunds came after they were proposed.",
});

const belowMinimum = (about: About, amountMinor: number, leastMinor: number): ExcludedPayout => ({
  ...about,
  heldBackMinor: amountMinor,
  reason: "below_minimum",
  detail: `It is less than the minimum of ${leastMinor} in minor units, and carries over.`,
});

const afterUntil = (about: About, lateMinor: number): ExcludedPayout => ({
  ...about,
  heldBackMinor: lateMinor,
  reason: "after_until",
  detail: "It became payable after the day up to which is paid.",
});

/** Takes from an amount what is held back. A block of all leaves nothing, whatever the others say. */
function lessBlocks(availableMinor: number, blocks: readonly PayoutBlock[]) {
  let amountMinor = availableMinor;
  const notes: Pick<ExcludedPayout, "heldBackMinor" | "reason" | "detail">[] = [];
  for (const block of blocks) {
    const heldBackMinor = Math.min(amountMinor, block.amountMinor ?? amountMinor);
    if (block.amountMinor !== null) amountMinor -= heldBackMinor;
    if (block.amountMinor === null || heldBackMinor > 0)
      notes.push({ heldBackMinor, reason: block.reason, detail: block.detail });
  }
  if (blocks.some((block) => block.amountMinor === null)) amountMinor = 0;
  return { amountMinor, notes };
}

const minimumOf = ({ config }: PayoutDeps, terms: ProposalTerms, currency: string): number =>
  Math.max(1, terms.minimumMinor ?? config.payouts.minimumMinor[currency] ?? 1);

/** A batch has one currency and one channel, and is not too large for one file. */
function groupsOf(payouts: readonly PlannedPayout[]): PlannedPayout[][] {
  const groups = Map.groupBy(payouts, ({ currency, channel }) => `${currency} ${channel}`);
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / mostItems) }, (_, at) =>
      group.slice(at * mostItems, (at + 1) * mostItems),
    ),
  );
}

/** Proposals wait for one another here, and each reserves what the one before left: nothing is sent twice. */
async function writeBatch(
  tx: Tx,
  deps: PayoutDeps,
  terms: ProposalTerms,
  group: readonly PlannedPayout[],
  now: Instant,
): Promise<{ batch: PayoutBatch; items: PlannedPayout[] } | undefined> {
  await lockName(tx, "payouts");
  const left = await readLeft(tx);
  const [first] = group;
  if (first === undefined) return undefined;
  const leastMinor = minimumOf(deps, terms, first.currency);
  const items = group
    .map((one) => ({
      ...one,
      amountMinor: Math.min(one.amountMinor, left.get(accountName(one.partner, one.currency)) ?? 0),
    }))
    .filter(({ amountMinor }) => amountMinor >= leastMinor);
  if (items.length === 0) return undefined;
  const row = newBatch(first, terms, leastMinor, now);
  nameSubject(row.id);
  await insertBatch(tx, row);
  for (const [at, item] of items.entries())
    await insertItem(tx, {
      id: newItemId(now),
      batch_id: row.id,
      row_no: at + 1,
      partner_id: item.partner,
      currency: item.currency,
      amount_minor: item.amountMinor,
      details_version: item.version,
      state: "open",
      sent: 0,
      why: null,
      bank_status: null,
      settled_at: null,
      settled_by: null,
      returned_at: null,
    });
  const kept = await findBatch(tx, row.id);
  return kept === undefined ? undefined : { batch: batchOf(kept, await sumItems(tx, row.id)), items };
}

/** What is payable and not reserved, by `accountName`. */
export async function readLeft(tx: Tx): Promise<Map<string, number>> {
  const reserved = await readReserved(tx);
  const rows = await sumBalances(tx, {});
  return new Map(
    rows.map((row) => {
      const name = accountName(row.partner_id, row.currency);
      return [name, Number(row.payable_minor) - (reserved.get(name) ?? 0)] as const;
    }),
  );
}

const newBatch = (
  { currency, channel }: PlannedPayout,
  { until }: ProposalTerms,
  leastMinor: number,
  now: Instant,
): PayoutBatchRow => ({
  id: `po_${newOrderKey(now)}`,
  currency: as.currency(currency),
  channel,
  state: "proposed",
  minimum_minor: leastMinor,
  until_at: until ?? null,
  proposed_by: actorNow(),
  proposed_at: now,
  approved_by: null,
  approved_at: null,
  format: null,
  execute_on: null,
  exported_by: null,
  file_hash: null,
  exported_at: null,
  settled_at: null,
  cancelled_by: null,
  cancelled_at: null,
});

/** 28 characters that every bank and service takes: the time, and 64 random bits. */
const newItemId = (now: Instant): string => `pi-${newOrderKey(now).slice(0, 25)}`;

/** Who acts; a deed that is nobody's is the receiver's own. */
export const actorNow = (): string => currentDeed()?.actor ?? "receiver";

/** The day of a moment in UTC, as banks want it. */
export const dayOf = (at: Instant): string => isoTime(at).slice(0, 10);
