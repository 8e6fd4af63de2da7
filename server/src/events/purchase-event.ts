import type { Instant } from "../words/clock.ts";
import type { Currency, ProductId, ProviderId } from "../words/ids.ts";

/** What every normalised event carries, whatever shop it came from. */
interface EventOfShop {
  /** The shop's id of this event. A delivery that repeats it is a duplicate. */
  eventId: string;
  /** The shop's id of what happened; unique together with the effect, since some shops resend under a new event id. */
  objectId: string;
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
  cycle: "new" | "renewal";
  /** The receiver's product id, where the shop's event tells it. */
  product?: ProductId;
  /** What the vendor earns: minor units, without tax. */
  netMinor: number;
  /** Tax in minor units; `netMinor + taxMinor` is what the customer paid. */
  taxMinor: number;
  currency: Currency;
  /** As the customer typed it at the shop; hashed before it is stored. */
  email?: string;
  /** As the shop knows it; hashed before it is stored. */
  licence?: string;
  /** A claim, as the buyer can change it: looked up among the clicks. */
  reference?: string;
  /** Every code that was used at the checkout, as `couponClaims` reads them. */
  coupons?: readonly string[];
}

/** Money that went back to the customer. */
export interface RefundEvent extends EventOfShop {
  effect: "refund";
  /** Every id the event gives for the sale; they become names of one sale. At least one. */
  target: readonly ProviderId[];
  /** Gross, in minor units, tax included. */
  amountMinor: number;
  /** True when `amountMinor` is all that was refunded so far rather than this refund alone. */
  cumulative: boolean;
  currency: Currency;
}

/** The customer's bank disputes the payment, or has decided. */
export interface DisputeEvent extends EventOfShop {
  effect: "dispute_opened" | "dispute_won" | "dispute_lost";
  target: readonly ProviderId[];
  /** The shop's id of the dispute, the same when it opens and when it closes. */
  dispute: ProviderId;
  /** Gross, in minor units. */
  amountMinor: number;
  currency: Currency;
}

/** Tells only that several ids name one sale, such as an invoice and its payment. */
export interface LinkEvent extends EventOfShop {
  effect: "link";
  target: readonly ProviderId[];
}

/** What a shop's webhook means to the receiver. */
export type PurchaseEvent = SaleEvent | RefundEvent | DisputeEvent | LinkEvent;
