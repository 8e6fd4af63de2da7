import type { Order, Refund } from "../order.ts";
import type { Article } from "../plan.ts";

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
  /** Whether it sells one article at a time: a cart of several is several orders. */
  oneArticle?: true;
  /** Whether its events tell an order's lines to the receiver. */
  tellsLines: boolean;
  /** Whether a refund says which line it is of; where not, it lowers all lines in proportion. */
  refundsByLine: boolean;
  /** What the shop's lines name an article by. Absent where they name none. */
  articleId?(article: Article): string;
  /** Where its webhooks go, below `/webhooks/`, when it is more than the kind's name. */
  address?(secret: string): string;
  /** A secret in the shop's own form. */
  newSecret(): string;
  /** What the receiver will know an order by. */
  newOrderId(): string;
  /** What the shop's events name a coupon by, where that is not the code itself. */
  couponName?(code: string): string;
  paid(order: Order): ShopEvent;
  /** Money went back just now; `order.refunds` has this refund as well. */
  refunded(order: Order, refund: Refund): ShopEvent;
  /** A refund failed after it was told. Absent where the shop has no event for that. */
  refundFailed?(order: Order, refund: Refund): ShopEvent;
  /** Absent where the shop has no event for a dispute; nothing where it is silent about this turn of one. */
  disputed?(order: Order, dispute: NonNullable<Order["dispute"]>): ShopEvent | undefined;
  /** The headers of one try, signed anew, since many signatures carry their time. */
  sign(event: ShopEvent, secret: string): Record<string, string>;
}
