import { z } from "zod";
import type { Instant } from "../../words/clock.ts";
import { anyText, idText } from "../kit/members.ts";
import type { SingleReading } from "../shop.ts";

/** What an object's reader needs to know of the event around it. */
export interface StripeEvent {
  eventId: string;
  type: string;
  occurredAt: Instant;
  /** False for what was done with Stripe's test keys. */
  live: boolean;
}

/** Reads one kind of object out of a Stripe event. */
export type StripeReader = (event: StripeEvent, object: unknown) => SingleReading;

/** An id, or the object it names where the sender's API settings expand it; read as the id. Null where there is none. */
export const expandable = z
  .union([idText, z.object({ id: idText }).transform((object) => object.id)])
  .nullish()
  .transform((id) => id ?? undefined);

/** The metadata members we know. Metadata is the vendor's own, so whatever else it holds, or lacks, is no error. */
export const metadata = z
  .object({ licence: anyText, license: anyText, product: anyText })
  .nullish()
  .catch(undefined);

/** A discount as it stands in sessions and invoices: the ids or the objects of a coupon and of a promotion code. */
const discount = z.object({
  promotion_code: z.union([z.string(), z.object({ code: anyText, id: anyText })]).nullish(),
  coupon: z.union([z.string(), z.object({ id: anyText })]).nullish(),
  source: z.object({ coupon: z.union([z.string(), z.object({ id: anyText })]).nullish() }).nullish(),
});
type Discount = z.output<typeof discount>;

/** One discount. An unexpanded one is a bare id that says nothing of the code, and reads as none. */
export const optionalDiscount = discount.nullish().catch(undefined);

/** The discounts of a session or an invoice; those that cannot be read are passed over. */
export const optionalDiscounts = z.array(optionalDiscount).nullish().catch(undefined);

/**
 * Every name the buyer's codes go by, as far as the event tells: of a promotion code its text, where it is expanded, and
 * its id, and the id of the coupon behind it. A vendor may have given any of them to a partner; the others mean nothing.
 */
export const couponNames = (
  discounts: readonly (Discount | null | undefined)[],
): (string | null | undefined)[] =>
  discounts.flatMap((one) => [
    ...namesOf(one?.promotion_code),
    ...namesOf(one?.coupon),
    ...namesOf(one?.source?.coupon),
  ]);

const namesOf = (named: string | { code?: Name; id?: Name } | null | undefined): Name[] =>
  typeof named === "object" ? [named?.code, named?.id] : [named];

type Name = string | null | undefined;

/** An event of Stripe's that the receiver has no use for. */
export const notForUs = (event: StripeEvent): SingleReading => ({
  outcome: "ignored",
  eventId: event.eventId,
  type: event.type,
});
