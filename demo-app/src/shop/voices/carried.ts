import type { Order, Refund } from "../order.ts";
import type { Article } from "../plan.ts";

/** What the store attaches to an order at any shop that lets it: the receiver's click, the licence, the product. */
export const carriedBy = (order: Order): Record<string, string> => ({
  product: "acme-paint",
  ...(order.licence === undefined ? {} : { licence: order.licence }),
  ...(order.reference === undefined ? {} : { reference: order.reference }),
});

/** An amount in major units of a currency with two decimals, such as `48.00`. */
export const majorText = (minor: number): string => (minor / 100).toFixed(2);

/** An id of an article that is a text, as most shops have them. */
export const textArticle =
  (prefix: string) =>
  ({ id }: Article): string =>
    `${prefix}acme-${id}`;

const numbers: Readonly<Record<string, number>> = { "one-year": 1, "two-years": 2, "brush-pack": 3 };

/** An id of an article that is a number, from a shop's first one on. */
export const numberedArticle =
  (first: number) =>
  ({ id }: Article): string =>
    String(first + (numbers[id] ?? 0));

/** When an order was changed last: paid, or a refund made, or found to have failed. */
export const lastChange = ({ paidAt, refunds }: Order): Date =>
  refunds.reduce(
    (latest, { at, failedAt }) => ((failedAt ?? at) > latest ? (failedAt ?? at) : latest),
    paidAt,
  );

/** When a refund came to where it stands. */
export const settledAt = ({ at, failedAt }: Refund): Date => failedAt ?? at;
