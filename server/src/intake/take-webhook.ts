import type { Config, ProductConfig } from "../config/config.ts";
import type { Deps } from "../deps/deps.ts";
import { concealEvent } from "../events/conceal-event.ts";
import type { PurchaseEvent } from "../events/purchase-event.ts";
import { licenceKindOf } from "../secrets/licence-spelling.ts";
import type {
  AskableReading,
  Shop,
  ShopDelivery,
  SingleReading,
  WebhookReading,
  WebhookRefusal,
} from "../shops/shop.ts";
import type { Instant } from "../words/clock.ts";
import { as, type ShopName } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import type { Recorder } from "./recorder.ts";

/** A delivery as it came in, with the name of the shop it was sent for. */
export interface Delivery extends ShopDelivery {
  shop: string;
}

/** What taking a delivery needs: the shops that are configured, and who records what they tell. */
export interface WebhookDeps extends Pick<Deps, "clock" | "log" | "hashes" | "config"> {
  shops: ReadonlyMap<ShopName, Shop>;
  recorder: Recorder;
  /** Where deliveries wait that a shop's API must confirm; without one the sender waits for the API. */
  waiting?: WaitingRoom | undefined;
}

/** What became of a delivery. All are answered 200: what waits is durable, and is taken once its shop confirms it. */
export interface DeliveryResult {
  status: "recorded" | "duplicate" | "ignored" | "waiting";
}

/** Where deliveries wait whose shop must be asked before they count: durable before anybody is asked. */
export interface WaitingRoom {
  /**
   * Keeps a delivery, then tries to have it taken. Resolves with what became of it, or with `waiting` when the shop's API
   * failed or takes its time: the delivery is then tried again until it is taken or refused.
   *
   * @throws Refusal when the shop's API said in time that it is no event of the shop
   */
  hold(delivery: Delivery, take: () => Promise<DeliveryResult>): Promise<DeliveryResult>;
}

/**
 * Takes a shop's delivery: verifies it, and resolves once all its events are durable. Of a batch with an event that
 * makes no sense the others are taken, and the batch is refused all the same: the shop shows the failure, and what it
 * sends again counts once.
 *
 * @throws Refusal `shop_unknown`, `signature_invalid`, `event_invalid`. Any other error means that the delivery is
 * not durable and should be sent again.
 */
export async function takeWebhook(deps: WebhookDeps, delivery: Delivery): Promise<DeliveryResult> {
  const name = as.shop(delivery.shop);
  const shop = deps.shops.get(name);
  if (shop === undefined) throw new Refusal("shop_unknown", "No shop of this name is configured.");
  const now = deps.clock();
  const reading = shop.read(delivery, now);
  const asked = new Set(readingsIn(reading).filter((one) => isAskedFor(shop, one)));
  if (asked.size === 0) return receiveReading(deps, name, reading);
  // What a batch tells beside what is asked for does not wait for the answer.
  if (reading.outcome === "batch") await receiveReading(deps, name, toldIn(reading.readings, asked));
  const take = async () => receiveReading(deps, name, await confirmed(deps, { name, shop, now }, reading));
  return deps.waiting === undefined ? take() : deps.waiting.hold(delivery, take);
}

const readingsIn = (reading: WebhookReading): readonly SingleReading[] =>
  reading.outcome === "batch" ? reading.readings : [reading];

const isAskedFor = (shop: Shop, reading: SingleReading): reading is AskableReading =>
  shop.confirm !== undefined &&
  (reading.outcome === "events" || reading.outcome === "incomplete") &&
  shop.needsConfirming?.(reading) !== false;

const toldIn = (readings: readonly SingleReading[], asked: ReadonlySet<SingleReading>): WebhookReading => ({
  outcome: "batch",
  readings: readings.filter((one) => one.outcome === "events" && !asked.has(one)),
});

/** The reading with what the shop's API says of it; that it gave no answer is ours to log, and the sender's to try again. */
async function confirmed(
  deps: WebhookDeps,
  { name, shop, now }: { name: ShopName; shop: Shop; now: Instant },
  reading: WebhookReading,
): Promise<WebhookReading> {
  const ask = async (one: SingleReading) =>
    isAskedFor(shop, one) ? ((await shop.confirm?.(one, now)) ?? one) : one;
  try {
    if (reading.outcome !== "batch") return await ask(reading);
    const readings: SingleReading[] = [];
    for (const one of reading.readings) readings.push(await ask(one));
    return { outcome: "batch", readings };
  } catch (cause) {
    deps.log.error("webhook.failed", { shop: name, reason: "not_confirmed" }, cause);
    throw cause;
  }
}

async function receiveReading(
  deps: WebhookDeps,
  shop: ShopName,
  reading: WebhookReading,
): Promise<DeliveryResult> {
  if (reading.outcome !== "batch") return receiveOne(deps, shop, reading);
  const statuses = new Set<DeliveryResult["status"]>();
  let refusal: Refusal | undefined;
  for (const one of reading.readings) {
    if (one.outcome === "refused") refusal = refuse(deps, shop, one);
    else statuses.add((await receiveOne(deps, shop, one)).status);
  }
  if (refusal !== undefined) throw refusal;
  const [status] = (["recorded", "duplicate", "ignored"] as const).filter((one) => statuses.has(one));
  return { status: status ?? "ignored" };
}

async function receiveOne(
  deps: WebhookDeps,
  shop: ShopName,
  reading: SingleReading,
): Promise<DeliveryResult> {
  if (reading.outcome === "refused") throw refuse(deps, shop, reading);
  if (reading.outcome === "ignored") {
    const { because: reason = "not_used", eventId, type } = reading;
    deps.log.info("webhook.rejected", { shop, outcome: "ignored", reason, eventId, type });
    return { status: "ignored" };
  }
  if (reading.outcome === "incomplete") {
    const { eventId, type, detail } = reading;
    const about = { shop, outcome: "ignored", reason: "incomplete", eventId, type, detail };
    deps.log.warn("webhook.rejected", about);
    return { status: "ignored" };
  }
  const events = reading.events.filter((event) => isOurs(deps.config, shop, event));
  const [first] = reading.events;
  if (events.length === 0 && first !== undefined)
    return receiveOne(deps, shop, { outcome: "ignored", eventId: first.eventId, type: first.effect });
  let recorded = false;
  for (const event of events) recorded = (await recordOne(deps, shop, event)) || recorded;
  return { status: recorded ? "recorded" : "duplicate" };
}

/** Has one event recorded; returns false when it was recorded before. */
async function recordOne(deps: WebhookDeps, shop: ShopName, event: PurchaseEvent): Promise<boolean> {
  const about = { shop, eventId: event.eventId, effect: event.effect };
  try {
    const result = await deps.recorder.record({
      shop,
      event: concealEvent(
        event,
        deps.hashes,
        kindOf(deps.config, shop, event),
        deps.config.customers.fromOrders,
      ),
      now: deps.clock(),
    });
    if (result.status === "duplicate") {
      deps.log.info("webhook.duplicate", about);
      return false;
    }
    for (const { event, fields } of result.reports) deps.log.info(event, fields);
    return true;
  } catch (cause) {
    deps.log.error("webhook.failed", about, cause);
    throw cause;
  }
}

/** Whether an event is of what the vendor sells by this receiver: of some sales only the articles of their lines say it. */
const isOurs = ({ articles }: Pick<Config, "articles">, shop: ShopName, event: PurchaseEvent): boolean =>
  event.effect !== "sale" ||
  event.ifArticleKnown !== true ||
  (event.lines ?? []).some((line) => line.articles.some((article) => articles.has(`${shop} ${article}`)));

/** Whether the spelling of a sale's licence matters: its product says, or the first of its lines that has one. */
function kindOf(
  config: Pick<Config, "products" | "articles">,
  shop: ShopName,
  event: PurchaseEvent,
): ProductConfig["licence"] {
  if (event.effect !== "sale" || event.licence === undefined) return "loose";
  const ofLines = (event.lines ?? [])
    .flatMap(({ product, articles }) => [
      product,
      ...articles.map((article) => config.articles.get(`${shop} ${article}`)).reverse(),
    ])
    .find((product) => product !== undefined);
  return licenceKindOf(config, event.product ?? ofLines ?? null);
}

function refuse(
  { log }: WebhookDeps,
  shop: ShopName,
  { because, detail }: { because: WebhookRefusal; detail?: string },
): Refusal {
  log.warn("webhook.rejected", { shop, reason: because, ...(detail === undefined ? {} : { detail }) });
  return refusalOf(because);
}

/** The sender learns whether its signature or its event is at fault, and no more; the log has the reason. */
function refusalOf(because: WebhookRefusal): Refusal {
  switch (because) {
    case "signature_missing":
    case "signature_malformed":
    case "signature_mismatch":
    case "timestamp_outside_tolerance":
      return new Refusal("signature_invalid", "The signature does not hold for this body and time.");
    case "body_not_utf8":
    case "body_not_json":
    case "body_too_deep":
    case "event_malformed":
      return new Refusal("event_invalid", "The body is not an event of this shop.");
  }
}
