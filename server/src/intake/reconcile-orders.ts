import type { ShopSettings } from "../config/shop-config.ts";
import type { Deps } from "../deps/deps.ts";
import { ShopApiError } from "../shops/kit/shop-api.ts";
import { inOneMode, withinBounds } from "../shops/kit/shop-rules.ts";
import { listingOf } from "../shops/list-orders.ts";
import type { Shop, SingleReading } from "../shops/shop.ts";
import { type Instant, instant, isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { recorderOn } from "./recorder.ts";
import { rehearsing } from "./rehearsal.ts";
import { findCursor, moveCursor } from "./rows/reconcile-cursors.ts";
import { takeWebhook } from "./take-webhook.ts";

/** What reading a shop's API came to. */
export interface ReconcileReport {
  shop: string;
  since: string;
  orders: number;
  subscriptions: number;
  /** How many objects of each kind were read: `orders` and `subscriptions` again, and others the shop has. */
  read: Record<string, number>;
  /** Objects that told something new. */
  recorded: number;
  /** Objects that told nothing new. */
  known: number;
  /** Objects that count for nothing yet, such as unpaid orders. */
  ignored: number;
  /** Objects that made no sense. */
  refused: number;
  dryRun: boolean;
}

/** Hears how many objects of each kind were read so far. */
export type OnReconciled = (read: Readonly<Record<string, number>>) => void;

interface ReconcileOrder {
  shop: string;
  settings: ShopSettings;
  /** From when on; where it is left out, from where the last complete run ended. */
  since?: Instant | undefined;
  dryRun: boolean;
}

/** What the shop wrote while it was read last, and what was too fresh then, is read again. */
const overlapMs = 2 * 3_600_000;
/** A shop is read as a whole, so it has one cursor. */
const cursorOf = (shop: string) => ({ shop: as.shop(shop), resource: "all" });

/**
 * Reads what changed at a shop since a time by its API, and takes it as its webhooks would have told of it. To run it
 * again changes nothing. A complete run is remembered, so that the next one begins where it ended.
 *
 * @throws Refusal `request_invalid` when the shop has no API that is read, or it was never read and no time is given
 * @throws ShopApiError when the API cannot be read to the end; what was read until then is recorded
 */
export async function reconcileOrders(
  deps: Deps,
  { shop, settings, since: asked, dryRun }: ReconcileOrder,
  onProgress: OnReconciled = () => {},
): Promise<ReconcileReport> {
  const list = listingOf(settings);
  if (list === undefined) throw new Refusal("request_invalid", noApi(shop, settings));
  const now = deps.clock();
  const found = await deps.store.read((tx) => findCursor(tx, cursorOf(shop)));
  const isAhead = found !== undefined && found > now + overlapMs;
  if (isAhead && asked === undefined)
    throw new Refusal(
      "request_invalid",
      `${shop} was read until ${isoTime(found)}, which is still to come: the clock was wrong. Say from when on, with --since DATE.`,
    );
  const cursor = isAhead ? undefined : found;
  const since = asked ?? (cursor === undefined ? undefined : instant(cursor - overlapMs));
  if (since === undefined)
    throw new Refusal("request_invalid", `${shop} was never read: say from when on, with --since DATE.`);
  const world = dryRun ? rehearsing(deps) : deps;
  const counts = { recorded: 0, known: 0, ignored: 0, refused: 0 };
  const read: Record<string, number> = {};
  try {
    for await (const { resource, reading } of list({ since, now })) {
      read[resource] = (read[resource] ?? 0) + 1;
      counts[await take(world, { shop, settings }, reading)]++;
      onProgress(read);
    }
  } catch (error) {
    if (!(error instanceof ShopApiError)) throw error;
    throw withAdvice(error, { shop, kind: settings.kind, since, isRemembered: asked === undefined });
  }
  // A run from a later time leaves a gap, so it does not count as having read until now.
  if (!dryRun && (cursor === undefined || since <= cursor))
    await deps.store.write((tx) => moveCursor(tx, { ...cursorOf(shop), read_until: now }));
  const { orders = 0, subscriptions = 0 } = read;
  return { shop, since: isoTime(since), orders, subscriptions, read, ...counts, dryRun };
}

interface Failed {
  shop: string;
  kind: string;
  since: Instant;
  /** Whether the next run begins at the same time by itself. */
  isRemembered: boolean;
}

/** What a list that broke off came to, and what to do next; what was read by then has been taken. */
function withAdvice(error: ShopApiError, { shop, kind, since, isRemembered }: Failed): ShopApiError {
  const { status } = error;
  const message = `${shop}: ${error.message}`;
  if (/ask for a later time|set the shop's own address/.test(message))
    return new ShopApiError(message, status);
  const again = `shop reconcile ${shop}${isRemembered ? "" : ` --since ${isoTime(since)}`}`;
  const first =
    status === 401 || status === 403 || status === 400
      ? `Check the key in the configuration and what it may read (docs/shops/${kind}.md), then run`
      : "Run";
  return new ShopApiError(
    `${message}. ${first} \`${again}\` again${first === "Run" ? " later" : ""}: what was read until now counts no second time.`,
    status,
  );
}

function noApi(shop: string, { kind }: ShopSettings): string {
  const guide = kind === "standard-webhooks" ? "own-shop" : kind;
  return `${shop} has no API in the configuration whose orders can be read: see docs/shops/${guide}.md.`;
}

/** A shop that reads what its API told: so an object goes the very way of a webhook. */
async function take(
  deps: Deps,
  { shop, settings }: Pick<ReconcileOrder, "shop" | "settings">,
  reading: SingleReading,
) {
  const testMode = "testMode" in settings && settings.testMode === true;
  const told: Shop = inOneMode(withinBounds({ kind: settings.kind, read: () => reading }), testMode);
  const delivery = { shop, headers: new Headers(), body: new Uint8Array() };
  try {
    const { status } = await takeWebhook(
      { ...deps, shops: new Map([[as.shop(shop), told]]), recorder: recorderOn(deps) },
      delivery,
    );
    return status === "recorded" || status === "ignored" ? status : "known";
  } catch (error) {
    if ((error as Error).name === "Refusal") return "refused";
    throw error;
  }
}
