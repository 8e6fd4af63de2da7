import { insertCorrection } from "../../books/rows/corrections.ts";
import { findTransfersOfOrder } from "../../books/rows/transfers.ts";
import { currentActor, nameSubject } from "../../deps/actor.ts";
import type { Deps } from "../../deps/deps.ts";
import type { LossEvent } from "../../events/purchase-event.ts";
import { findLink } from "../../events/rows/events.ts";
import { hasLimits, lockHands, type Move, movesToApprove, noteAlone } from "../../four-eyes/limit.ts";
import { askSecondPerson, decideRequest, type MoneyRequest, requestOf } from "../../four-eyes/requests.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { as, type OrderKey } from "../../words/ids.ts";
import { Refusal } from "../../words/refusal.ts";
import { type DecidedOrder, frozenCredits } from "../decide/decide-order.ts";
import { reportOrder } from "../decide/report-order.ts";
import {
  type DecisionRecord,
  explainOrder,
  readDecisionRecord,
  refuseUnknownOrder,
} from "../explain/explain-order.ts";
import { lockOrder } from "../record/order-names.ts";
import { recordEvent } from "../record/record-event.ts";
import { findDecision, findOrder } from "../rows/orders.ts";
import { type CorrectedBy, correctionEvent } from "./correction-event.ts";
import { movesOf, partnersOf } from "./moves-of.ts";
import { refuseUnfitNote } from "./resolve-order.ts";

/** What a person enters of an order that its shop does not tell. Amounts as a decimal number in the order's currency. */
export interface Correction {
  shop: string;
  /** Any id the shop gave the order. */
  order: string;
  what: CorrectedBy;
  /** Why, on one line; it stays on record. */
  note: string;
  /** The paper behind it, on one line: a ticket, a bank transfer. Partners read it on their statements. */
  reference?: string | undefined;
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
 * One that was wrong is taken back by one that names it (`reverses`): the order is then as if it had never been entered.
 * Where it moves more of a partner's money than one person may alone, it is noted for a second one to approve.
 *
 * @throws Refusal `order_unknown`, `request_invalid`, also where more is restored than is gone; of one that is to be taken back `correction_unknown`,
 * `correction_reversed` when it was before, `correction_settled` when it takes another one back
 */
export async function correctOrder(
  deps: Deps,
  correction: Correction,
  { dryRun = false }: { dryRun?: boolean | undefined } = {},
): Promise<CorrectedOrder> {
  refuseUnfitNote(correction.note);
  if (correction.reference !== undefined) refuseUnfitReference(correction.reference);
  const hands = { enteredBy: currentActor(), approvedBy: null };
  const now = deps.clock();
  const rehearsed = await deps.store
    .write(async (tx) => {
      const entered = await enter(tx, deps, { correction, hands }, now);
      const moves = movesOf(entered.decided);
      const takesBack = "reverses" in correction.what ? correction.what.reverses : undefined;
      const deed = { id: entered.id, actor: hands.enteredBy, moves, takesBack };
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
  if ("waits" in rehearsed) {
    const { record, moves, waits } = rehearsed;
    if (dryRun) return { ...record, waits: waits ? { moves } : null };
    return {
      ...(await explainOrder(deps, correction.shop, correction.order)),
      waits: await ask(deps, correction, moves, now),
    };
  }
  report(deps, rehearsed, hands);
  return { ...rehearsed.record, waits: null };
}

const ask = (deps: Deps, correction: Correction, moves: Move[], now: Instant): Promise<MoneyRequest> =>
  deps.store.write((tx) =>
    askSecondPerson(
      tx,
      {
        kind: "correction",
        subject: `${correction.shop} ${correction.order}`,
        document: {
          ...correction,
          note: correction.note.trim(),
          ...(correction.reference === undefined ? {} : { reference: correction.reference.trim() }),
        },
        moves,
        status: "pending",
      },
      now,
    ),
  );

/**
 * Enters a correction that waited, as its second person, or refuses it.
 *
 * @throws {Refusal} `approval_unknown`, `approval_settled`, `second_person_needed`; `request_invalid` or
 * `correction_reversed` for what no longer fits the order
 */
export async function settleCorrection(
  deps: Deps,
  id: string,
  status: "booked" | "refused",
): Promise<MoneyRequest> {
  const now = deps.clock();
  const approvedBy = currentActor();
  const { row, entered } = await deps.store.write(async (tx) => {
    const row = await decideRequest(tx, deps, { id, status, now });
    if (status === "refused") return { row };
    const correction = JSON.parse(row.document) as Correction;
    const hands = { enteredBy: row.entered_by, approvedBy };
    return { row, entered: await enter(tx, deps, { correction, hands }, now) };
  });
  if (entered !== undefined) report(deps, entered, { enteredBy: row.entered_by });
  return requestOf(row);
}

/** Who entered a correction, and who approved it where somebody had to. */
interface Hands {
  enteredBy: string;
  approvedBy: string | null;
}

/** Says in the log what was entered, and what came of it. */
function report(
  { log }: Deps,
  { event, reverses, record, decided }: Entered,
  { enteredBy }: { enteredBy: string },
): void {
  const { shop, order } = record;
  const { effect, amountMinor, currency, eventId: subject } = event;
  const detail = reverses === null ? {} : { detail: reverses };
  log.info("order.corrected", {
    shop,
    order,
    effect,
    amountMinor,
    currency,
    actor: enteredBy,
    subject,
    ...detail,
  });
  for (const one of decided) reportOrder(log, one);
}

interface Entered {
  id: string;
  event: LossEvent;
  /** The correction that it takes back. */
  reverses: string | null;
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

async function enter(
  tx: Tx,
  deps: Deps,
  { correction, hands }: { correction: Correction; hands: Hands },
  now: Instant,
): Promise<Entered> {
  const { shop, order: id, what, note, reference = null } = correction;
  const key = await findLink(tx, as.shop(shop), id);
  const order = key === undefined ? undefined : await lockOrder(tx, key);
  if (order === undefined) return refuseUnknownOrder(shop);
  // Before anything is booked: whoever books by hand for one of them locks first, too.
  const decision = await findDecision(tx, order.order_key, order.decision_seq);
  if (hasLimits(deps) && decision !== undefined) await lockHands(tx, partnersOf(frozenCredits(decision)));
  const reverses = "reverses" in what ? what.reverses : null;
  const event = await correctionEvent(tx, order, what, now);
  const recorded = await recordEvent(tx, deps, { shop: order.shop, event, note: note.trim() }, now);
  if (recorded.status !== "recorded") throw new Error("a correction has an id of its own");
  const { decided } = recorded;
  await insertCorrection(tx, {
    shop: order.shop,
    correction_id: event.eventId,
    reference: reference?.trim() ?? null,
    reverses,
    movements: JSON.stringify(await movementsOf(tx, decided)),
    entered_by: hands.enteredBy,
    approved_by: hands.approvedBy,
    booked_at: now,
  });
  const words = [
    order.shop,
    order.order_id,
    event.eventId,
    ...(reverses === null ? [] : ["reverses", reverses]),
  ];
  nameSubject([...words, ...(reference === null ? [] : [reference.trim()])].join(" "));
  const after = await findOrder(tx, order.order_key);
  if (after === undefined) throw new Error("an order stays where it is");
  return { id: event.eventId, event, reverses, record: await readDecisionRecord(tx, after), decided };
}

/** The numbers of the movements that were booked just now, of each order that it was booked for. */
async function movementsOf(tx: Tx, decided: readonly DecidedOrder[]): Promise<number[]> {
  const many = new Map<OrderKey, number>();
  for (const { order, bookings } of decided)
    many.set(order.order_key, (many.get(order.order_key) ?? 0) + bookings.length);
  const found: number[] = [];
  for (const [key, count] of many)
    if (count > 0) found.push(...(await findTransfersOfOrder(tx, key)).slice(-count).map(({ id }) => id));
  return found;
}

/**
 * Holds a reference to one line of 200 characters at the most.
 *
 * @throws {Refusal} `request_invalid`
 */
function refuseUnfitReference(text: string): void {
  const isFit = text.trim() !== "" && text.length <= 200 && text.isWellFormed() && !/\p{Cc}/u.test(text);
  if (!isFit)
    throw new Refusal("request_invalid", "A reference has 1 to 200 characters on one line.", {
      field: "reference",
    });
}
