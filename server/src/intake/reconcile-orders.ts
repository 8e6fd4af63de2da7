import type { ShopSettings } from "../config/shop-config.ts";
import type { Deps } from "../deps/deps.ts";
import type { Shop, SingleReading } from "../shops/shop.ts";
import { type WooResource, wooObjects } from "../shops/woocommerce/api.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { recorderOn } from "./recorder.ts";
import { rehearsing } from "./rehearsal.ts";
import { takeWebhook } from "./take-webhook.ts";

/** What reading a shop's orders came to. */
export interface ReconcileReport {
  shop: string;
  since: string;
  orders: number;
  subscriptions: number;
  /** Events that were new, of those that were offered. */
  recorded: number;
  /** Objects that told nothing new. */
  known: number;
  /** Objects that count for nothing yet, such as unpaid orders. */
  ignored: number;
  /** Objects that made no sense. */
  refused: number;
  dryRun: boolean;
}

/** Hears how much was read so far. */
export type OnReconciled = (done: { orders: number; subscriptions: number }) => void;

interface ReconcileOrder {
  shop: string;
  api: NonNullable<Extract<ShopSettings, { kind: "woocommerce" }>["api"]>;
  since: Instant;
  dryRun: boolean;
}

/**
 * Reads all orders and subscriptions of a WooCommerce shop that changed since a time, and takes them as its webhooks would
 * have told of them. To run it again changes nothing.
 *
 * @throws ShopApiError when the API cannot be read to the end; what was read until then is recorded
 */
export async function reconcileOrders(
  deps: Deps,
  { shop, api, since, dryRun }: ReconcileOrder,
  onProgress: OnReconciled = () => {},
): Promise<ReconcileReport> {
  const world = dryRun ? rehearsing(deps) : deps;
  const counts = { recorded: 0, known: 0, ignored: 0, refused: 0 };
  const seen: Record<WooResource, number> = { orders: 0, subscriptions: 0 };
  for (const resource of ["orders", "subscriptions"] as const) {
    for await (const reading of wooObjects(api, resource, since)) {
      seen[resource]++;
      counts[await take(world, shop, reading)]++;
      onProgress(seen);
    }
  }
  return { shop, since: isoTime(since), ...seen, ...counts, dryRun };
}

/** A shop that reads what its API told: so an order goes the very way of a webhook. */
async function take(deps: Deps, shop: string, reading: SingleReading) {
  const told: Shop = { kind: "woocommerce", read: () => reading };
  const delivery = { shop, headers: new Headers(), body: new Uint8Array() };
  try {
    const { status } = await takeWebhook(
      { ...deps, shops: new Map([[as.shop(shop), told]]), recorder: recorderOn(deps) },
      delivery,
    );
    return status === "duplicate" ? "known" : status;
  } catch (error) {
    if ((error as Error).name === "Refusal") return "refused";
    throw error;
  }
}
