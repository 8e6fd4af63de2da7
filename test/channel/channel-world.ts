import { readBalances } from "../../server/src/books/balances.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { concealEvent } from "../../server/src/events/conceal-event.ts";
import { linesOf, type OrderLine } from "../../server/src/events/order-line.ts";
import type { PurchaseEvent } from "../../server/src/events/purchase-event.ts";
import { recordEvent } from "../../server/src/orders/record/record-event.ts";
import { insertClick } from "../../server/src/renewal/rows/clicks.ts";
import { addDays, type Instant, instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { openJourney } from "../journey/journey.ts";
import type { Bench } from "../postgres/on-every-engine.ts";

const product = as.product("acme-paint");

/** A receiver with a distributor, its reseller and another reseller, and what customers and a shop do. */
export async function openChannel(bench: Bench, config?: Record<string, unknown>) {
  const journey = await openJourney(bench, config);
  const { deps } = journey;
  const start = deps.clock();
  await addPartner(deps, { id: "big", name: "Big", kind: "distributor" });
  const north = await journey.partnerWithToken("north", { parent: "big" });
  const south = await journey.partnerWithToken("south");
  const lines: OrderLine[] = [
    {
      line: "li_1",
      articles: [],
      quantity: 2,
      netMinor: 10_000,
      taxMinor: 2_000,
      kind: "new",
      period: "P1Y",
    },
    { line: "li_2", articles: [], quantity: 1, netMinor: 3_333, taxMinor: 667, kind: "new" },
    { line: "ship", articles: [], quantity: 1, netMinor: 500, taxMinor: 100, kind: "shipping" },
  ];
  const record = (event: PurchaseEvent) =>
    deps.store.write((tx) =>
      recordEvent(
        tx,
        deps,
        { shop: as.shop("stripe"), event: concealEvent(event, deps.hashes) },
        deps.clock(),
      ),
    );
  const sale = (
    order: string,
    occurredAt: Instant,
    { licence, country, email }: { licence: string; country: string | undefined; email: string | undefined },
  ): PurchaseEvent => ({
    effect: "sale",
    eventId: `evt_${order}`,
    objectId: order,
    order: as.provider(order),
    providerIds: [as.provider(order)],
    cycle: "new",
    product,
    netMinor: 13_833,
    taxMinor: 2_767,
    currency: as.currency("EUR"),
    lines: linesOf(lines, { netMinor: 13_833, taxMinor: 2_767 }),
    licence,
    ...(country === undefined ? {} : { country }),
    ...(email === undefined ? {} : { email }),
    reference: as.reference(`ref_${order}`),
    occurredAt,
  });
  /** The customer clicks a partner's link and buys, north's by default. */
  const sell = async (
    order: string,
    occurredAt: Instant = deps.clock(),
    {
      by = "north",
      licence = "AAAA-BBBB",
      country,
      email,
    }: { by?: string; licence?: string; country?: string; email?: string } = {},
  ) => {
    await deps.store.write((tx) =>
      insertClick(tx, {
        reference: as.reference(`ref_${order}`),
        product,
        partner_id: as.partner(by),
        jti: as.token(by === "north" ? north.jti : south.jti),
        token_issued_at: start,
        licence_hash: null,
        clicked_at: instant(Math.max(start, deps.clock() - 3_600_000)),
      }),
    );
    return record(sale(order, occurredAt, { licence, country, email }));
  };
  const refund = (
    order: string,
    at: number,
    part: { amountMinor: number; netMinor?: number; lines?: object[] },
  ) =>
    record({
      effect: "refund",
      eventId: `evt_re_${order}_${at}`,
      objectId: `re_${order}_${at}`,
      occurredAt: addDays(start, at),
      cumulative: false,
      target: [as.provider(order)],
      currency: as.currency("EUR"),
      ...part,
    } as PurchaseEvent);
  const credited = async () => {
    const rows = await readBalances(deps);
    return Object.fromEntries(rows.map(({ partner, heldMinor }) => [partner, heldMinor]));
  };
  return { deps, journey, start, sell, refund, credited, record, sale };
}
