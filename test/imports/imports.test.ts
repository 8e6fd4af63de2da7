import { join } from "node:path";
import { expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import { listPartners } from "../../server/src/channel/partners.ts";
import { importFiles } from "../../server/src/imports/import-files.ts";
import type { Programme } from "../../server/src/imports/programmes.ts";
import { readMapping } from "../../server/src/imports/read-mapping.ts";
import { releaseImported } from "../../server/src/imports/release-imported.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { ownPurchaseCompleted } from "../shops/own-shop-fixtures.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";

const samples = join(import.meta.dirname, "samples");

interface Sample {
  programme: Programme;
  files: string[];
  partners: [string, string];
  /** The second partner has ended there, or stands below the first. */
  second: { status?: "ended"; parent?: true };
  /** Commissions, and what they come to. */
  rows: number;
  due: string;
}

const cases: Sample[] = [
  {
    programme: "rewardful",
    files: ["rewardful-commissions.json", "rewardful-affiliates.json"],
    partners: ["nora-nord", "wes-weston"],
    second: { status: "ended" },
    rows: 6,
    due: "EUR",
  },
  {
    programme: "tapfiliate",
    files: ["tapfiliate-affiliates.json", "tapfiliate-conversions.json"],
    partners: ["nora-nord", "wes-weston"],
    second: { parent: true },
    rows: 7,
    due: "EUR",
  },
  {
    programme: "post-affiliate-pro",
    files: ["post-affiliate-pro.csv"],
    partners: ["nora-nord", "wes-weston"],
    second: { parent: true },
    rows: 7,
    due: "EUR",
  },
  {
    programme: "firstpromoter",
    files: ["firstpromoter-promoters.json", "firstpromoter-commissions.json"],
    partners: ["nora-nord", "wes-weston"],
    second: { parent: true },
    rows: 8,
    due: "EUR",
  },
  {
    programme: "partnerstack",
    files: ["partnerstack-partnerships.json", "partnerstack-rewards.json"],
    partners: ["nora-nord", "wes-weston"],
    second: { status: "ended" },
    rows: 7,
    due: "USD",
  },
];

const read = async (programme: Programme, files: readonly string[], mapping?: string) => ({
  programme,
  files: files.map((file) => join(samples, file)),
  mapping: await readMapping(programme, { file: mapping && join(samples, mapping), product: "acme-paint" }),
});

const balancesOf = async ({ deps }: Journey) =>
  (await readBalances(deps)).toSorted((a, b) =>
    `${a.partner} ${a.currency}` < `${b.partner} ${b.currency}` ? -1 : 1,
  );

const buy = (journey: Journey, id: string, over: { email?: string; licence?: string }) =>
  journey.stripe(
    stripeCheckoutCompleted({
      ...journey.happening(),
      id,
      paymentIntent: `pi_${id}`,
      email: over.email ?? `${id}@elsewhere.example`,
      metadata: {
        product: "acme-paint",
        ...(over.licence === undefined ? {} : { licence: over.licence }),
      },
    }),
  );

onEveryEngine("an import", (bench) => {
  for (const { programme, files, partners, second, rows, due } of cases)
    it(`of ${programme} keeps rows, balances and customers, and does nothing when it is repeated`, async () => {
      const journey = await openJourney(bench);
      const order = await read(programme, files);
      const [first, other] = partners;

      const tried = await importFiles(journey.deps, { ...order, dryRun: true });
      expect(tried.shown.filter(({ problem }) => problem !== undefined)).toEqual([]);
      expect(tried).toMatchObject({ rows, actions: { new: rows, problem: 0 }, partnersAdded: 2 });
      expect(tried.shown).toHaveLength(rows);
      expect(await listPartners(journey.deps)).toEqual([]);

      const done = await importFiles(journey.deps, order);
      expect(done).toMatchObject({ rows, actions: { new: rows, problem: 0 }, partnersAdded: 2, licences: 1 });
      expect(await listPartners(journey.deps)).toMatchObject([
        { id: first, status: "active" },
        { id: other, status: second.status ?? "active", parent: second.parent ? first : null },
      ]);
      const paid = { heldMinor: 0, payableMinor: 0, paidMinor: 3000 };
      const payable = { heldMinor: 0, payableMinor: 2050, paidMinor: 0 };
      const held = { partner: other, currency: "USD", heldMinor: 1000, payableMinor: 0, paidMinor: 0 };
      const expected =
        due === "USD"
          ? [{ partner: first, currency: "USD", heldMinor: 0, payableMinor: 2050, paidMinor: 3000 }, held]
          : [
              { partner: first, currency: "EUR", ...payable },
              { partner: first, currency: "USD", ...paid },
              held,
            ];
      expect(await balancesOf(journey)).toEqual(expected);
      await journey.expectSoundLedger();

      const again = await importFiles(journey.deps, order);
      expect(again).toMatchObject({ actions: { new: 0, changed: 0, unchanged: rows }, partnersAdded: 0 });
      expect(await balancesOf(journey)).toEqual(expected);

      journey.pass(1);
      await buy(journey, "cs_licence", { licence: "aaaa 0001" });
      expect(await journey.explain("cs_licence")).toMatchObject({ outcome: "credited", partner: first });
      const paidAt = new Date(journey.now).toISOString();
      const told = {
        licence: "AAAA 0001",
        reference: null,
        coupon: null,
        customer: { email: "new@elsewhere.example" },
      };
      await journey.own(ownPurchaseCompleted({ order: "R-1", ...told, paidAt }));
      expect(await journey.explain("R-1", "own")).toMatchObject({
        outcome: "credited",
        partner: first,
        cycle: "renewal",
      });
      await buy(journey, "cs_email", { email: "BEN@customer.example" });
      expect(await journey.explain("cs_email")).toMatchObject({ outcome: "credited", partner: first });
      await buy(journey, "cs_void", { email: "dan@customer.example" });
      expect(await journey.explain("cs_void")).toMatchObject({ outcome: "unattributed" });
      // Nor does a run after the renewal take anything back or give it twice.
      const credited = await balancesOf(journey);
      expect(await importFiles(journey.deps, order)).toMatchObject({ actions: { unchanged: rows, new: 0 } });
      expect(await balancesOf(journey)).toEqual(credited);
      await journey.expectSoundLedger();
    });

  it("of FirstPromoter lists points and free months apart, and books no money for them", async () => {
    const journey = await openJourney(bench);
    const order = await read("firstpromoter", ["firstpromoter-commissions.json"]);
    expect(await importFiles(journey.deps, order)).toMatchObject({
      rewards: [
        { partner: "nora-nord", unit: "free_months", amount: 3, rows: 1 },
        { partner: "wes-weston", unit: "points", amount: 150, rows: 1 },
      ],
    });
    expect((await balancesOf(journey)).map(({ currency }) => currency)).toEqual(["EUR", "USD", "USD"]);
  });

  it("of one's own list follows a mapping, and what it cannot take is reported by row and taken once it can be", async () => {
    const journey = await openJourney(bench);
    const order = await read("csv", ["own-list.csv"], "own-list-mapping.json");
    const [kind] = order.mapping.kinds;
    const states = { bezahlt: "paid", offen: "payable" } as const;
    const partial = { ...order.mapping, kinds: kind === undefined ? [] : [{ ...kind, states }] };
    expect(await importFiles(journey.deps, { ...order, mapping: partial })).toMatchObject({
      actions: { new: 2, problem: 1 },
      shown: [
        { file: "own-list.csv", row: 4, action: "problem", problem: expect.stringContaining("wartet") },
      ],
    });
    expect(await importFiles(journey.deps, order)).toMatchObject({
      actions: { new: 1, unchanged: 2, problem: 0 },
    });
    expect(await balancesOf(journey)).toEqual([
      { partner: "north-shop", currency: "EUR", heldMinor: 0, payableMinor: 2050, paidMinor: 103_000 },
      { partner: "west-shop", currency: "EUR", heldMinor: 1000, payableMinor: 0, paidMinor: 0 },
    ]);
  });

  it("of a newer export books the difference, and what is held until a day is released on it", async () => {
    const journey = await openJourney(bench);
    const order = await read("rewardful", ["rewardful-commissions.json", "rewardful-affiliates.json"]);
    await importFiles(journey.deps, order);
    expect(await releaseImported(journey.deps)).toBe(0);
    journey.pass(90);
    expect(await releaseImported(journey.deps)).toBe(1);
    expect(await releaseImported(journey.deps)).toBe(0);
    const released = (await balancesOf(journey)).find(({ partner }) => partner === "wes-weston");
    expect(released).toMatchObject({ heldMinor: 0, payableMinor: 1000 });
    expect(await importFiles(journey.deps, order)).toMatchObject({ actions: { changed: 0 } });
    const [partnersKind, ...others] = order.mapping.kinds;
    const kinds =
      partnersKind === undefined
        ? []
        : [{ ...partnersKind, states: { ...partnersKind.states, due: "paid" as const } }, ...others];
    const newer = { ...order, mapping: { ...order.mapping, kinds } };
    expect(await importFiles(journey.deps, newer)).toMatchObject({ actions: { changed: 1 } });
    const paid = (await balancesOf(journey)).find(({ currency }) => currency === "EUR");
    expect(paid).toMatchObject({ payableMinor: 0, paidMinor: 2050 });
    await journey.expectSoundLedger();
  });

  it("that was changed behind the receiver's back is found by ledger verify", async () => {
    const journey = await openJourney(bench);
    await importFiles(journey.deps, await read("rewardful", ["rewardful-commissions.json"]));
    const { putImportRows, findImportRowsOf } = await import("../../server/src/imports/rows/many-rows.ts");
    await journey.deps.store.write(async (tx) => {
      const rows = await findImportRowsOf(tx, [["rewardful", "commission", "39e68c88-2"]]);
      expect(rows).toHaveLength(1);
      await putImportRows(
        tx,
        rows.map((row) => ({ ...row, amount_minor: 9999 })),
      );
    });
    const report = await verifyLedger(journey.deps);
    expect(report.failures).toEqual([
      expect.stringContaining("its imported row says otherwise"),
      expect.stringContaining("imported row rewardful 39e68c88-2"),
    ]);
  });

  it("leaves a customer with the partner that has her", async () => {
    const journey = await openJourney(bench);
    const token = await journey.partnerWithToken("south");
    await journey.register("AAAA-0001", token.token);
    journey.pass(1);
    const report = await importFiles(journey.deps, await read("rewardful", ["rewardful-commissions.json"]));
    expect(report.shown).toMatchObject([{ id: "39e68c88-1", taken: ["licence"] }]);
    journey.pass(1);
    await buy(journey, "cs_1", { licence: "AAAA-0001" });
    expect(await journey.explain("cs_1")).toMatchObject({ partner: "south" });
  });

  it("means a partner that is here already where the mapping says so", async () => {
    const journey = await openJourney(bench);
    await journey.partnerWithToken("south");
    const order = await read("rewardful", ["rewardful-commissions.json"]);
    const mapping = { ...order.mapping, partners: { "nora@north.example": "south" } };
    expect(await importFiles(journey.deps, { ...order, mapping })).toMatchObject({ partnersAdded: 1 });
    expect((await balancesOf(journey)).map(({ partner }) => partner)).toEqual([
      "south",
      "south",
      "wes-weston",
    ]);
  });
});
