import type { Deps } from "../deps/deps.ts";
import { openSealed, sealText } from "../secrets/seal.ts";
import type { ShopDelivery } from "../shops/shop.ts";
import { type Instant, instant } from "../words/clock.ts";
import type { ShopName } from "../words/ids.ts";
import { randomHex } from "../words/random-hex.ts";
import { Refusal } from "../words/refusal.ts";
import {
  deleteWaiting,
  findDueWaiting,
  insertWaiting,
  moveWaiting,
  type WaitingDeliveryRow,
} from "./rows/waiting-deliveries.ts";
import {
  type Delivery,
  type DeliveryResult,
  takeWebhook,
  type WaitingRoom,
  type WebhookDeps,
} from "./take-webhook.ts";

/** What the waiting room needs of the world. */
export type WaitingDeps = WebhookDeps & Pick<Deps, "store">;

/** Gumroad waits 5 s for an answer and never tries again after a timeout. */
const answerWithinMs = 3_000;
/** Longer than a try takes: a process that dies in the middle of one leaves it to others after this time. */
const leaseMs = 60_000;
/** The pauses between tries; the last is that of all further ones. */
const pausesMs = [5_000, 30_000, 120_000, 600_000, 3_600_000, 3 * 3_600_000];
/** Then a person has to look: `shop reconcile` finds what was sold. */
const givenUpAfterMs = 14 * 86_400_000;
const mostInOneRound = 20;

/** The waiting room on a store. `within` is how long a shop may be kept waiting for its answer, in milliseconds. */
export function waitingRoomOn(deps: WaitingDeps, { within = answerWithinMs } = {}): WaitingRoom {
  return {
    async hold(delivery, take) {
      const now = deps.clock();
      const row = rowOf(deps, delivery, now);
      await deps.store.write((tx) => insertWaiting(tx, row));
      const tried = settle(deps, row, take);
      return Promise.race([tried, lateAfter(within)]);
    },
  };
}

/** Tries what is due, once each; returns how many there were. Several processes share them. */
export async function retryWaiting(deps: WaitingDeps): Promise<number> {
  const now = deps.clock();
  const due = await deps.store.read((tx) => findDueWaiting(tx, { now, limit: mostInOneRound }));
  let tried = 0;
  for (const row of due) {
    const leased = { ...row, due_at: instant(deps.clock() + leaseMs) };
    const isOurs = await deps.store.write((tx) =>
      moveWaiting(tx, row, { due_at: leased.due_at, tries: row.tries }),
    );
    if (!isOurs) continue;
    tried++;
    try {
      const shops = openedAt(deps.shops, row);
      // Opened within what is tried: one that somebody changed by hand is given up like any other, and keeps none waiting.
      await settle(deps, leased, async () =>
        takeWebhook({ ...deps, shops, waiting: undefined }, openDelivery(deps, row)),
      );
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }
  return tried;
}

/** Tries once. What was taken or makes no sense waits no more; whatever else went wrong is tried again. */
async function settle(
  deps: WaitingDeps,
  row: WaitingDeliveryRow,
  take: () => Promise<DeliveryResult>,
): Promise<DeliveryResult> {
  try {
    const result = await take();
    await deps.store.write((tx) => deleteWaiting(tx, row.id));
    return result;
  } catch (error) {
    const isRefused = error instanceof Refusal && error.code === "event_invalid";
    const now = deps.clock();
    const isOver = now - row.received_at > givenUpAfterMs;
    if (isRefused || isOver) await deps.store.write((tx) => deleteWaiting(tx, row.id));
    else {
      const next = { due_at: instant(now + pauseAfter(row.tries)), tries: row.tries + 1 };
      await deps.store.write((tx) => moveWaiting(tx, row, next));
    }
    if (isRefused) throw error;
    if (isOver) deps.log.error("webhook.failed", { shop: row.shop, reason: "given_up" }, error);
    return { status: "waiting" };
  }
}

const pauseAfter = (tries: number): number => pausesMs[Math.min(tries, pausesMs.length - 1)] ?? leaseMs;

function lateAfter(ms: number): Promise<DeliveryResult> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ status: "waiting" }), ms).unref();
  });
}

/** The shop a delivery waits for, which holds the time of its signature against when it came in. */
function openedAt(
  shops: WaitingDeps["shops"],
  { shop: name, received_at }: WaitingDeliveryRow,
): WaitingDeps["shops"] {
  const shop = shops.get(name);
  if (shop === undefined) return shops;
  return new Map([[name, { ...shop, read: (delivery) => shop.read(delivery, received_at) }]]);
}

/** The headers that matter: of shops that sign and are asked all the same. */
const keptHeaders = ["stripe-signature", "x-fs-signature", "x-wc-webhook-signature", "x-wc-webhook-topic"];

/** What of a delivery is kept. */
type Kept = Pick<ShopDelivery, "key"> & { body: string; headers?: Record<string, string> };

function rowOf({ hashes }: WaitingDeps, delivery: Delivery, now: Instant): WaitingDeliveryRow {
  const id = `${String(now).padStart(15, "0")}-${randomHex(12)}`;
  const kept: Kept = {
    body: Buffer.from(delivery.body).toString("base64"),
    headers: Object.fromEntries(
      keptHeaders.flatMap((name) => {
        const value = delivery.headers.get(name);
        return value === null ? [] : [[name, value]];
      }),
    ),
    ...(delivery.key === undefined ? {} : { key: delivery.key }),
  };
  return {
    id,
    shop: delivery.shop as ShopName,
    sealed: sealText(JSON.stringify(kept), Buffer.from(id), hashes.waitingDeliveryKey),
    received_at: now,
    due_at: instant(now + leaseMs),
    tries: 0,
  };
}

function openDelivery({ hashes }: WaitingDeps, { id, shop, sealed }: WaitingDeliveryRow): Delivery {
  const text = openSealed(sealed, Buffer.from(id), hashes.waitingDeliveryKey);
  const { body, key, headers = {} } = JSON.parse(text) as Kept;
  const delivery = { shop, headers: new Headers(headers), body: Buffer.from(body, "base64") };
  return key === undefined ? delivery : { ...delivery, key };
}
