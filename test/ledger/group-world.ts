import { insertCoupon } from "../../server/src/coupons/rows/coupons.ts";
import { concealEvent } from "../../server/src/events/conceal-event.ts";
import type { PurchaseEvent, SaleEvent } from "../../server/src/events/purchase-event.ts";
import { recordEvent } from "../../server/src/orders/record/record-event.ts";
import { insertRegistration } from "../../server/src/renewal/rows/registrations.ts";
import type { OpenedStore } from "../../server/src/store/store.ts";
import { instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { addClick, addPartnerRow, type LedgerWorld, ledgerWorld, noon, shop } from "./ledger-world.ts";

const id = as.provider;
/** So long after noon. */
export const minutes = (count: number) => instant(noon + count * 60_000);
/** How many of each kind come at once. */
export const count = 40;
/** Their numbers. */
export const indexes = Array.from({ length: count }, (_, index) => index);

/** A sale as most shops tell it, under two ids. */
export const sale = (name: string, over: Partial<SaleEvent> = {}): SaleEvent => ({
  effect: "sale",
  eventId: `evt_${name}`,
  objectId: `cs_${name}`,
  order: id(`cs_${name}`),
  providerIds: [id(`cs_${name}`), id(`pi_${name}`)],
  cycle: "new",
  product: as.product("acme-paint"),
  netMinor: 10_000,
  taxMinor: 2000,
  currency: as.currency("EUR"),
  occurredAt: minutes(0),
  ...over,
});

/** Half of a sale goes back. */
export const refund = (name: string): PurchaseEvent => ({
  effect: "refund",
  eventId: `evt_re_${name}`,
  objectId: `re_${name}`,
  target: [id(`pi_${name}`)],
  amountMinor: 6000,
  cumulative: true,
  currency: as.currency("EUR"),
  occurredAt: minutes(20),
});

/** Records an event, and says how often its work was run: twice when it did not stay in its group. */
export async function take(world: LedgerWorld, event: PurchaseEvent, kind: "exact" | "loose" = "loose") {
  let runs = 0;
  const told = { shop, event: concealEvent(event, world.hashes, kind) };
  const { status } = await world.store.write(
    (tx) => {
      runs += 1;
      return recordEvent(tx, world, told, world.clock());
    },
    { inGroup: true },
  );
  return { status, runs };
}

/** Records events that come at once. */
export const takeAll = (
  world: LedgerWorld,
  events: readonly PurchaseEvent[],
  kind: "exact" | "loose" = "loose",
) => Promise.all(events.map((event) => take(world, event, kind)));

/** What becomes of events that stay in their groups. */
export const once = indexes.map(() => ({ status: "recorded", runs: 1 }));

/** A world of two partners and a click for each index, on a store. */
export async function groupWorld(store: OpenedStore): Promise<LedgerWorld> {
  const world = ledgerWorld(store);
  await addPartnerRow(world, "north", 2000);
  await addPartnerRow(world, "south", 1000);
  for (const index of indexes) await addClick(world, `click-${index}`, index % 2 === 0 ? "north" : "south");
  return world;
}

/** Licences that copies with a token of north's have registered. */
export const register = (world: LedgerWorld, licence: string) =>
  world.store.write((tx) =>
    insertRegistration(tx, {
      product: as.product("acme-paint"),
      licence_hash: world.hashes.looseLicence(licence),
      partner_id: as.partner("north"),
      jti: as.token("jti-north"),
      token_issued_at: instant(noon - 86_400_000),
      bound_at: instant(noon - 3_600_000),
      sold: null,
      contradicted: null,
    }),
  );

/**
 * Sales by click, sales and renewals of registered copies, refunds of these, sales by coupon and of licences whose spelling
 * matters: so many of each at once.
 * Returns what became of them, kind by kind.
 */
export async function takeEveryKind(world: LedgerWorld): Promise<{ status: string; runs: number }[][]> {
  const answers: { status: string; runs: number }[][] = [];
  const licence = (index: number) => `licence-${index}`;
  for (const index of indexes) await register(world, licence(index));
  const now = noon;
  const coupon = { partner_id: as.partner("south"), products: null, valid_until: null, ended_at: null };
  await world.store.write((tx) =>
    insertCoupon(tx, { code: "SOUTH10", ...coupon, valid_from: now, created_at: now }),
  );
  // What is asked for the first time may have to be made ready.
  await takeAll(world, [sale("warm-up", { reference: "click-0", coupons: ["SOUTH10"] })]);

  const byClick = indexes.map((index) => sale(`click-${index}`, { reference: `click-${index}` }));
  answers.push(await takeAll(world, byClick));
  const first = (index: number) =>
    sale(`first-${index}`, { licence: licence(index), email: `${index}@b.example` });
  answers.push(await takeAll(world, indexes.map(first)));
  const renewal = (index: number) =>
    sale(`renewal-${index}`, {
      licence: licence(index),
      email: `${index}@b.example`,
      subscription: id(`sub-${index}`),
      cycle: "renewal",
      occurredAt: minutes(5),
    });
  answers.push(await takeAll(world, indexes.map(renewal)));
  const refunds = indexes.map((index) => refund(`renewal-${index}`));
  answers.push(await takeAll(world, refunds));
  const withCoupon = indexes.map((index) => sale(`coupon-${index}`, { coupons: ["SOUTH10"] }));
  answers.push(await takeAll(world, withCoupon));
  const exact = indexes.map((index) => sale(`exact-${index}`, { licence: `Exact-${index}` }));
  await takeAll(world, [sale("warm-up-exact", { licence: "Exact" })], "exact");
  answers.push(await takeAll(world, exact, "exact"));
  return answers;
}
