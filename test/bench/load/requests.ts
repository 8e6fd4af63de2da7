import { createHmac } from "node:crypto";
import { randomText, sessionId, timedId } from "./stripe-ids.ts";

/** The bytes of a customer's click on a renewal link, as a browser sends it. */
export function clickRequest(product: string, token: string, customer: number): Buffer {
  const licence = `ACME-${String(customer).padStart(8, "0")}`;
  return Buffer.from(
    `GET /r/${product}?t=${token}&l=${licence}&e=customer${customer}%40example.org HTTP/1.1\r\n` +
      "Host: renew.acme.example\r\n" +
      "Connection: keep-alive\r\n" +
      "Upgrade-Insecure-Requests: 1\r\n" +
      "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36\r\n" +
      "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n" +
      "Sec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-User: ?1\r\nSec-Fetch-Dest: document\r\n" +
      "Accept-Encoding: gzip, deflate, br, zstd\r\n" +
      "Accept-Language: en-GB,en;q=0.9\r\n\r\n",
  );
}

/** The bytes of a request for a page by somebody who is signed in. */
export const pageRequest = (path: string, cookie: string): Buffer =>
  Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: renew.acme.example\r\nConnection: keep-alive\r\nCookie: ${cookie}\r\n` +
      "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nSec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\n" +
      "Accept-Language: en-GB,en;q=0.9\r\n\r\n",
  );

/** The bytes of a signed `checkout.session.completed`, about 1.5 KB of body, for the click of that reference. */
export function purchaseRequest(path: string, secret: string, reference: string): Buffer {
  const now = Math.floor(Date.now() / 1000);
  const body = JSON.stringify(sessionCompleted(reference, now));
  const signature = createHmac("sha256", secret).update(`${now}.`).update(body).digest("hex");
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\n` +
      "Host: renew.acme.example\r\n" +
      "User-Agent: Stripe/1.0 (+https://stripe.com/docs/webhooks)\r\n" +
      "Accept: */*; q=0.5, application/xml\r\n" +
      "Cache-Control: no-cache\r\n" +
      "Content-Type: application/json; charset=utf-8\r\n" +
      `Content-Length: ${Buffer.byteLength(body)}\r\n` +
      `Stripe-Signature: t=${now},v1=${signature},v0=${signature}\r\n\r\n${body}`,
  );
}

/** https://docs.stripe.com/api/checkout/sessions/object, a payment link for a one-time renewal. */
function sessionCompleted(reference: string, now: number) {
  const customer = randomText(10);
  return {
    id: timedId("evt_1", now),
    object: "event",
    api_version: "2025-09-30.clover",
    created: now,
    data: {
      object: {
        id: sessionId(),
        object: "checkout.session",
        after_expiration: null,
        allow_promotion_codes: false,
        amount_subtotal: 10_000,
        amount_total: 11_900,
        automatic_tax: { enabled: true, liability: { type: "self" }, status: "complete" },
        billing_address_collection: "auto",
        cancel_url: "https://acme.example/renew",
        client_reference_id: reference,
        created: now - 90,
        currency: "eur",
        customer: `cus_${randomText(14)}`,
        customer_details: {
          address: { city: "Berlin", country: "DE", line1: null, postal_code: "10115" },
          email: `customer.${customer}@example.org`,
          name: `Customer ${customer}`,
          phone: null,
          tax_exempt: "none",
          tax_ids: [],
        },
        customer_email: null,
        expires_at: now + 86_310,
        invoice: null,
        livemode: true,
        locale: "auto",
        metadata: { product: "acme-paint" },
        mode: "payment",
        payment_intent: timedId("pi_3", now),
        payment_link: "plink_1PqKxQm2eZvKYlo2CUI79vXW",
        payment_method_types: ["card", "link", "paypal"],
        payment_status: "paid",
        status: "complete",
        subscription: null,
        success_url: "https://acme.example/thanks",
        total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 1_900 },
        ui_mode: "hosted",
        url: null,
      },
    },
    livemode: true,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: "checkout.session.completed",
  };
}
