import type { Instant } from "../words/clock.ts";
import type { Cycle } from "../words/cycle.ts";
import type { Currency, ProductId, ProviderId } from "../words/ids.ts";
import type { LostLine, OrderLine } from "./order-line.ts";

/** What every normalised event carries, whatever shop it came from. */
interface EventOfShop {
  /** The shop's id of this event. A delivery that repeats it is a duplicate. */
  eventId: string;
  /**
   * Names what is told, so that a shop's telling it again under a new event id is a duplicate: unique together with the
   * effect. Of what changes (a status, a running total) it names the state too. Of a sale it is the order's own id.
   */
  objectId: string;
  /** When it happened; of a status or a running total, when it became so, by the shop's clock: the newest counts. */
  occurredAt: Instant;
}

/** A sale that was paid: a first purchase or one cycle of a subscription. */
export interface SaleEvent extends EventOfShop {
  effect: "sale";
  /** The id people know the order by. */
  order: ProviderId;
  /** Every id that names this one sale, `order` among them. Two sale events that share one are the same sale. */
  providerIds: readonly ProviderId[];
  /** The subscription the sale belongs to: it names many sales, so it is not among `providerIds`. */
  subscription?: ProviderId;
  cycle: Cycle;
  /** The receiver's product id, where the shop's event tells it. */
  product?: ProductId;
  /** What the vendor earns: minor units, without tax and without what is prepaid. */
  netMinor: number;
  /** Tax in minor units; `netMinor + taxMinor` is what the customer paid for it. */
  taxMinor: number;
  currency: Currency;
  /** Its lines, which sum to it (`linesOf` sees to that); none where the shop tells none. */
  lines?: readonly OrderLine[];
  /**
   * Of several events of one sale, the one of the highest rank tells the amounts and the lines: `part` none of its own
   * (it names a subscription alone), `total` what was agreed, `paid` what was paid. `total` by default.
   */
  amounts?: "part" | "total" | "paid";
  /**
   * When the order became as it is told here, by the shop's clock. A sale that is told again with a later time is an
   * amendment; without a time a second telling changes nothing.
   */
  changedAt?: Instant;
  /** The country of the billing address, ISO 3166-1 alpha-2, where the shop tells it. */
  country?: string;
  /** True of one that may be of anything: it counts where the configuration names an article of one of its lines. */
  ifArticleKnown?: true;
  /** As the customer typed it at the shop; hashed before it is stored. */
  email?: string;
  /** As the shop knows it; hashed before it is stored. */
  licence?: string;
  /** A claim, as the buyer can change it: looked up among the clicks. */
  reference?: string;
  /** Every code that was used at the checkout, as `couponClaims` reads them. */
  coupons?: readonly string[];
}

/** Where money stands that is on its way back: `pending` and `done` count as gone, the others as never gone. */
export type MovementStatus = "pending" | "done" | "failed" | "cancelled" | "deleted";

interface Money {
  /** Every id the event gives for the sale; they become names of one sale. At least one. */
  target: readonly ProviderId[];
  /** Gross, in minor units, tax included. */
  amountMinor: number;
  /** The part of `amountMinor` that is no tax, where the shop tells the two apart. */
  netMinor?: number;
  currency: Currency;
  /** What it took of each line, where the shop tells. */
  lines?: readonly LostLine[];
}

/** Money that went back to the customer, by an id of its own, with where it stands now. */
export interface RefundEvent extends EventOfShop, Money {
  effect: "refund";
  /**
   * False for one refund (a movement). True for a state: all that was refunded so far of the first id in `target`, a
   * payment or an order, or `whole` when nothing of it is left. A smaller total that is newer counts.
   */
  cumulative: boolean;
  whole?: boolean;
  /** Of a movement: the refund's id, the same in each of its statuses. `objectId` by default. */
  movement?: ProviderId;
  /** Of a movement; `done` by default. */
  status?: MovementStatus;
  /**
   * Of a movement: from when on a running total of its payment contains it. One that is `pending` without it is in none
   * yet, as at shops whose totals leave out what is under way.
   */
  createdAt?: Instant;
  /**
   * Every name that the event gives for the one payment it is of, such as a charge and its payment intent. Two refunds
   * that share one are of one payment. The first id in `target` alone by default, as an order's id may name several payments.
   */
  payment?: readonly ProviderId[];
  /**
   * Of a state that the shop tells without a time: `occurredAt` is when the receiver heard of it. It counts after all that
   * is known of the order by then, however the shop's clock runs, and tells nothing new where the newest state says the same.
   */
  untimed?: true;
}

/** The customer's bank disputes the payment, or has decided. The newest of each dispute counts. */
export interface DisputeEvent extends EventOfShop, Money {
  effect: "dispute_opened" | "dispute_won" | "dispute_lost";
  /** The shop's id of the dispute, the same when it opens and when it closes. */
  dispute: ProviderId;
}

/** Money of a dispute that came back by a movement of its own, which does not name the dispute. */
export interface ReversalEvent extends EventOfShop, Money {
  effect: "dispute_reversed";
}

/** A payment of an order that may have several: what was paid beyond the order may go back without a loss. */
export interface PaymentEvent extends EventOfShop, Money {
  effect: "payment";
  /** The payment's id, the same in each of its statuses. */
  movement: ProviderId;
  status?: MovementStatus;
}

/** Tells only that several ids name one sale, such as an invoice and its payment. */
export interface LinkEvent extends EventOfShop {
  effect: "link";
  target: readonly ProviderId[];
}

/** What a person enters that no shop tells: money that went back (a refund) or was given back after all. */
export interface RestoredEvent extends EventOfShop, Money {
  effect: "restored";
  /** What was given back, the same when it is entered and when it is taken back. `objectId` by default. */
  movement?: ProviderId;
  /** `done` by default. */
  status?: MovementStatus;
}

/** An event that takes money back or gives it back again. */
export type LossEvent = RefundEvent | DisputeEvent | ReversalEvent | PaymentEvent | RestoredEvent;

/** What a shop's webhook means to the receiver. */
export type PurchaseEvent = SaleEvent | LossEvent | LinkEvent;

/**
 * The most that one amount may be, in minor units: a hundred thousand million in most currencies. No honest sale is
 * larger, and a few of nine times ten to the fifteenth would make every later sum inexact, for all partners and for good.
 */
export const maxAmountMinor = 10_000_000_000_000;

/** Whether every amount of an event is a whole number within bounds; only lines may be below zero. */
export function isBounded(event: PurchaseEvent): boolean {
  if (event.effect === "link") return true;
  const own =
    event.effect === "sale" ? [event.netMinor, event.taxMinor] : [event.amountMinor, event.netMinor ?? 0];
  const within = (amount: number) => Number.isSafeInteger(amount) && Math.abs(amount) <= maxAmountMinor;
  const lines: readonly (LostLine & Partial<OrderLine>)[] = event.lines ?? [];
  const ofLines = lines.flatMap((one) => [one.netMinor, one.taxMinor, one.listMinor ?? 0, one.quantity ?? 0]);
  return own.every((amount) => amount >= 0 && within(amount)) && ofLines.every(within);
}
