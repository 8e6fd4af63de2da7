import { z } from "zod";
import { linesOf } from "../../events/order-line.ts";
import type { PaymentEvent, SaleEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import { askForList, type ListOrders, maxPages, noNextPage } from "../kit/list-orders.ts";
import { idText } from "../kit/members.ts";
import { ShopApiError } from "../kit/shop-api.ts";
import { toldByApi } from "../kit/told-by-api.ts";
import type { SingleReading, WebhookReading } from "../shop.ts";
import { isCapture, saleCaptured } from "./capture.ts";
import { linesInSession, sessionLine } from "./lines.ts";
import { readSession } from "./session.ts";
import { readStripeEvent, stripeEventTypes } from "./stripe-events.ts";

const host = "https://api.stripe.com";
const perPage = 100;
/** Stripe tells its events for 30 days: https://docs.stripe.com/api/events. */
const keptMs = 30 * 86_400_000;
/** A session has a hundred lines at most: https://docs.stripe.com/api/checkout/sessions/create. */
const mostLinePages = 5;

const eventPage = z.object({ data: z.array(z.looseObject({ id: idText })), has_more: z.boolean() });
const sessionPage = z.object({ data: z.array(z.looseObject({ id: idText })) });
const linePage = z.object({ data: z.array(sessionLine), has_more: z.boolean() });

/**
 * Lists the very events that webhooks are made of, the newest first: https://docs.stripe.com/api/events/list. The lines of
 * a Checkout Session are asked for as its webhook does.
 *
 * @throws ShopApiError for a time from which on Stripe does not tell its events any more
 */
export const listStripeEvents = (token: string): ListOrders =>
  async function* list({ since, now }) {
    if (since < now - keptMs)
      throw new ShopApiError("Stripe tells its events for 30 days: ask for a later time, with --since DATE");
    let after: string | undefined;
    for (let number = 1; number <= maxPages; number++) {
      const url = new URL(`${host}/v1/events`);
      url.searchParams.set("limit", String(perPage));
      url.searchParams.set("created[gte]", String(Math.floor(since / 1000)));
      for (const type of stripeEventTypes) url.searchParams.append("types[]", type);
      if (after !== undefined) url.searchParams.set("starting_after", after);
      const { data, has_more } = await askForList(url, {
        authorization: `Bearer ${token}`,
        schema: eventPage,
        patient: true,
      });
      for (const event of data) {
        const reading = readStripeEvent(event);
        const asked = needsSession(reading) ? await withSession(reading, token) : reading;
        yield { resource: "events", reading: asked };
      }
      if (!has_more) return;
      after = data.at(-1)?.id;
      if (after === undefined) throw noNextPage(url);
    }
    throw new ShopApiError(`there are more than ${maxPages * perPage} events: ask for a later time`);
  };

/**
 * Whether a reading is of a Checkout Session whose lines its event does not tell, or of a payment that was captured, which
 * does not tell its session. An invoice tells its own.
 */
export const needsSession = (reading: WebhookReading): boolean =>
  reading.outcome === "events" &&
  reading.events.some((event) => isCapture(event) || (event.effect === "sale" && lacksLines(event)));

const lacksLines = ({ objectId, subscription, lines }: SaleEvent): boolean =>
  objectId.startsWith("cs_") &&
  subscription === undefined &&
  (lines ?? []).every(({ line }) => isNoItem(line));

const isNoItem = (line: string): boolean => line === "shipping" || line === "rest";

/**
 * The reading with what the API tells of its session: the session itself of a payment that was captured, and its lines.
 *
 * @throws ShopApiError when the API gives no answer: it should be asked again
 */
export async function withSession<Reading extends SingleReading>(
  reading: Reading,
  token: string,
  now?: Instant,
): Promise<SingleReading> {
  const [event] = reading.outcome === "events" ? reading.events : [];
  if (reading.outcome !== "events" || event === undefined || !isCapture(event))
    return withLines(reading, token, now);
  const patience = { happenedAt: event.occurredAt, now };
  const sessions = await toldByApi(fetchSessions(event, token, now === undefined), patience);
  const [session] = sessions?.data ?? [];
  // The vendor may take payments for anything: one without a session is left as a payment, which alone counts for nothing.
  if (session === undefined) return reading;
  const { eventId, occurredAt } = event;
  const about = { eventId, type: "payment_intent.succeeded", occurredAt, live: reading.live };
  const told = readSession(about, { ...session, payment_status: "paid" });
  const [sale] = told.outcome === "events" ? told.events : [];
  const paid = sale?.effect === "sale" ? saleCaptured(sale, event) : undefined;
  return paid === undefined ? reading : withLines({ ...reading, events: [paid] }, token, now);
}

function fetchSessions({ movement }: PaymentEvent, token: string, patient: boolean) {
  const url = new URL(`${host}/v1/checkout/sessions`);
  url.searchParams.set("payment_intent", movement);
  url.searchParams.set("limit", "1");
  return askForList(url, { authorization: `Bearer ${token}`, schema: sessionPage, patient });
}

/**
 * The reading of a session with its lines, which Stripe tells by its API alone:
 * https://docs.stripe.com/api/checkout/sessions/line_items. A sale is never lost for it: where the token may not read
 * them, or after a day without an answer, it stays as it is.
 *
 * @throws ShopApiError when the API gives no answer: it should be asked again
 */
async function withLines<Reading extends SingleReading>(
  reading: Reading,
  token: string,
  now?: Instant,
): Promise<Reading> {
  if (reading.outcome !== "events") return reading;
  const events = [...reading.events];
  for (const [index, event] of events.entries()) {
    if (event.effect !== "sale" || !lacksLines(event)) continue;
    const patience = { happenedAt: event.occurredAt, now };
    const lines = (await toldByApi(fetchLines(event, token, now === undefined), patience)) ?? [];
    const shipping = (event.lines ?? []).filter(({ line }) => line === "shipping");
    if (lines.length > 0) events[index] = { ...event, lines: linesOf([...lines, ...shipping], event) };
  }
  return { ...reading, events };
}

async function fetchLines({ objectId, currency }: SaleEvent, token: string, patient: boolean) {
  const told: z.output<typeof sessionLine>[] = [];
  for (let number = 1; number <= mostLinePages; number++) {
    const url = new URL(`${host}/v1/checkout/sessions/${encodeURIComponent(objectId)}/line_items`);
    url.searchParams.set("limit", String(perPage));
    const last = told.at(-1);
    if (last !== undefined) url.searchParams.set("starting_after", last.id);
    const { data, has_more } = await askForList(url, {
      authorization: `Bearer ${token}`,
      schema: linePage,
      patient,
    });
    told.push(...data);
    if (!has_more || data.length === 0) break;
  }
  return linesInSession(told, { currency, kind: "new" });
}
