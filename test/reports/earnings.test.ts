import { expect, it } from "vitest";
import { addPartner } from "../../server/src/channel/partners.ts";
import { splitMinor } from "../../server/src/reports/order-earnings.ts";
import { refreshEarningsQuietly } from "../../server/src/reports/refresh-earnings.ts";
import { type Earnings, reportEarnings } from "../../server/src/reports/report-earnings.ts";
import { readProgress } from "../../server/src/reports/rows/earnings.ts";
import { type EarningsBy, earningsBy } from "../../server/src/reports/rows/schema.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import { instant } from "../../server/src/words/clock.ts";
import { openChannel } from "../channel/channel-world.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { stripeChargeRefunded, stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";

const shown = (rows: readonly Earnings[]) =>
  rows.map(({ value, orders, netMinor, commissionMinor, sharePercent }) => [
    value,
    orders,
    netMinor,
    commissionMinor,
    sharePercent,
  ]);

async function openSales(journey: Journey) {
  await addPartner(journey.deps, { id: "north", name: "North", percent: 20 });
  const { token } = await issueToken(journey.deps, {
    partner: "north",
    product: "acme-paint",
    batch: "spring-fair",
  });
  const buy = async (id: string, over: { clicks?: boolean; code?: string } = {}) => {
    const { reference } = over.clicks
      ? await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`)
      : { reference: undefined };
    const discounts =
      over.code === undefined
        ? []
        : [{ promotion_code: { id: `promo_${id}`, code: over.code }, coupon: null }];
    await journey.stripe(
      stripeCheckoutCompleted({
        ...journey.happening(),
        id,
        paymentIntent: `pi_${id}`,
        email: `${id}@home.example`,
        metadata: { product: "acme-paint" },
        discounts,
        ...(reference === undefined ? {} : { reference }),
      }),
    );
  };
  const refund = (id: string) =>
    journey.stripe(
      stripeChargeRefunded({ ...journey.happening(), id: `ch_${id}`, paymentIntent: `pi_${id}` }),
    );
  return { buy, refund, by: (what: EarningsBy) => reportEarnings(journey.deps, { by: what }) };
}

onEveryEngine("the report of earnings", (bench) => {
  it("adds up net and commission by partner, campaign, evidence, reason and month; what went back does not count", async () => {
    const journey = await openJourney(bench);
    const { buy, refund, by } = await openSales(journey);
    await buy("cs_1", { clicks: true });
    await buy("cs_2", { clicks: true });
    await buy("cs_3");
    expect(shown(await by("partner"))).toEqual([
      ["north", 2, 20_000, 4000, 20],
      [null, 1, 10_000, 0, 0],
    ]);
    expect(shown(await by("campaign"))).toEqual([
      ["spring-fair", 2, 20_000, 4000, 20],
      [null, 1, 10_000, 0, 0],
    ]);
    expect(shown(await by("evidence"))).toEqual([
      ["token", 2, 20_000, 4000, 20],
      [null, 1, 10_000, 0, 0],
    ]);
    expect((await by("reason")).map(({ value }) => value)).toContain("no_evidence");
    journey.pass(20);
    await buy("cs_4", { clicks: true });
    await refund("cs_1");
    expect(shown(await by("month"))).toEqual([
      ["2026-11", 3, 20_000, 2000, 10],
      ["2026-12", 1, 10_000, 2000, 20],
    ]);
    const since = instant(Date.UTC(2026, 11, 1));
    expect(shown(await reportEarnings(journey.deps, { by: "product", since }))).toEqual([
      ["acme-paint", 1, 10_000, 2000, 20],
    ]);
    for (const [from, to, net] of [
      ["2026-11-21", "2026-11-21T23:59:59.999", 20_000],
      ["2026-11-22", "2026-12-31T23:59:59.999", 10_000],
      ["2026-11-01", "2026-12-10T23:59:59.999", 20_000],
      ["2026-11-15", "2027-02-10T23:59:59.999", 30_000],
      ["2026-12-01", "2026-11-01T00:00:00.000", 0],
    ] as const) {
      const span = { since: instant(Date.parse(from)), until: instant(Date.parse(`${to}Z`)) };
      const rows = await reportEarnings(journey.deps, { by: "product", ...span });
      expect([from, rows.reduce((sum, { netMinor }) => sum + netMinor, 0)]).toEqual([from, net]);
    }
    const until = instant(since - 1);
    expect(shown(await reportEarnings(journey.deps, { by: "partner", until }))).toEqual([
      ["north", 2, 10_000, 2000, 20],
      [null, 1, 10_000, 0, 0],
    ]);
    const answer = await journey.admin("GET", "/v1/reports/earnings?by=month&since=2026-12-01");
    expect(answer).toMatchObject({ status: 200, body: [{ value: "2026-12", commissionMinor: 2000 }] });
    expect(await journey.admin("GET", "/v1/reports/earnings?by=weather")).toMatchObject({ status: 400 });
  });

  it("is made ready by the receiver, up to two minutes ago, until it is stopped; and says the same", async () => {
    const journey = await openJourney(bench);
    const { buy, by } = await openSales(journey);
    const { deps } = journey;
    const readUpTo = async () => (await deps.store.read(readProgress))?.order_key ?? "";
    const orders = Array.from({ length: 60 }, (_, at) => `cs_${at}`);
    for (const order of orders) await buy(order);
    await refreshEarningsQuietly(deps, () => false);
    const nothing = await readUpTo();
    journey.pass(1);
    await refreshEarningsQuietly(deps, () => true);
    const somePages = await readUpTo();
    await refreshEarningsQuietly(deps, () => false);
    const all = await readUpTo();
    expect([nothing < somePages, somePages < all]).toEqual([true, true]);
    await buy("cs_last");
    await refreshEarningsQuietly(deps, () => false);
    expect(await readUpTo()).toBe(all);
    expect(shown(await by("product"))).toEqual([["acme-paint", 61, 610_000, 0, 0]]);
  });

  it("counts an order's net once, whoever stands above its seller, and to each tier what it earned", async () => {
    const { deps, sell, refund, credited } = await openChannel(bench);
    await sell("o_1");
    await sell("o_2", undefined, { by: "south", licence: "CCCC" });
    await sell("o_3", undefined, { licence: "DDDD" });
    const check = async () => {
      const sums = await Promise.all(earningsBy.map((by) => reportEarnings(deps, { by })));
      const commission = Object.values(await credited()).reduce((sum, one) => sum + one, 0);
      for (const [index, rows] of sums.entries()) {
        const by = earningsBy[index];
        expect([by, rows.reduce((sum, one) => sum + one.commissionMinor, 0)]).toEqual([by, commission]);
        if (by !== "partner" && by !== "tier") expect(rows.reduce((sum, one) => sum + one.orders, 0)).toBe(3);
      }
      return Object.fromEntries(earningsBy.map((by, index) => [by, sums[index] ?? []]));
    };
    const before = await check();
    expect(before.product).toMatchObject([{ value: "acme-paint", netMinor: 3 * 13_833 }]);
    const ofPartners = Object.fromEntries(
      (before.partner ?? []).map(({ value, commissionMinor }) => [value, commissionMinor]),
    );
    expect(ofPartners).toEqual(await credited());
    await refund("o_1", 1, { amountMinor: 3333, netMinor: 3333 });
    const after = await check();
    expect(after.product).toMatchObject([{ netMinor: 3 * 13_833 - 3333 }]);
  });

  it("says the same when it is made anew as when it followed every change", async () => {
    const journey = await openJourney(bench);
    const { buy, refund, by } = await openSales(journey);
    for (const id of ["cs_1", "cs_2", "cs_3"]) {
      await buy(id, { clicks: id !== "cs_2" });
      await by("partner");
      journey.pass(1);
    }
    await refund("cs_3");
    await refund("cs_2");
    const followed = await Promise.all(earningsBy.map(by));
    const { query } = await import("../../server/src/store/query.ts");
    const empty = query<object>()((db) => db.deleteFrom("earnings_progress"));
    const rows = query<object>()((db) => db.deleteFrom("earnings"));
    const months = query<object>()((db) => db.deleteFrom("earnings_months"));
    await journey.deps.store.write(async (tx) => {
      await tx.run(months, {});
      await tx.run(empty, {});
      await tx.run(rows, {});
    });
    expect(await Promise.all(earningsBy.map(by))).toEqual(followed);
  });
});

it("splits an amount by weights without losing a cent", () => {
  expect(splitMinor(100, [1, 1, 1])).toEqual([33, 34, 33]);
  expect(splitMinor(-7, [3, 1])).toEqual([-5, -2]);
  expect(splitMinor(5, [0, 0])).toEqual([0, 5]);
});
