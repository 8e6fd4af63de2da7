import { holdReasons, unattributedReasons } from "../../../attribution/reasons.ts";
import { listOrders, type OrderFilter, type OrderSummary } from "../../../orders/explain/list-orders.ts";
import { pathOf } from "../../../pages/address.ts";
import { html } from "../../../pages/html.ts";
import { type ListFilter, listing, sortRows } from "../../../pages/listing.ts";
import { card, emptyState, idText } from "../../../pages/parts.ts";
import { isCalendarDay } from "../../../words/calendar-day.ts";
import { type Instant, instant } from "../../../words/clock.ts";
import { type FoundThing, searchAnything } from "../../search.ts";
import { consolePage, type Desk, type DeskText, given } from "../kit/desk.ts";
import { listPage, partnerFilter } from "../kit/list-page.ts";
import { orderColumns } from "../kit/order-columns.ts";
import { partnerInLine, partnerPath } from "../kit/partner-names.ts";
import {
  disputePath,
  orderPath,
  payoutPath,
  reasonText,
  serialBatchPath,
  statementPath,
} from "../kit/shown.ts";

const dayMs = 86_400_000;
const pageRows = 50;
/** How far back a list goes that no index serves, unless an earlier time is asked for. */
const windowDays = 31;

/** Orders, the newest first, narrowed by what the address says. */
export async function ordersPage(desk: Desk): Promise<Response> {
  const { say, deps } = desk;
  const filter = filterOf(desk);
  const isOfPartner = filter.partner !== undefined && filter.outcome === undefined;
  const isWalked =
    [filter.shop, filter.product, filter.reason].some((one) => one !== undefined) ||
    (filter.partner !== undefined && !isOfPartner);
  const bounded = isWalked && filter.since === undefined;
  const since = bounded ? windowStart(filter.until ?? deps.clock()) : filter.since;
  const { orders, next } = await listOrders(deps, { ...filter, ...(since === undefined ? {} : { since }) });
  const lead = bounded && since !== undefined ? say.say("orders_since", { day: say.day(since) }) : undefined;
  return listPage<OrderSummary>(desk, {
    title: say.say("nav_orders"),
    lead,
    heading: say.say("orders_title"),
    file: "orders",
    columns: orderColumns(desk),
    rows: orders,
    filters: filtersOf(desk),
    next,
    empty: { title: say.say("no_orders"), text: say.say("no_orders_why") },
  });
}

/** The first moment of the window before another. */
const windowStart = (until: Instant): Instant => instant(until - windowDays * dayMs);

const outcomes = ["credited", "held", "unattributed"] as const;

function filterOf({ address: { query } }: Desk): OrderFilter {
  const filter: OrderFilter = { limit: pageRows };
  const outcome = outcomes.find((one) => one === query.get("outcome"));
  if (outcome !== undefined) filter.outcome = outcome;
  for (const name of ["partner", "shop", "product", "reason", "after"] as const) {
    const value = given(query, name);
    if (value !== undefined) filter[name] = value;
  }
  const [since, until] = [dayStart(query.get("since")), dayStart(query.get("until"))];
  if (since !== undefined) filter.since = since;
  if (until !== undefined) filter.until = instant(until + dayMs - 1);
  return filter;
}

/** The first instant of a day as a date field sends it. */
function dayStart(text: string | null): Instant | undefined {
  return text === null || !isCalendarDay(text) ? undefined : instant(Date.parse(text));
}

function filtersOf(desk: Desk): ListFilter[] {
  const { say, deps, address } = desk;
  const same = (names: Iterable<string>) => [...names].map((name) => [name, name] as const);
  return [
    {
      name: "outcome",
      label: say.say("outcome"),
      options: outcomes.map((one) => [one, say.say(`outcome_${one}`)] as const),
    },
    {
      name: "reason",
      label: say.say("reason"),
      options: reasonsOf(address.query.get("outcome")).map((code) => [code, reasonText(desk, code)] as const),
    },
    { name: "shop", label: say.say("shop"), options: same(deps.config.shops.keys()) },
    { name: "product", label: say.say("product"), options: same(deps.config.products.keys()) },
    partnerFilter(desk),
    { name: "since", label: say.say("since"), type: "date" },
    { name: "until", label: say.say("until"), type: "date" },
  ];
}

/** The reasons that orders of an outcome can have; credited ones are asked for by evidence, not here. */
function reasonsOf(outcome: string | null): readonly string[] {
  if (outcome === "held") return holdReasons;
  return outcome === "unattributed" ? unattributedReasons : [...holdReasons, ...unattributedReasons];
}

/** What a text leads to; straight there when it is one thing alone. */
export async function searchPage(desk: Desk): Promise<Response> {
  const { say, kit, deps, address } = desk;
  const query = given(address.query, "q") ?? "";
  const { orders, partners, things } = await searchAnything(deps, query);
  const places = [
    ...orders.map(({ shop, order }) => orderPath(shop, order)),
    ...partners.map(({ id }) => partnerPath(id)),
    ...things.map(thingPath),
  ];
  const [only] = places;
  if (places.length === 1 && only !== undefined) return redirect(only);
  const nothing = places.length === 0;
  return consolePage(desk, {
    title: say.say("search_title"),
    query,
    lead: query === "" ? undefined : say.say("search_lead", { query }),
    content: html`<div class="stack">${
      nothing &&
      card({ title: say.say("search_nothing"), content: emptyState(say.say("search_nothing_why")) })
    }${
      partners.length > 0 &&
      card({
        title: say.say("nav_partners"),
        content: html`<ul class="plain">${partners.map(
          ({ id, name }) =>
            html`<li><a href="${partnerPath(id)}">${name}</a> <span class="sub">${idText(id)}</span></li>`,
        )}</ul>`,
      })
    }${
      things.length > 0 &&
      card({
        title: say.say("search_more"),
        content: html`<ul class="plain">${things.map(
          (one) =>
            html`<li><a href="${thingPath(one)}">${say.say(thingTexts[one.kind])}: ${one.name}</a>${one.partner !== null && html` <span class="sub">${partnerInLine(one.partner)}</span>`}</li>`,
        )}</ul>`,
      })
    }${
      orders.length > 0 &&
      card({
        title: say.say("nav_orders"),
        content: listing({
          kit,
          caption: say.say("nav_orders"),
          columns: orderColumns(desk),
          rows: sortRows(orders, orderColumns(desk), address),
          address,
          empty: { title: "" },
        }),
      })
    }</div>`,
  });
}

const thingTexts = {
  coupon: "nav_coupons",
  payout: "nav_payouts",
  statement: "nav_statements",
  serial: "nav_serials",
  serial_batch: "nav_serials",
  voucher_batch: "nav_vouchers",
  token: "tokens",
  dispute: "nav_disputes",
  deal: "nav_deals",
  adjustment: "nav_adjustments",
  message: "nav_outbox",
} as const satisfies Record<FoundThing["kind"], DeskText>;

/** Where something that was found stands: on a page of its own, or in the list of its partner. */
function thingPath({ kind, name, partner }: FoundThing): string {
  const of = `?partner=${encodeURIComponent(partner ?? "")}`;
  switch (kind) {
    case "coupon":
      return `/console/coupons${of}`;
    case "voucher_batch":
      return `/console/vouchers${of}`;
    case "token":
      return `/console/tokens${of}`;
    case "payout":
      return payoutPath(name);
    case "statement":
      return statementPath(name);
    case "serial":
    case "serial_batch":
      return serialBatchPath(name);
    case "dispute":
      return disputePath(name);
    case "deal":
      return pathOf("console", "deals", name);
    case "adjustment":
      return pathOf("console", "adjustments", name);
    case "message":
      return pathOf("console", "outbox", name);
  }
}

const redirect = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
