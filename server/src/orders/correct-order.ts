import { currentActor } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import type { LossEvent } from "../events/purchase-event.ts";
import { findLink } from "../events/rows/events.ts";
import { addUp, hasLimits, lockHands, type Move, movesToApprove, noteAlone } from "../four-eyes/limit.ts";
import { askSecondPerson, decideRequest, type MoneyRequest, requestOf } from "../four-eyes/requests.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { decimalOf, minorOf } from "../words/money.ts";
import { randomHex } from "../words/random-hex.ts";
import { Refusal } from "../words/refusal.ts";
import { type DecidedOrder, frozenCredits } from "./decide-order.ts";
import { lockOrder } from "./order-names.ts";
import { type DecisionRecord, explainOrder, readDecisionRecord, refuseUnknownOrder } from "./orders.ts";
import { recordEvent } from "./record-event.ts";
import { reportOrder } from "./report-order.ts";
import { refuseUnfitNote } from "./resolve-order.ts";
import { findDecision, findOrder } from "./rows/orders.ts";
import type { OrderRow } from "./rows/schema.ts";

/** What a person enters of an order that its shop does not tell. Amounts as a decimal number in the order's currency. */
export interface Correction {
  shop: string;
  /** Any id the shop gave the order. */
  order: string;
  what: { refunded: string } | { restored: string } | { void: true };
  /** Why, on one line; it stays on record. */
  note: string;
}

/**
 * What came of a correction: the order as it is then, or, of a dry run, as it would be. Where a second person is needed,
 * as it still is, and `waits` says what waits; null where none is needed.
 */
export type CorrectedOrder = DecisionRecord & {
  waits: (Pick<MoneyRequest, "moves"> & Partial<MoneyRequest>) | null;
};

/**
 * Enters by hand that money went back (`refunded`, tax included), that some of it came back after all (`restored`), or
 * that nothing of the order stands (`void`). It counts beside what the shop tells, as one more fact, and stays on record.
 * Where it moves more of a partner's money than one person may alone, it is noted for a second one to approve.
 *
 * @throws Refusal `order_unknown`, `request_invalid`
 */
export async function correctOrder(
  deps: Deps,
  correction: Correction,
  { dryRun = false }: { dryRun?: boolean | undefined } = {},
): Promise<CorrectedOrder> {
  refuseUnfitNote(correction.note);
  const now = deps.clock();
  const rehearsed = await deps.store
    .write(async (tx) => {
      const entered = await enter(tx, deps, correction, now);
      if (entered === undefined) return undefined;
      const moves = movesOf(entered.decided);
      const deed = { id: entered.id, actor: currentActor(), moves };
      await lockHands(tx, partnersOf(moves));
      const waits = (await movesToApprove(tx, deps, deed, now)).length > 0;
      // Nothing of a rehearsal is kept: only what fails is undone.
      if (dryRun || waits) throw new Rehearsal({ ...entered, moves, waits });
      await noteAlone(tx, deps, deed, now);
      return entered;
    })
    .catch((error: unknown) => {
      if (error instanceof Rehearsal) return error.entered;
      throw error;
    });
  if (rehearsed === undefined) return refuseUnknownOrder(correction.shop);
  if ("waits" in rehearsed) {
    const { record, moves, waits } = rehearsed;
    if (dryRun) return { ...record, waits: waits ? { moves } : null };
    return {
      ...(await explainOrder(deps, correction.shop, correction.order)),
      waits: await ask(deps, correction, moves, now),
    };
  }
  for (const one of rehearsed.decided) reportOrder(deps.log, one);
  return { ...rehearsed.record, waits: null };
}

const ask = (deps: Deps, correction: Correction, moves: Move[], now: Instant): Promise<MoneyRequest> =>
  deps.store.write((tx) =>
    askSecondPerson(
      tx,
      {
        kind: "correction",
        subject: `${correction.shop} ${correction.order}`,
        document: { ...correction, note: correction.note.trim() },
        moves,
        status: "pending",
      },
      now,
    ),
  );

/**
 * Enters a correction that waited, as its second person, or refuses it.
 *
 * @throws {Refusal} `approval_unknown`, `approval_settled`, `second_person_needed`; `request_invalid` for what no longer fits the order
 */
export async function settleCorrection(
  deps: Deps,
  id: string,
  status: "booked" | "refused",
): Promise<MoneyRequest> {
  const now = deps.clock();
  const { row, decided } = await deps.store.write(async (tx) => {
    const row = await decideRequest(tx, deps, { id, status, now });
    const correction = JSON.parse(row.document) as Correction;
    const entered = status === "booked" ? await enter(tx, deps, correction, now) : undefined;
    if (status === "booked" && entered === undefined) return refuseUnknownOrder(correction.shop);
    return { row, decided: entered?.decided ?? [] };
  });
  for (const one of decided) reportOrder(deps.log, one);
  return requestOf(row);
}

interface Entered {
  id: string;
  record: DecisionRecord;
  decided: readonly DecidedOrder[];
}

class Rehearsal extends Error {
  readonly entered: Entered & { moves: Move[]; waits: boolean };

  constructor(entered: Entered & { moves: Move[]; waits: boolean }) {
    super("a rehearsal is undone");
    this.entered = entered;
  }
}

/** What bookings move of partners' money: what the vendor spends on them, and what comes back to it. */
const movesOf = (decided: readonly DecidedOrder[]): Move[] =>
  addUp(
    decided.flatMap(({ bookings }) =>
      bookings.flatMap(({ partner, currency, debit, credit, amountMinor }) =>
        debit === "expense"
          ? [{ partner, currency, amountMinor }]
          : credit === "expense"
            ? [{ partner, currency, amountMinor: -amountMinor }]
            : [],
      ),
    ),
  );

const partnersOf = (moves: readonly { partner: PartnerId }[]) => moves.map(({ partner }) => partner);

async function enter(
  tx: Tx,
  deps: Deps,
  { shop, order: id, what, note }: Correction,
  now: Instant,
): Promise<Entered | undefined> {
  const key = await findLink(tx, as.shop(shop), id);
  const order = key === undefined ? undefined : await lockOrder(tx, key);
  if (order === undefined) return undefined;
  // Before anything is booked: whoever books by hand for one of them locks first, too.
  const decision = await findDecision(tx, order.order_key, order.decision_seq);
  if (hasLimits(deps) && decision !== undefined) await lockHands(tx, partnersOf(frozenCredits(decision)));
  const event = eventOf(order, what, now);
  const recorded = await recordEvent(tx, deps, { shop: order.shop, event, note: note.trim() }, now);
  if (recorded.status !== "recorded") throw new Error("a correction has an id of its own");
  const after = await findOrder(tx, order.order_key);
  if (after === undefined) throw new Error("an order stays where it is");
  return { id: event.eventId, record: await readDecisionRecord(tx, after), decided: recorded.decided };
}

function eventOf(order: OrderRow, what: Correction["what"], now: Instant): LossEvent {
  const id = as.provider(`correction-${randomHex(12)}`);
  const about = {
    eventId: id,
    objectId: id,
    occurredAt: now,
    // Its own id comes first: a running total of the shop's does not contain what is entered beside it.
    target: [id, order.order_id],
    currency: order.currency,
  };
  const refund = { ...about, effect: "refund", cumulative: false, movement: id } as const;
  if ("void" in what) return { ...refund, whole: true, amountMinor: order.net_minor + order.tax_minor };
  if ("refunded" in what) return { ...refund, amountMinor: amountIn(order, what.refunded) };
  return { ...about, effect: "restored", amountMinor: amountIn(order, what.restored) };
}

function amountIn({ currency, net_minor, tax_minor }: OrderRow, text: string): number {
  const amountMinor = minorOf(text, currency);
  const grossMinor = net_minor + tax_minor;
  if (amountMinor === undefined || amountMinor <= 0 || amountMinor > grossMinor)
    throw new Refusal(
      "request_invalid",
      `Expected an amount above zero and up to ${decimalOf(grossMinor, currency)} ${currency}, tax included, such as ${decimalOf(grossMinor, currency)}.`,
    );
  return amountMinor;
}
