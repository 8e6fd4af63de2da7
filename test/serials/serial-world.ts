import { Readable } from "node:stream";
import { addPartner } from "../../server/src/channel/partners.ts";
import { assignSerials, type SerialAssignmentOrder } from "../../server/src/serials/assign-serials.ts";
import { importOpenNumbers } from "../../server/src/serials/import-open-numbers.ts";
import { importSerials, type SerialImportOrder } from "../../server/src/serials/import-serials.ts";
import { type OpenRange, readOpenRange } from "../../server/src/serials/open-range.ts";
import { type Instant, instant } from "../../server/src/words/clock.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";

/** A second product beside Acme Paint, sold in the same shop. */
const products = ["acme-paint", "acme-draw"].map((id) => ({
  id,
  name: id === "acme-paint" ? "Acme Paint" : "Acme Draw",
  checkout: { shop: "stripe", url: "https://buy.stripe.com/abc?client_reference_id={reference}" },
}));

/** A receiver with a distributor and two resellers, and what is done with serials in it. */
export async function openSerialWorld(bench: Bench, config: Record<string, unknown> = {}) {
  const journey = await openJourney(bench, { products, ...config });
  for (const id of ["distributor", "north", "south"])
    await addPartner(journey.deps, { id, name: id, percent: 20 });
  return Object.assign(journey, deedsIn(journey));
}

/** What `openSerialWorld` gives. */
export type SerialWorld = Awaited<ReturnType<typeof openSerialWorld>>;

const deedsIn = (journey: Journey) => ({
  /** Imports a file's text; of Acme Paint by default. */
  import: (text: string, { batch = "batch", ...order }: Partial<SerialImportOrder> = {}) =>
    importSerials(journey.deps, {
      batch,
      product: "acme-paint",
      source: Readable.from([Buffer.from(text)]),
      ...order,
    }),
  importOpen: (
    open: string,
    { batch = "open", ...order }: { batch?: string; partner?: string; product?: string } = {},
  ) => importOpenNumbers(journey.deps, { batch, product: "acme-paint", open: rangeOf(open), ...order }),
  assign: (
    partner: string,
    {
      batch = "batch",
      open,
      ...order
    }: Partial<Omit<SerialAssignmentOrder, "open">> & { open?: string } = {},
  ) =>
    assignSerials(journey.deps, {
      batch,
      partner,
      ...order,
      ...(open === undefined ? {} : { open: rangeOf(open) }),
    }),
  /** What the SDK asks when a copy was activated with a serial. */
  async activate(serial: string, more: { product?: string; licence?: string } = {}) {
    const response = await journey.app.request("/v1/registrations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ product: "acme-paint", serial, ...more }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  },
  /** An order that carries a licence and nothing else. */
  buy: (id: string, licence: string, product = "acme-paint") =>
    journey.stripe(
      stripeCheckoutCompleted({
        ...journey.happening(),
        id,
        paymentIntent: `pi_${id}`,
        metadata: { licence, product },
      }),
    ),
  /** The instant that lies some days from now. */
  inDays: (days: number): Instant => instant(journey.now + days * 86_400_000),
});

function rangeOf(text: string): OpenRange {
  const range = readOpenRange(text);
  if (range === undefined) throw new Error(`${text} is no range`);
  return range;
}
