import { describe, expect, it } from "vitest";
import type { ShopSettings } from "../../../server/src/config/shop-config.ts";
import { reconcileOrders } from "../../../server/src/intake/reconcile-orders.ts";
import { explainOrder } from "../../../server/src/orders/explain/explain-order.ts";
import { addDays, isoTime } from "../../../server/src/words/clock.ts";
import { benchOf } from "../../postgres/on-every-engine.ts";
import { emptyLists, type Listing, listings, pageSize } from "../../shops/listings.ts";
import { type AnswerOfApi, openShopApis } from "../../shops/shop-apis.ts";
import { openJourney } from "../journey.ts";

/** A shop that lost a week of webhooks, and whose API is as it is told to be. */
async function openTrial(listing: Listing, sales = 5) {
  const { kind, host, settings, sold, isBeside, start, answer } = listing;
  const journey = await openJourney(benchOf("sqlite"));
  const at = (n: number) => new Date(journey.now - 86_400_000 - n * 60_000).toISOString();
  const all = Array.from({ length: sales }, (_, n) => sold(n + 1, at(n)));
  const troubles: ReturnType<AnswerOfApi>[] = [];
  const trial = { brokenFrom: Number.POSITIVE_INFINITY, emptyAt: -1, afterFirst: () => {} };
  const apis = openShopApis([host], ({ path }) => {
    if (isBeside?.(path)) return { body: emptyLists[kind] };
    const trouble = troubles.shift();
    if (trouble !== undefined) return trouble;
    const from = start(path, all);
    if (from >= trial.brokenFrom) return { status: 500, body: {}, retryAfter: "0" };
    if (from === trial.emptyAt) {
      // The place is left for good: the page behind it is another.
      trial.emptyAt = -1;
      return answer({ told: [], all, next: from + 0.5 });
    }
    const place = Math.floor(from);
    const next = place + pageSize < all.length ? place + pageSize : undefined;
    const told = answer({ told: all.slice(place, place + pageSize), all, next });
    if (place === 0) trial.afterFirst();
    return told;
  });
  const configured = { kind, secrets: [], ...settings } as unknown as ShopSettings;
  const shop = kind === "gumroad" ? "stripe" : kind;
  return {
    ...{ journey, all, troubles, trial, shop, asked: apis.asked },
    since: addDays(journey.now, -7),
    reconcile: (more: object = {}, onProgress?: (read: object) => void) =>
      reconcileOrders(
        journey.deps,
        { shop, settings: configured, dryRun: false, ...more },
        onProgress as never,
      ),
    isKnown: (n: number) =>
      explainOrder(journey.deps, shop, listing.order(n)).then(
        () => true,
        () => false,
      ),
    close: apis.close,
  };
}

const often = (retryAfter: string) => ({ status: 429, body: {}, retryAfter });
const broken = { status: 503, body: {}, retryAfter: "0" };
/** A time that is over, so that nobody waits for it. */
const past = "Wed, 19 Nov 2025 14:13:10 GMT";

describe.each(listings)("a week that $kind told in vain", (listing) => {
  it("is read through asking too often and failures, and is remembered once all of it was read", async () => {
    const {
      reconcile,
      troubles,
      trial,
      since,
      isKnown,
      journey,
      asked: questions,
      ...rest
    } = await openTrial(listing);
    try {
      troubles.push(often(past), often("0"), broken);
      const told: object[] = [];
      const dry = await reconcile({ since, dryRun: true }, (read) => told.push({ ...read }));
      expect(dry).toMatchObject({ recorded: 5, refused: 0, dryRun: true });
      expect(told).toHaveLength(5);
      expect(await isKnown(1)).toBe(false);

      // It breaks off: what was read by then counts, and nothing is remembered of it.
      trial.brokenFrom = 2;
      const failed = reconcile({ since });
      await expect(failed).rejects.toThrow(
        `${new URL(listing.host).host} answered 500. Run \`shop reconcile ${rest.shop} --since ${isoTime(since)}\` again later`,
      );
      expect([await isKnown(1), await isKnown(2), await isKnown(3)]).toEqual([true, true, false]);
      await expect(reconcile()).rejects.toThrow("was never read");

      trial.brokenFrom = Number.POSITIVE_INFINITY;
      troubles.push(broken);
      expect(await reconcile({ since })).toMatchObject({ recorded: 3, known: 2, refused: 0 });
      expect(await isKnown(5)).toBe(true);
      expect(await reconcile()).toMatchObject({ recorded: 0, refused: 0 });
      expect(questions.length).toBeGreaterThan(12);
      await journey.expectSoundLedger();
    } finally {
      await rest.close();
    }
  });

  it("is not asked again before its time, nor by a key that may not read it", async () => {
    const { reconcile, troubles, since, close, shop } = await openTrial(listing);
    try {
      troubles.push(often(new Date(Date.now() + 3_600_000).toUTCString()));
      await expect(reconcile({ since })).rejects.toThrow(
        /answered 429: it wants to be asked again in 6[01] min/,
      );
      troubles.push({ status: 401, body: {} });
      await expect(reconcile({ since })).rejects.toThrow(
        new RegExp(`may not read .*Check the key in the configuration.*shop reconcile ${shop}`),
      );
    } finally {
      await close();
    }
  });

  it("is read to its end where a sale is deleted and another is made meanwhile", async () => {
    const { reconcile, trial, since, isKnown, all, close } = await openTrial(listing);
    try {
      trial.afterFirst = () => {
        trial.afterFirst = () => {};
        // Lists by cursor are held by the last object that was told, which stays.
        all.splice(0, 1);
        if (listing.kind === "shopify" || listing.kind === "chargebee" || listing.kind === "gumroad")
          all.unshift({});
      };
      const report = await reconcile({ since });
      expect(report.refused).toBe(0);
      for (const n of [1, 2, 3, 4, 5]) expect([n, await isKnown(n)]).toEqual([n, true]);
    } finally {
      await close();
    }
  });
});

describe.each(listings.filter(({ kind }) => ["shopify", "chargebee", "gumroad"].includes(kind)))(
  "an empty page of $kind's with a next one",
  (listing) => {
    it("does not end the list", async () => {
      const { reconcile, trial, since, close } = await openTrial(listing);
      try {
        trial.emptyAt = 2;
        expect(await reconcile({ since })).toMatchObject({ recorded: 5, refused: 0 });
      } finally {
        await close();
      }
    });
  },
);

describe.each(listings.filter(({ kind }) => kind === "stripe" || kind === "paddle"))(
  "an empty page of $kind's that says there are more",
  (listing) => {
    it("is a failure, as nobody knows where they are", async () => {
      const { reconcile, troubles, since, close } = await openTrial(listing);
      try {
        const meta = { pagination: { has_more: true, next: null } };
        troubles.push({ body: { data: [], has_more: true, meta } });
        await expect(reconcile({ since })).rejects.toThrow("says that there is more");
        await expect(reconcile()).rejects.toThrow("was never read");
      } finally {
        await close();
      }
    });
  },
);
