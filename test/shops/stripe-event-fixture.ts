/**
 * Stripe events as Stripe sends them, in both generations of its API. Members follow the object reference of
 * https://docs.stripe.com/api and the types of the `stripe` package; members nobody here reads are kept where they make
 * a body of a real one's size and shape.
 */

/** `acacia` stands for every API version before 2025-03-31, `basil` for that one and all later ones. */
export type StripeGeneration = "acacia" | "basil";

/** An object as it stands in JSON. */
export type Json = Record<string, unknown>;

/** What surrounds the object of an event. */
export interface StripeEnvelope {
  eventId?: string;
  createdSeconds?: number;
  generation?: StripeGeneration;
}

/** An event around an object. */
export function stripeEvent(type: string, object: Json, envelope: StripeEnvelope = {}): Json {
  return {
    id: envelope.eventId ?? "evt_1SVC8JHOQNg4XnOM2WgGoBj8",
    object: "event",
    api_version: envelope.generation === "acacia" ? "2025-02-24.acacia" : "2025-08-27.basil",
    created: envelope.createdSeconds ?? 1_763_561_590,
    data: { object },
    livemode: true,
    pending_webhooks: 1,
    request: { id: "req_Xyz", idempotency_key: "0b1a7c62-8d5b-4f4e-9d2e-0c9a3f1d1f10" },
    type,
  };
}
