import type { Currency, ProviderId } from "../words/ids.ts";
import type { Loss } from "./settle.ts";

/** The effects of events that take money back, or give it back again. */
export const lossEffects = ["refund", "dispute_opened", "dispute_won", "dispute_lost"] as const;

/** What the receiver keeps of an event that may take money back. */
export interface LossEvent {
  effect: (typeof lossEffects)[number];
  dispute: ProviderId | null;
  /** The payment it is about: a running total is one payment's, and an invoice may be paid by several. */
  payment: ProviderId;
  amountMinor: number;
  cumulative: boolean;
  currency: Currency | null;
}

/**
 * How much of a sale is lost. Refunds that tell a running total count by the highest one of each payment, others by their sum; a
 * dispute counts from its opening unless it was won. None of it depends on the order of the events. An event in
 * another currency than the sale's says nothing about it and is passed over.
 */
export function lossOf(events: readonly LossEvent[], sale: { grossMinor: number; currency: Currency }): Loss {
  const ours = events.filter((event) => event.currency === sale.currency);
  const refunds = ours.filter((event) => event.effect === "refund");
  const totals = new Map<ProviderId, number>();
  for (const { cumulative, payment, amountMinor } of refunds)
    if (cumulative) totals.set(payment, Math.max(totals.get(payment) ?? 0, amountMinor));
  const total = [...totals.values()].reduce((sum, amountMinor) => sum + amountMinor, 0);
  const single = refunds
    .filter((event) => !event.cumulative)
    .reduce((sum, event) => sum + event.amountMinor, 0);
  const lostMinor = Math.min(sale.grossMinor, total + single + disputedMinor(ours));
  return { lostMinor, grossMinor: sale.grossMinor };
}

function disputedMinor(events: readonly LossEvent[]): number {
  const byDispute = new Map<string, number>();
  const won = new Set<string>();
  for (const event of events) {
    const dispute = event.dispute ?? "";
    if (event.effect === "dispute_won") won.add(dispute);
    if (event.effect === "dispute_opened" || event.effect === "dispute_lost")
      byDispute.set(dispute, Math.max(byDispute.get(dispute) ?? 0, event.amountMinor));
  }
  let sum = 0;
  for (const [dispute, amountMinor] of byDispute) if (!won.has(dispute)) sum += amountMinor;
  return sum;
}
