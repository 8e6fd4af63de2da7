import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { addPartner } from "../../server/src/channel/partners.ts";
import { isoTime } from "../../server/src/words/clock.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import { ownPurchaseCompleted } from "../shops/own-shop-fixtures.ts";

/** A second product beside Acme Paint, sold in the same shop. */
const products = ["Acme Paint", "Acme Draw"].map((name) => ({
  id: name.toLowerCase().replace(" ", "-"),
  name,
  checkout: { shop: "own", url: "https://shop.acme.example/buy?ref={reference}" },
}));

export type EmailWorld = Awaited<ReturnType<typeof openEmailWorld>>;
export type PartnerClient = Awaited<ReturnType<EmailWorld["partner"]>>;

/** A receiver, what partners do to it with their API keys, and what customers buy. */
export async function openEmailWorld(bench: Bench, config: Record<string, unknown> = {}) {
  const journey = await openJourney(bench, { products, ...config });
  return Object.assign(journey, { partner: partnerIn(journey), ...customersIn(journey) });
}

function partnerIn({ app, deps }: Journey) {
  return async (id: string, percent = 20) => {
    await addPartner(deps, { id, name: `${id} shop`, percent });
    const { key, id: keyId } = await issuePartnerKey(deps, { partner: id });
    const send = async (method: string, path: string, body?: unknown, contentType = "application/json") => {
      const response = await app.request(`/v1/partner/${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, "content-type": contentType },
        ...(body === undefined ? {} : { body: bodyOf(body) }),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    };
    return {
      id,
      key,
      keyId,
      send,
      /** Registers addresses in JSON, for every product by default. */
      register: (emails: string[], more: object = {}) =>
        send("POST", "registered-emails", { emails, ...more }),
      /** Registers a list in CSV. */
      upload: (csv: string | Uint8Array, query = "") =>
        send("POST", `registered-emails${query}`, csv, "text/csv"),
    };
  };
}

const bodyOf = (body: unknown): string | Uint8Array<ArrayBuffer> => {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return typeof body === "string" ? body : JSON.stringify(body);
};

function customersIn(journey: Journey) {
  let sold = 0;
  return {
    /** Somebody buys now with an address; returns the decision record. */
    async buy(email: string, product = "acme-paint", more: object = {}) {
      const order = `O-${++sold}`;
      const line = { product, description: "One year", quantity: 1, netMinor: 10000, taxMinor: 1900 };
      await journey.own(
        ownPurchaseCompleted({
          order,
          lines: [line],
          customer: { email },
          licence: null,
          reference: null,
          coupon: null,
          paidAt: isoTime(journey.now),
          ...more,
        }),
      );
      return journey.explain(order, "own");
    },
    /** How many addresses are registered, and whose they are. */
    registrations: () =>
      journey.deps.store.cold
        .selectFrom("registered_emails")
        .leftJoin("consents", "consents.id", "registered_emails.consent_id")
        .select(["partner_id", "product", "origin", "registered_at", "consent_at", "version", "wording"])
        .orderBy("partner_id")
        .orderBy("product")
        .execute(),
  };
}
