import { bookForPartner } from "../books/book-partner.ts";
import { findPartner } from "../channel/rows/partners.ts";
import { currentActor, nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { lockHands, movesToApprove, noteAlone } from "../four-eyes/limit.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { isCurrencyCode } from "../words/currency-code.ts";
import { as } from "../words/ids.ts";
import { decimalOf } from "../words/money.ts";
import { randomHex } from "../words/random-hex.ts";
import { Refusal } from "../words/refusal.ts";
import {
  type Adjustment,
  type AdjustmentKind,
  type Allowance,
  adjustmentOf,
  bookingOf,
  unknownAdjustment,
} from "./adjustment.ts";
import {
  findAdjustment,
  findClaim,
  findReversal,
  insertAdjustment,
  type NewAdjustmentRow,
  sumBudget,
} from "./rows/adjustments.ts";

type Needs = Pick<Deps, "store" | "clock" | "config" | "hashes">;

/** What a person books for a partner. */
export interface NewAdjustment {
  partner: string;
  /** More than zero in the partner's favour, less than zero in the vendor's. */
  amountMinor: number;
  currency: string;
  kind: AdjustmentKind;
  /** The paper behind it: a contract, a ticket, a claim. */
  reference: string;
  /** Why, on one line; the partner reads it. */
  note: string;
  /** Of an allowance, and of nothing else. */
  allowance?: Allowance | undefined;
}

/** No single booking by hand is larger, so that a slip of the finger cannot make the sums inexact. */
const mostMinor = 10_000_000_000_000;
const longestText = 200;

/**
 * Books an amount for a partner, or, above the configured limit, notes it for a second person to approve.
 *
 * @throws {Refusal} `partner_unknown`, `claim_booked`, `budget_spent`, `request_invalid`
 */
export async function adjust(deps: Needs, given: NewAdjustment): Promise<Adjustment> {
  refuseIllFormed(given);
  const { allowance } = given;
  const now = deps.clock();
  const asked = newRow(now, {
    partner_id: as.partner(given.partner),
    kind: given.kind,
    amount_minor: given.amountMinor,
    currency: as.currency(given.currency),
    reference: given.reference.trim(),
    note: given.note.trim(),
    allowance: allowance?.for ?? null,
    budget: allowance?.budget.trim() ?? null,
    claim: allowance?.claim.trim() ?? null,
    reverses: null,
  });
  nameSubject(asked.adjustment_id);
  return deps.store.write(async (tx) => {
    await lockHands(tx, [asked.partner_id]);
    if ((await findPartner(tx, asked.partner_id)) === undefined)
      throw new Refusal("partner_unknown", `There is no partner ${given.partner}.`);
    if (asked.claim !== null) await refuseBookedClaim(tx, { ...asked, claim: asked.claim });
    if (asked.budget !== null) await refuseSpentBudget(tx, deps, { ...asked, budget: asked.budget });
    return enter(tx, deps, asked, now);
  });
}

/**
 * Takes an adjustment back by a counter-booking that names it, of the same kind. Above the limit that too waits for a
 * second person.
 *
 * @throws {Refusal} `adjustment_unknown`; `adjustment_settled` for what is not booked, or is a counter-booking itself;
 * `adjustment_reversed`, `request_invalid`
 */
export async function reverseAdjustment(
  deps: Needs,
  id: string,
  { reference, note }: { reference?: string | undefined; note: string },
): Promise<Adjustment> {
  refuseUnfit("note", note);
  if (reference !== undefined) refuseUnfit("reference", reference);
  const now = deps.clock();
  const entered = await deps.store.write(async (tx) => {
    const found = await findAdjustment(tx, id);
    if (found === undefined) throw unknownAdjustment(id);
    await lockHands(tx, [found.partner_id]);
    await refuseIrreversible(tx, found);
    const { adjustment_no: _, ...facts } = found;
    const counter = newRow(now, {
      ...facts,
      amount_minor: -found.amount_minor,
      reference: (reference ?? found.reference).trim(),
      note: note.trim(),
      reverses: id,
    });
    return enter(tx, deps, counter, now);
  });
  nameSubject(entered.id);
  return entered;
}

type Facts = Omit<
  NewAdjustmentRow,
  "adjustment_id" | "status" | "entered_by" | "entered_at" | "decided_by" | "decided_at"
>;

/** What is asked for, before it is known whether a second person has to approve it. */
const newRow = (now: Instant, facts: Facts): Omit<NewAdjustmentRow, "status"> => ({
  ...facts,
  adjustment_id: `adj_${randomHex(10)}`,
  entered_by: currentActor(),
  entered_at: now,
  decided_by: null,
  decided_at: null,
});

/** Books it, or notes it for a second person. The partner's adjustments are locked. */
async function enter(
  tx: Tx,
  deps: Needs,
  asked: Omit<NewAdjustmentRow, "status">,
  now: Instant,
): Promise<Adjustment> {
  const deed = {
    id: asked.adjustment_id,
    actor: asked.entered_by,
    moves: [{ partner: asked.partner_id, currency: asked.currency, amountMinor: asked.amount_minor }],
    takesBack: asked.reverses ?? undefined,
  };
  const waits = (await movesToApprove(tx, deps, deed, now)).length > 0;
  const row: NewAdjustmentRow = { ...asked, status: waits ? "pending" : "booked" };
  await insertAdjustment(tx, row);
  if (waits) return adjustmentOf(row);
  await noteAlone(tx, deps, deed, now);
  await bookForPartner(tx, [bookingOf(row)], now);
  return adjustmentOf(row);
}

async function refuseBookedClaim(
  tx: Tx,
  row: Pick<NewAdjustmentRow, "partner_id"> & { claim: string },
): Promise<void> {
  const before = await findClaim(tx, row);
  if (before !== undefined)
    throw new Refusal(
      "claim_booked",
      `The claim ${row.claim} of ${row.partner_id} stands already in ${before.adjustment_id}: reverse that first.`,
    );
}

/** Where budgets are configured, an allowance comes out of one of them, and no more than is left of it. */
async function refuseSpentBudget(
  tx: Tx,
  { config }: Pick<Deps, "config">,
  {
    budget,
    currency,
    amount_minor,
  }: Pick<NewAdjustmentRow, "currency" | "amount_minor"> & { budget: string },
): Promise<void> {
  const { budgets } = config.adjustments;
  if (Object.keys(budgets).length === 0) return;
  const wholeMinor = Object.hasOwn(budgets, budget) ? budgets[budget]?.[currency] : undefined;
  if (wholeMinor === undefined)
    throw new Refusal("request_invalid", `The configuration has no budget ${budget} in ${currency}.`);
  await lockName(tx, `budget ${budget} ${currency}`);
  const leftMinor = wholeMinor - (await sumBudget(tx, { budget, currency }));
  if (amount_minor > leftMinor)
    throw new Refusal(
      "budget_spent",
      `Of the budget ${budget} ${decimalOf(Math.max(0, leftMinor), currency)} ${currency} are left.`,
    );
}

async function refuseIrreversible(tx: Tx, { adjustment_id: id, reverses }: NewAdjustmentRow): Promise<void> {
  // Taken back and given again, an allowance would stand beside the next one for its claim.
  if (reverses !== null)
    throw new Refusal(
      "adjustment_settled",
      `The adjustment ${id} takes ${reverses} back: enter that anew instead.`,
    );
  const status = (await findAdjustment(tx, id))?.status;
  if (status !== "booked")
    throw new Refusal(
      "adjustment_settled",
      `The adjustment ${id} is ${status}: there is nothing to take back.`,
    );
  const reversal = await findReversal(tx, id);
  if (reversal !== undefined)
    throw new Refusal(
      "adjustment_reversed",
      `The adjustment ${id} is taken back by ${reversal.adjustment_id}.`,
    );
}

function refuseIllFormed({ amountMinor, currency, kind, allowance, ...texts }: NewAdjustment): void {
  if (!Number.isSafeInteger(amountMinor) || amountMinor === 0 || Math.abs(amountMinor) > mostMinor)
    throw new Refusal("request_invalid", "An amount is not zero, and not beyond all measure.", {
      field: "amount",
    });
  if (!isCurrencyCode(currency.toUpperCase()))
    throw new Refusal("request_invalid", "Expected a currency by its ISO 4217 code, such as EUR.", {
      field: "currency",
    });
  if ((kind === "allowance") !== (allowance !== undefined))
    throw new Refusal(
      "request_invalid",
      "An allowance says what it is for, out of which budget and on which claim; no other kind does.",
    );
  refuseUnfit("reference", texts.reference);
  refuseUnfit("note", texts.note);
  if (allowance === undefined) return;
  refuseUnfit("budget", allowance.budget);
  refuseUnfit("claim", allowance.claim);
}

/**
 * Holds a note or a reference to one line of 200 characters at the most.
 *
 * @throws {Refusal} `request_invalid`
 */
export function refuseUnfit(name: string, text: string): void {
  const isFit =
    text.trim() !== "" && text.length <= longestText && text.isWellFormed() && !/\p{Cc}/u.test(text);
  if (!isFit)
    throw new Refusal("request_invalid", `A ${name} has 1 to ${longestText} characters on one line.`, {
      field: name,
    });
}
