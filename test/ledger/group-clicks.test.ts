import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Deps } from "../../server/src/deps/deps.ts";
import { recordClick } from "../../server/src/renewal/click.ts";
import { spellLicence } from "../../server/src/secrets/licence-spelling.ts";
import type { Store } from "../../server/src/store/store.ts";
import { revokeToken } from "../../server/src/tokens/tokens.ts";
import { openJourney } from "../journey/journey.ts";
import { benchOf } from "../postgres/on-every-engine.ts";

const indexes = Array.from({ length: 40 }, (_, index) => index);

/** A store that notes how often each piece of work was run: twice when it did not stay in its group. */
function counting(store: Store) {
  const runs: number[] = [];
  const counted: Store = {
    ...store,
    engine: store.engine,
    write: (work, options) => {
      const at = runs.push(0) - 1;
      return store.write((tx) => {
        runs[at] = (runs[at] ?? 0) + 1;
        return work(tx);
      }, options);
    },
  };
  return { counted, runs };
}

describe("clicks that come at once on PostgreSQL", () => {
  const bench = benchOf("postgres");

  it.each(["loose", "exact"] as const)(
    "share a transaction, each with its own answer: %s licences",
    async (licence) => {
      const checkout = { shop: "stripe", url: "https://buy.stripe.com/abc?client_reference_id={reference}" };
      const products = [{ id: "acme-paint", name: "Acme Paint", licence, checkout }];
      const { deps, partnerWithToken } = await openJourney(bench, { products });
      const north = await partnerWithToken("north");
      const south = await partnerWithToken("south");
      await revokeToken(deps, south.jti);
      const { counted, runs } = counting(deps.store);
      const all = indexes.map((index) =>
        recordClick({ ...deps, store: counted } as Deps, {
          product: "acme-paint",
          token: index % 4 === 3 ? south.token : north.token,
          licence: `AAAA-${index}`,
        }),
      );
      const accepted = (await Promise.all(all)).map((one) => one.accepted);
      expect(accepted).toEqual(indexes.map((index) => index % 4 !== 3));
      expect(runs).toEqual(indexes.map(() => 1));
      const clicks = await deps.store.cold
        .selectFrom("clicks")
        .select(["partner_id", "licence_hash", sql<string>`xmin::text`.as("transaction")])
        .execute();
      const licences = indexes.filter((index) => index % 4 !== 3).map((index) => `AAAA-${index}`);
      expect(clicks.map(({ licence_hash }) => licence_hash).sort()).toEqual(
        licences.map((one) => spellLicence(deps.hashes, one, licence).hash).sort(),
      );
      expect(new Set(clicks.map(({ partner_id }) => partner_id))).toEqual(new Set(["north"]));
      expect(new Set(clicks.map(({ transaction }) => transaction)).size).toBeLessThan(clicks.length);
    },
  );
});
