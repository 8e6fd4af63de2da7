import type { FoundCorrection } from "../../books/rows/corrections.ts";
import type { findTransfersOfOrder } from "../../books/rows/transfers.ts";
import type { findLossEvents } from "../../events/rows/events.ts";
import { type Instant, isoTime } from "../../words/clock.ts";
import type { FoundRuling } from "../rows/rulings.ts";
import type { DecisionRow } from "../rows/schema.ts";

/** One thing that happened to an order. */
export interface OrderHistoryEntry {
  at: string;
  /** `decision`, `ruling`, `transfer`, or what a loss event does: `refund`, `dispute_opened`, `restored` and so on. */
  what: string;
  detail: Record<string, string | number | null>;
}

/** All that is kept of an order's past. */
export interface OrderPast {
  decisions: readonly DecisionRow[];
  rulings: readonly FoundRuling[];
  transfers: Awaited<ReturnType<typeof findTransfersOfOrder>>;
  losses: Awaited<ReturnType<typeof findLossEvents>>;
  corrections: readonly FoundCorrection[];
}

/** What happened to an order, oldest first; of one moment, what led to a decision, the decision, and its bookings. */
export function historyOf({
  decisions,
  rulings,
  transfers,
  losses,
  corrections,
}: OrderPast): OrderHistoryEntry[] {
  const entries: (OrderHistoryEntry & { rank: number })[] = [];
  const add = (at: Instant, rank: number, what: string, detail: OrderHistoryEntry["detail"]) =>
    entries.push({ at: isoTime(at), what, detail, rank });
  for (const { effect, amount_minor, net_minor, currency, object_id, status, note, received_at } of losses) {
    const told = {
      ...(net_minor === null ? {} : { netMinor: net_minor }),
      ...(status === null ? {} : { status }),
    };
    const entered = note === null ? {} : { note, ...keptOf(object_id, corrections) };
    add(received_at, 0, effect, {
      amountMinor: amount_minor,
      currency,
      object: object_id,
      ...told,
      ...entered,
    });
  }
  for (const { seq, partner_id, note, ruled_at } of rulings)
    add(ruled_at, 1, "ruling", { seq, partner: partner_id, note });
  for (const { seq, outcome, partner_id, reason, cause, decided_at } of decisions)
    add(decided_at, 2, "decision", { seq, outcome, partner: partner_id, reason, cause });
  for (const transfer of transfers) {
    const { id, kind, partner_id, debit, credit, amount_minor, currency, cause, booked_at } = transfer;
    const movement = { kind, partner: partner_id, debit, credit, amountMinor: amount_minor, currency };
    add(booked_at, 3, "transfer", { id, ...movement, cause });
  }
  entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.rank - b.rank));
  return entries.map(({ rank: _, ...entry }) => entry);
}

/** What is kept of a correction beside what it does: its paper, whose hands, what it takes back, what took it back. */
function keptOf(id: string, corrections: readonly FoundCorrection[]): OrderHistoryEntry["detail"] {
  const own = corrections.find(({ correction_id }) => correction_id === id);
  const by = corrections.find(({ reverses }) => reverses === id);
  const members = {
    reference: own?.reference ?? null,
    enteredBy: own?.entered_by ?? null,
    approvedBy: own?.approved_by ?? null,
    reverses: own?.reverses ?? null,
    reversedBy: by?.correction_id ?? null,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}
