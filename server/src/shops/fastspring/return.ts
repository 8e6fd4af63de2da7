import { z } from "zod";
import type { LostLine } from "../../events/order-line.ts";
import type { RefundEvent } from "../../events/purchase-event.ts";
import { minorOf } from "../../words/money.ts";
import { currencyOf, currencyText, idsOf, idText, present } from "../kit/members.ts";
import { readPayload, refused } from "../kit/read-json.ts";
import { spreadTax } from "../kit/spread-tax.ts";
import type { SingleReading } from "../shop.ts";
import type { FastspringEvent } from "./fastspring.ts";
import { fastspringItem, lineNames } from "./items.ts";

const returnSchema = z.object({
  return: idText,
  completed: z.boolean().nullish(),
  currency: currencyText,
  /** In major units, tax included, as the text it was written as; `tax` is the part of it that is tax. */
  totalReturn: z.string(),
  tax: z.string().nullish().catch(undefined),
  items: z.array(fastspringItem).max(1000).nullish().catch(undefined),
  original: z.union([
    idText.transform((id) => ({ id, reference: undefined })),
    z.object({ id: idText, reference: idText.nullish().catch(undefined) }),
  ]),
});
type Returned = z.output<typeof returnSchema>;

/**
 * Reads money that went back: https://developer.fastspring.com/reference/returncreated. Each return tells its own amount,
 * which may be of the tax alone. A chargeback comes as a return too; FastSpring has no event for a dispute.
 */
export function readFastspringReturn(
  { eventId, type, occurredAt, live }: FastspringEvent,
  data: unknown,
): SingleReading {
  const reading = readPayload(returnSchema, data);
  if (reading.outcome === "refused") return reading;
  const returned = reading.value;
  if (returned.completed === false) return { outcome: "ignored", eventId, type };
  const currency = currencyOf(returned.currency);
  const amountMinor = minorOf(returned.totalReturn, currency, { rounded: true });
  if (amountMinor === undefined || amountMinor < 0)
    return refused("event_malformed", "the amount makes no sense");
  const taxMinor = taxOf(returned, amountMinor);
  const netMinor = taxMinor === undefined ? undefined : amountMinor - taxMinor;
  const { id, reference } = returned.original;
  const refund: RefundEvent = {
    effect: "refund",
    eventId,
    objectId: returned.return,
    occurredAt,
    target: idsOf(id, reference ?? undefined),
    amountMinor,
    cumulative: false,
    currency,
    ...present({ netMinor, lines: linesOf(returned, { netMinor, taxMinor }) }),
  };
  return { outcome: "events", events: [refund], live };
}

/** The tax of a return, where what is told can be one. */
function taxOf({ tax, currency }: Returned, amountMinor: number): number | undefined {
  const taxMinor = tax === null || tax === undefined ? undefined : minorOf(tax, currency, { rounded: true });
  return taxMinor !== undefined && taxMinor >= 0 && taxMinor <= amountMinor ? taxMinor : undefined;
}

/** What a return took of each item, where the items sum to it. */
function linesOf(
  { items, currency }: Returned,
  { netMinor, taxMinor }: { netMinor: number | undefined; taxMinor: number | undefined },
): readonly LostLine[] | undefined {
  if (!items?.length || netMinor === undefined || taxMinor === undefined) return undefined;
  const names = lineNames(items);
  const lines = items.map(({ subtotal }, place) => ({
    line: names[place] ?? "",
    netMinor: minorOf(subtotal ?? "0", currency, { rounded: true }) ?? 0,
    taxMinor: 0,
  }));
  const sum = lines.reduce((all, one) => all + one.netMinor, 0);
  return sum === netMinor ? spreadTax(lines, taxMinor) : undefined;
}
