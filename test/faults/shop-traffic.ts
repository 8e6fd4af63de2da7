import { stripeDelivery } from "../shops/deliveries.ts";
import { stripeChargeRefunded, stripeCheckoutCompleted } from "../shops/stripe-fixtures.ts";

/** What a shop tells of an order, and tells again under the same event id until it is acknowledged. */
export type ShopEvent = Record<string, unknown>;

/** One order of Acme Paint at Stripe. */
export interface ShopOrder {
  /** Its name; the names of session, payment and charge follow from it. */
  name: string;
  totalMinor: number;
  reference?: string;
  licence?: string;
}

/** The event of a paid order. Tax-free, so that its net is what was paid. */
export const paid = (
  { name, totalMinor, reference, licence }: ShopOrder,
  eventId = `evt_${name}`,
): ShopEvent =>
  stripeCheckoutCompleted({
    eventId,
    id: `cs_${name}`,
    paymentIntent: `pi_${name}`,
    totalMinor,
    taxMinor: 0,
    reference: reference ?? null,
    metadata: licence === undefined ? {} : { licence, product: "acme-paint" },
    createdSeconds: Math.floor(Date.now() / 1000),
  });

/** The event of a refund; `refundedMinor` is all that was refunded so far. */
export const refunded = ({ name, totalMinor }: ShopOrder, refundedMinor: number): ShopEvent =>
  stripeChargeRefunded({
    eventId: `evt_${name}_refund_${refundedMinor}`,
    id: `ch_${name}`,
    paymentIntent: `pi_${name}`,
    amountMinor: totalMinor,
    refundedMinor,
    createdSeconds: Math.floor(Date.now() / 1000),
  });

/** What a receiver said to a delivery. */
export interface Acknowledgement {
  code: number;
  status: unknown;
}

/** Delivers an event, signed now by Stripe's own package. Rejects when no answer comes. */
export async function deliver(url: string, event: ShopEvent): Promise<Acknowledgement> {
  const timestamp = Math.floor(Date.now() / 1000);
  const { headers, body } = stripeDelivery(event, { timestamp });
  const response = await fetch(`${url}/webhooks/stripe`, {
    method: "POST",
    headers,
    body: Buffer.from(body),
  });
  const answer = (await response.json()) as { status: unknown };
  return { code: response.status, status: answer.status };
}

/** Follows a renewal link; returns the reference that travels to the checkout. Rejects when no answer comes. */
export async function click(url: string, token: string): Promise<{ code: number; reference: string }> {
  const response = await fetch(`${url}/r/acme-paint?t=${token}`, { redirect: "manual" });
  await response.arrayBuffer();
  const location = new URL(response.headers.get("location") ?? "about:blank");
  return { code: response.status, reference: location.searchParams.get("client_reference_id") ?? "" };
}

/**
 * Follows a renewal link until the click was recorded; returns its reference. A receiver keeps no customer waiting for
 * its database longer than two seconds, which on a busy machine are over before it was asked.
 */
export async function clickUntilRecorded(url: () => string, token: string): Promise<string> {
  for (let tries = 0; tries < triesAtMost; tries++) {
    const { reference } = await click(url(), token);
    if (reference !== "") return reference;
  }
  throw new Error(`${triesAtMost} clicks with a good token got no reference`);
}

const triesAtMost = 50;

/** Registers a licence with a token. Rejects when no answer comes. */
export async function register(url: string, licence: string, token: string) {
  const response = await fetch(`${url}/v1/registrations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ product: "acme-paint", licence, token }),
  });
  const answer = (await response.json()) as { status: string; partner: string };
  return { code: response.status, ...answer };
}

/** Does all of the jobs, some at a time; the results stand in the order of the jobs. */
export async function someAtATime<T>(count: number, jobs: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = new Array(jobs.length);
  let begun = 0;
  const worker = async () => {
    for (let index = begun++; index < jobs.length; index = begun++) {
      const job = jobs[index];
      if (job !== undefined) results[index] = await job();
    }
  };
  await Promise.all(Array.from({ length: count }, worker));
  return results;
}
