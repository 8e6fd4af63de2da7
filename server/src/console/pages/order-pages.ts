import { holdReasons, unattributedReasons } from "../../attribution/reasons.ts";
import { listOrders, type OrderFilter, type OrderSummary } from "../../orders/orders.ts";
import { html } from "../../pages/html.ts";
import { csvResponse, type ListFilter, type Listing, listing, listingCsv } from "../../pages/listing.ts";
import { card, emptyState } from "../../pages/parts.ts";
import { type Instant, instant } from "../../words/clock.ts";
import { searchAnything } from "../search.ts";
import { consolePage, type Desk, given } from "./desk.ts";
import { orderColumns, orderPath, partnerPath, reasonText } from "./shown.ts";

const dayMs = 86_400_000;
const pageRows = 50;
/** How far back a list goes that no index serves, unless an earlier time is asked for. */
const windowDays = 31;

/** Orders, the newest first, narrowed by what the address says. */
export async function ordersPage(desk: Desk): Promise<Response> {
  const { say, kit, deps, address } = desk;
  const filter = filterOf(desk);
  const isWalked = [filter.partner, filter.shop, filter.product, filter.reason].some(
    (one) => one !== undefined,
  );
  const bounded = isWalked && filter.since === undefined;
  const since = bounded ? windowStart(filter.until ?? deps.clock()) : filter.since;
  const { orders, next } = await listOrders(deps, { ...filter, ...(since === undefined ? {} : { since }) });
  const list: Listing<OrderSummary> = {
    kit,
    caption: say.say("nav_orders"),
    columns: orderColumns(desk),
    rows: orders,
    address,
    filters: filtersOf(desk),
    next,
    exports: true,
    empty: { title: say.say("no_orders"), text: say.say("no_orders_why") },
  };
  if (address.query.get("format") === "csv") return csvResponse("orders", listingCsv(list));
  const lead = bounded && since !== undefined ? say.say("orders_since", { day: say.day(since) }) : undefined;
  return consolePage(desk, {
    title: say.say("nav_orders"),
    lead,
    content: card({ title: say.say("orders_title"), content: listing(list) }),
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
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : instant(at);
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
    { name: "partner", label: say.say("partner") },
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
  const { orders, partners } = await searchAnything(deps, query);
  const [order, partner] = [orders[0], partners[0]];
  if (orders.length === 1 && partners.length === 0 && order !== undefined)
    return redirect(orderPath(order.shop, order.order));
  if (partners.length === 1 && orders.length === 0 && partner !== undefined)
    return redirect(partnerPath(partner.id));
  const nothing = orders.length + partners.length === 0;
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
            html`<li><a href="${partnerPath(id)}">${name}</a> <span class="sub">${id}</span></li>`,
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
          rows: orders,
          address,
          empty: { title: "" },
        }),
      })
    }</div>`,
  });
}

const redirect = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
