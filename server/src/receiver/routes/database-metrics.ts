import { Gauge } from "prom-client";
import { holdReasons } from "../../attribution/reasons.ts";
import { version } from "../../cli/version.ts";
import type { Deps } from "../../deps/deps.ts";
import type { Metrics } from "../../http/metrics.ts";
import { countHeld } from "../../orders/rows/held.ts";
import { countLeft } from "../../secrets/pepper-status.ts";
import { momentNames, noteMoment, readMoments } from "../../store/moments.ts";
import { measureDatabase } from "../../store/size.ts";
import type { Instant } from "../../words/clock.ts";
import { as, type ShopName } from "../../words/ids.ts";

/** Shops' last events are kept over a restart, but not written each time: a watcher looks every minute at most. */
const keepEveryMs = 60_000;
const ofShop = (shop: string) => `shop:${shop}`;
/** Of what was refused in a shop's name: anybody can send that, so it too is written once a minute at most. */
const refusedOf = (shop: string) => `refused:${shop}`;

/** What the database holds and when things happened last, for those who watch; and which program this is. */
export function addDatabaseMetrics(
  { registry, beforeScrape }: Metrics,
  { store, clock, config, hashes }: Pick<Deps, "store" | "clock" | "config" | "hashes">,
): ShopListener {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge<string>({ name, help, labelNames, registers: [registry] });
  const build = gauge("tallystick_build_info", "Which program this is", ["version", "node", "engine"]);
  build.set({ version, node: process.versions.node, engine: store.engine }, 1);
  const up = gauge("tallystick_database_up", "Whether the database answered this scrape");
  const bytes = gauge("tallystick_database_bytes", "What the database takes on the disk", ["part"]);
  const held = gauge("tallystick_orders_held", "Orders that wait for a person", ["reason"]);
  const verified = gauge(
    "tallystick_ledger_verified_timestamp_seconds",
    "When the ledger was checked last; 0 when it never was",
  );
  const sound = gauge("tallystick_ledger_sound", "Whether the ledger added up when it was checked last");
  const shops = gauge(
    "tallystick_shop_last_event_timestamp_seconds",
    "When a shop was heard last with a good signature; 0 when it never was",
    ["shop"],
  );
  // Counting walks through them, so it is done only while there is something to rotate.
  const isRotating = hashes.former !== undefined;
  const former = gauge(
    "tallystick_former_pepper_hashes",
    "Hashes that were made with the former pepper and not met since",
    ["kind"],
  );
  const heardAt = new Map<string, Instant>();
  for (const shop of config.shops.keys()) shops.set({ shop }, 0);
  for (const part of ["data", "log"]) bytes.set({ part }, 0);
  for (const reason of holdReasons) held.set({ reason }, 0);
  sound.set(1);
  beforeScrape(async () => {
    up.set(0);
    const size = await measureDatabase(store, config.database);
    for (const part of ["data", "log"] as const) bytes.set({ part }, size[part]);
    const { moments, waiting } = await store.read(async (tx) => ({
      moments: await readMoments(tx),
      waiting: await countHeld(tx),
    }));
    up.set(1);
    if (isRotating)
      for (const [kind, hashes] of Object.entries(await countLeft(store))) former.set({ kind }, hashes);
    held.reset();
    for (const reason of holdReasons) held.set({ reason }, 0);
    for (const { reason, orders } of waiting) held.set({ reason }, Number(orders));
    const verifiedAt = moments.get(momentNames.verified) ?? 0;
    verified.set(verifiedAt / 1_000);
    sound.set((moments.get(momentNames.sound) ?? 0) >= verifiedAt ? 1 : 0);
    for (const shop of config.shops.keys()) {
      const at = Math.max(heardAt.get(shop) ?? 0, moments.get(ofShop(shop)) ?? 0);
      shops.set({ shop }, at / 1_000);
    }
  });
  const note = remembering({ store, clock });
  return {
    heard: (shop) => {
      heardAt.set(shop, clock());
      note(ofShop(shop));
    },
    refused: (shop) => {
      if (config.shops.has(shop)) note(refusedOf(shop));
    },
  };
}

/** Hears of each delivery in a shop's name: one that the shop has signed, or one that was refused. */
export interface ShopListener {
  heard: (shop: ShopName) => void;
  refused: (shop: ShopName) => void;
}

/** The same metrics, with somebody told of each delivery. */
export const hearing = (metrics: Metrics, { heard, refused }: ShopListener): Metrics => ({
  ...metrics,
  webhook: (shop, outcome) => {
    metrics.webhook(shop, outcome);
    if (outcome === "refused") refused(as.shop(shop));
    else if (outcome !== "failed") heard(as.shop(shop));
  },
});

/** Notes moments in the database now and then. */
function remembering({ store, clock }: Pick<Deps, "store" | "clock">): (name: string) => void {
  const keptAt = new Map<string, Instant>();
  return (name) => {
    const at = clock();
    if (at - (keptAt.get(name) ?? 0) < keepEveryMs) return;
    keptAt.set(name, at);
    // What cannot be noted is no reason to refuse an event that was recorded.
    store.write((tx) => noteMoment(tx, name, at)).catch(() => {});
  };
}
