import { isDeepStrictEqual } from "node:util";
import type { ConcealedSale } from "../../events/conceal-event.ts";
import { amountsRanks } from "../../events/event-row.ts";
import type { OrderLine } from "../../events/order-line.ts";
import { type Instant, instant } from "../../words/clock.ts";
import { couponsIn, couponText } from "../../words/coupon-code.ts";
import { type OrderCycle, orderCycleOf } from "../../words/cycle.ts";
import type { OrderKey, ProductId, ShopName } from "../../words/ids.ts";
import type { DecidingDeps } from "../decide/ways.ts";
import type { OrderRow } from "../rows/schema.ts";

/** A sale event as it came in, with the order it names. */
export interface ToldSale {
  shop: ShopName;
  event: ConcealedSale;
  key: OrderKey;
  now: Instant;
}

/** A sale with the products that the configuration knows its lines' articles by, and its own where they agree on one. */
export function withProducts(
  event: ConcealedSale,
  shop: ShopName,
  articles: DecidingDeps["config"]["articles"],
): ConcealedSale {
  const lines = (event.lines ?? []).map((line) => withProduct(line, shop, articles));
  const product = event.product ?? productOf(lines);
  return { ...event, lines, ...(product === undefined ? {} : { product }) };
}

/** The order as one sale event tells it, its products known. */
export function orderOf({ shop, event, key, now }: ToldSale): OrderRow {
  const { lines = [] } = event;
  return {
    order_key: key,
    shop,
    order_id: event.order,
    object_id: event.objectId,
    cycle: orderCycleOf(event.cycle),
    told_cycle: orderCycleOf(event.cycle),
    product: event.product ?? null,
    subscription_id: event.subscription ?? null,
    licence_hash: event.licenceHash,
    email_hash: event.emailHash,
    email_domain_hash: event.emailDomainHash,
    email_alias_hash: event.emailAliasHash,
    email_site_hash: event.emailSiteHash,
    reference: event.reference ?? null,
    coupon: couponText(event.coupons ?? []),
    country: event.country ?? null,
    net_minor: event.netMinor,
    tax_minor: event.taxMinor,
    currency: event.currency,
    lines: lines.length === 0 ? null : JSON.stringify(lines),
    amounts_rank: amountsRanks[event.amounts ?? "total"],
    amounts_at: event.changedAt ?? instant(0),
    amounts_event: event.eventId,
    told_by: null,
    occurred_at: event.occurredAt,
    received_at: now,
    decision_seq: 0,
    outcome: "unattributed",
    partner_id: null,
    reason: "no_evidence",
    release_at: null,
    released_at: null,
    joined_to: null,
    chain: null,
  };
}

function withProduct(line: OrderLine, shop: ShopName, articles: ReadonlyMap<string, ProductId>): OrderLine {
  if (line.product !== undefined) return line;
  // The last is the most particular: a variant may be another product than what it is a variant of.
  const product = line.articles
    .map((article) => articles.get(`${shop} ${article}`))
    .findLast((one) => one !== undefined);
  return product === undefined ? line : { ...line, product };
}

/** The one product of the lines that have one. */
function productOf(lines: readonly OrderLine[]): ProductId | undefined {
  const [only, ...others] = new Set(lines.flatMap(({ product }) => (product === undefined ? [] : [product])));
  return others.length === 0 ? only : undefined;
}

/** The lines of an order as its row keeps them. */
export const linesOfOrder = ({ lines }: Pick<OrderRow, "lines">): OrderLine[] =>
  lines === null ? [] : (JSON.parse(lines) as OrderLine[]);

/**
 * Two tellings of one sale, such as a checkout session and its first invoice, or an order before and after it was edited.
 * The one whose object sorts first tells the name; amounts and lines come from the one that knows them best, and of equal
 * ones from the newest; each fills in what the other leaves open. It makes no difference which of them came first, nor
 * how many are joined in which order.
 */
export function joinSales(known: OrderRow, told: OrderRow): OrderRow {
  const amounts = tellsAmounts(told, known) ? told : known;
  const [first, second] = tellsName(told, known) ? [told, known] : [known, told];
  return {
    ...known,
    order_id: first.order_id,
    object_id: first.object_id,
    told_cycle: furtherCycle(known.told_cycle, told.told_cycle),
    net_minor: amounts.net_minor,
    tax_minor: amounts.tax_minor,
    currency: amounts.currency,
    lines: amounts.lines,
    amounts_rank: amounts.amounts_rank,
    amounts_at: amounts.amounts_at,
    amounts_event: amounts.amounts_event,
    told_by: JSON.stringify([...new Set([...tellingsOf(known), ...tellingsOf(told)])]),
    occurred_at: first.occurred_at,
    received_at: told.received_at < known.received_at ? told.received_at : known.received_at,
    product: first.product ?? second.product,
    subscription_id: first.subscription_id ?? second.subscription_id,
    licence_hash: first.licence_hash ?? second.licence_hash,
    ...addressOf(first.email_hash === null ? second : first),
    reference: first.reference ?? second.reference,
    coupon: couponText([...couponsIn(first.coupon), ...couponsIn(second.coupon)]),
    country: first.country ?? second.country,
  };
}

/** The sale events that an order was made of, each of which counted. */
export const tellingsOf = ({
  amounts_event,
  told_by,
}: Pick<OrderRow, "amounts_event" | "told_by">): readonly string[] =>
  told_by !== null ? (JSON.parse(told_by) as string[]) : amounts_event === null ? [] : [amounts_event];

/** Whether two rows of an order say the same, whichever events told it. */
export const saysTheSame = (a: OrderRow, b: OrderRow): boolean =>
  isDeepStrictEqual(withoutTellings(a), withoutTellings(b));

const withoutTellings = (row: OrderRow): OrderRow => ({ ...row, amounts_event: null, told_by: null });

/** What is kept of the buyer's address: of one telling, never mixed. */
const addressOf = ({ email_hash, email_domain_hash, email_alias_hash, email_site_hash }: OrderRow) => ({
  email_hash,
  email_domain_hash,
  email_alias_hash,
  email_site_hash,
});

/** What of a telling says whether it knows the amounts better than another. */
export type ToldAmounts = Pick<
  OrderRow,
  "net_minor" | "tax_minor" | "currency" | "lines" | "amounts_rank" | "amounts_at"
>;

/** Whether one telling knows the amounts better than another. */
export function tellsAmounts(a: ToldAmounts, b: ToldAmounts): boolean {
  if (a.amounts_rank !== b.amounts_rank) return a.amounts_rank > b.amounts_rank;
  if (a.amounts_at !== b.amounts_at) return a.amounts_at > b.amounts_at;
  // Their own content decides, since the row does not keep which event told it.
  if (a.net_minor !== b.net_minor) return a.net_minor > b.net_minor;
  if (a.tax_minor !== b.tax_minor) return a.tax_minor > b.tax_minor;
  return (a.lines ?? "") > (b.lines ?? "");
}

function tellsName(a: OrderRow, b: OrderRow): boolean {
  const isPart = (row: OrderRow) => row.amounts_rank === amountsRanks.part;
  if (isPart(a) !== isPart(b)) return isPart(b);
  return a.object_id === b.object_id ? tellsAmounts(a, b) : a.object_id < b.object_id;
}

/** What one of the tellings knows of the copy's past, the other need not know. */
const furtherCycle = (a: OrderCycle, b: OrderCycle): OrderCycle => (a === "renewal" ? a : b);
