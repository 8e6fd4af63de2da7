import { z } from "zod";
import type { LostLine } from "../../events/order-line.ts";
import type { PurchaseEvent, RefundEvent } from "../../events/purchase-event.ts";
import type { Instant } from "../../words/clock.ts";
import type { Currency } from "../../words/ids.ts";
import { minorOf } from "../../words/money.ts";
import { askForList } from "../kit/list-orders.ts";
import { anything, idText } from "../kit/members.ts";
import { toldByApi } from "../kit/told-by-api.ts";
import type { SingleReading, WebhookReading } from "../shop.ts";
import type { WooApi } from "./api.ts";

/** A line of a refund: below zero, with the order's line that it is of. */
const line = z.object({ total: z.string(), total_tax: z.string(), meta_data: anything });
const lines = z.array(line).nullish().catch(undefined);
const refund = z.object({ id: idText, line_items: lines, shipping_lines: lines, fee_lines: lines });
const page = z.array(refund).max(100);

/** Whether a reading is of an order of which a part was refunded: what of it is tax, and of which lines, its API tells. */
export const needsRefunds = (reading: WebhookReading): boolean =>
  reading.outcome === "events" && reading.events.some(lacksParts);

const lacksParts = (event: PurchaseEvent): event is RefundEvent =>
  event.effect === "refund" && event.cumulative && event.whole !== true && event.amountMinor > 0;

/**
 * The reading of an order with net and lines of what was refunded, which its own telling sums up:
 * https://developer.woocommerce.com/docs/apis/rest-api/v3/order-refunds/. Refunds that are made of lines in part only, as
 * one that was entered as an amount, say nothing of the rest: then all of it is taken in proportion.
 *
 * @throws ShopApiError when the API gives no answer: it should be asked again
 */
export async function withRefunds<Reading extends SingleReading>(
  reading: Reading,
  api: WooApi,
  now?: Instant,
): Promise<Reading> {
  if (reading.outcome !== "events") return reading;
  const events = [...reading.events];
  for (const [index, event] of events.entries()) {
    if (!lacksParts(event)) continue;
    const patience = { happenedAt: event.occurredAt, now };
    const told = await toldByApi(fetchRefunds(event, api, now === undefined), patience);
    const parts = told === undefined ? undefined : partsOf(told, event.currency);
    if (parts !== undefined && parts.grossMinor === event.amountMinor)
      events[index] = { ...event, netMinor: parts.netMinor, lines: parts.lines };
  }
  return { ...reading, events };
}

async function fetchRefunds({ target }: RefundEvent, { url, key, secret }: WooApi, patient: boolean) {
  const address = new URL(`${url}/wp-json/wc/v3/orders/${encodeURIComponent(target[0] ?? "")}/refunds`);
  address.searchParams.set("per_page", "100");
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`;
  return askForList(address, { authorization, schema: page, exactNumbers: true, patient });
}

function partsOf(refunds: z.output<typeof page>, currency: Currency) {
  const lost: LostLine[] = [];
  let netMinor = 0;
  let taxMinor = 0;
  for (const one of refunds.flatMap(({ line_items, shipping_lines, fee_lines }) => [
    ...(line_items ?? []),
    ...(shipping_lines ?? []),
    ...(fee_lines ?? []),
  ])) {
    const [net, tax] = [minorIn(one.total, currency), minorIn(one.total_tax, currency)];
    if (net === undefined || tax === undefined) return undefined;
    netMinor += net;
    taxMinor += tax;
    const of = itemOf(one.meta_data);
    if (of !== undefined) lost.push({ line: of, netMinor: net, taxMinor: tax });
  }
  return { netMinor, grossMinor: netMinor + taxMinor, lines: lost };
}

const minorIn = (amount: string, currency: Currency) =>
  minorOf(amount.replace(/^-/, ""), currency, { rounded: true });

function itemOf(meta: unknown): string | undefined {
  const list = z.array(z.object({ key: z.string(), value: z.unknown() })).safeParse(meta).data;
  return idText.safeParse(list?.find(({ key }) => key === "_refunded_item_id")?.value).data;
}
