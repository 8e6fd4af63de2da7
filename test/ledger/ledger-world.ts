import { evidenceKinds } from "../../server/src/attribution/evidence.ts";
import { insertPartner } from "../../server/src/channel/rows/partners.ts";
import type { Config } from "../../server/src/config/config.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { concealEvent } from "../../server/src/events/conceal-event.ts";
import type { PurchaseEvent } from "../../server/src/events/purchase-event.ts";
import { recordEvent } from "../../server/src/orders/record/record-event.ts";
import { bookChecks } from "../../server/src/receiver/book-checks.ts";
import { ways } from "../../server/src/receiver/ways.ts";
import { insertClick } from "../../server/src/renewal/rows/clicks.ts";
import { createHashes } from "../../server/src/secrets/create-hashes.ts";
import type { OpenedStore } from "../../server/src/store/store.ts";
import { type Instant, instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";

/** A world to record events in: a store, a clock that stands still until it is moved, no HTTP. */
export type LedgerWorld = Pick<Deps, "config" | "hashes" | "clock" | "ways" | "bookChecks"> & {
  store: OpenedStore;
  now: Instant;
};

export const noon = instant(Date.UTC(2027, 0, 1, 12));
export const shop = as.shop("stripe");

export function ledgerWorld(store: OpenedStore, over: Partial<Config> = {}): LedgerWorld {
  const config = {
    policy: {
      order: evidenceKinds,
      windowDays: { token: 1830 },
      onConflict: "credit_first",
      selfPurchaseByDomain: true,
    },
    articles: new Map(),
    adjustments: { approvalAboveMinor: {}, approvalWindowDays: 30 },
    referenceDays: 30,
    holdDays: 30,
    ...over,
  } as Config;
  const world: LedgerWorld = {
    store,
    config,
    ways,
    bookChecks,
    hashes: createHashes("a pepper that is long enough for tests"),
    now: noon,
    clock: () => world.now,
  };
  return world;
}

export async function addPartnerRow(world: LedgerWorld, id: string, percentBp: number): Promise<void> {
  await world.store.write((tx) =>
    insertPartner(tx, {
      id: as.partner(id),
      name: id,
      kind: "reseller",
      percent_bp: percentBp,
      email_hash: null,
      email_domain_hash: null,
      email_alias_hash: null,
      email_site_hash: null,
      status: "active",
      created_at: noon,
      ended_at: null,
    }),
  );
}

/** A verified click of a partner's token, a minute before noon. */
export async function addClick(world: LedgerWorld, reference: string, partner: string): Promise<void> {
  const clickedAt = instant(noon - 60_000);
  await world.store.write((tx) =>
    insertClick(tx, {
      reference: as.reference(reference),
      product: as.product("acme-paint"),
      partner_id: as.partner(partner),
      jti: as.token(`jti-${partner}`),
      token_issued_at: instant(noon - 86_400_000),
      licence_hash: null,
      clicked_at: clickedAt,
    }),
  );
}

export const take = (world: LedgerWorld, event: PurchaseEvent) =>
  world.store.write(
    (tx) => recordEvent(tx, world, { shop, event: concealEvent(event, world.hashes) }, world.clock()),
    { inGroup: true },
  );
