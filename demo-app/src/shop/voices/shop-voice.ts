import type { Order } from "../order.ts";

/** An event as a shop posts it: the exact text that is signed, and what people call it. */
export interface ShopEvent {
  /** Of the delivery; some shops send it in a header, others not at all. */
  id: string;
  type: string;
  text: string;
}

/** How the store speaks to the receiver: as one of the shops that vendors sell through. */
export interface ShopVoice {
  /** The shop's name, for people. */
  name: string;
  /** What its events do not tell of an order, or another thing worth knowing; a sentence. */
  remark?: string;
  /** Evidence that cannot reach the receiver in its events. */
  cannotTell?: readonly ("email" | "coupon")[];
  /** What the receiver's configuration says of the shop beside its kind and its secrets. */
  settings?: Record<string, unknown>;
  /** The currency it tells amounts in, where it is not the store's. */
  currency?: string;
  /** Whether it can only tell that all went back. */
  wholeRefunds?: true;
  /** Where its webhooks go, below `/webhooks/`, when it is more than the kind's name. */
  address?(secret: string): string;
  /** A secret in the shop's own form. */
  newSecret(): string;
  /** What the receiver will know an order by. */
  newOrderId(): string;
  /** What the shop's events name a coupon by, where that is not the code itself. */
  couponName?(code: string): string;
  paid(order: Order): ShopEvent;
  /** `amountMinor` went back just now, tax included; `order.refundedMinor` is all that did so far. */
  refunded(order: Order, amountMinor: number): ShopEvent;
  /** Absent where the shop has no event for a dispute; nothing where it is silent about this turn of one. */
  disputed?(order: Order, dispute: NonNullable<Order["dispute"]>): ShopEvent | undefined;
  /** The headers of one try, signed anew, since many signatures carry their time. */
  sign(event: ShopEvent, secret: string): Record<string, string>;
}
