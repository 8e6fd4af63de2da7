import type { Deps } from "../../deps/deps.ts";
import type { Move } from "../../four-eyes/limit.ts";
import { askOnce, type MoneyRequest } from "../../four-eyes/requests.ts";

/** An order, and who is to have earned it; null for nobody. */
export interface ToRule {
  shop: string;
  order: string;
  partner: string | null;
  /** One of a class: it is left as it is where it no longer waits by then. */
  ifHeld?: true;
}

/** A ruling that a second person is asked for: on one order, or on all of a class that waited then. */
export interface RulingRequest {
  /** What it is about, for people. */
  subject: string;
  orders: readonly ToRule[];
  note: string;
  moves: readonly Move[];
}

/** What of it is kept for whoever approves it. */
export type RulingDocument = Pick<RulingRequest, "orders" | "note">;

/** Notes a ruling for a second person; the very same again is noted once. */
export const askToRule = (
  { store, clock }: Pick<Deps, "store" | "clock">,
  { subject, orders, note, moves }: RulingRequest,
): Promise<MoneyRequest> => {
  const document: RulingDocument = { orders, note: note.trim() };
  return store.write((tx) =>
    askOnce(tx, { kind: "ruling", subject, document, moves, status: "pending" }, clock()),
  );
};
