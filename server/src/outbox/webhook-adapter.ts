import { viewFor } from "../agreements/view-for.ts";
import { standardWebhooksKey } from "../secrets/webhook-signatures/signing-secret.ts";
import { signStandardWebhook } from "../secrets/webhook-signatures/standard-webhooks.ts";
import type { OutboxAdapter, OutboxDestination, OutboxMessage, PreparedRequest } from "./adapter.ts";
import { judgeByStatus } from "./judge-by-status.ts";
import type { OutboxKind } from "./rows/schema.ts";

const types: Readonly<Record<Exclude<OutboxKind, "notice">, string>> = {
  convert: "credit.created",
  adjust: "credit.changed",
  reverse: "credit.reversed",
};

/**
 * Partners' own webhooks, signed by Standard Webhooks
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md). The payload names no
 * customer; a partner that is shown nothing of its customers' purchases learns of its own credit alone.
 */
export const webhookAdapter: OutboxAdapter = {
  prepare: (message, destination, now) => {
    const { type, data } = toldOf(message, destination);
    return signedRequest(destination, message.key, { type, timestamp: message.facts.changedAt, data }, now);
  },
  judge: (response) => judgeByStatus(response),
};

function toldOf(message: OutboxMessage, destination: OutboxDestination): { type: string; data: object } {
  const { kind, facts } = message;
  if (kind !== "notice") return { type: types[kind], data: payloadOf(message, destination) };
  if (facts.notice === undefined) throw new Error("a notice says what it tells");
  return { type: facts.notice.type, data: { partner: destination.partner, ...facts.notice.data } };
}

/** A message that says nothing but that it arrived. */
export const testMessage = (destination: OutboxDestination, key: string, now: Date): PreparedRequest =>
  signedRequest(
    destination,
    key,
    { type: "test", timestamp: now.toISOString(), data: { partner: destination.partner } },
    now,
  );

function signedRequest(
  { url, secrets }: OutboxDestination,
  id: string,
  event: { type: string; timestamp: string; data: object },
  now: Date,
): PreparedRequest {
  if (url === null) throw new Error("a webhook has an address");
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const reading = standardWebhooksKey(secret);
    if (!("key" in reading)) throw new Error("a webhook's secret is one that this receiver made");
    return `v1,${signStandardWebhook(reading.key, { id, timestamp, body: Buffer.from(body) })}`;
  });
  return {
    method: "POST",
    url,
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": signatures.join(" "),
    },
    body,
  };
}

function payloadOf({ seq, facts }: OutboxMessage, viewer: OutboxDestination): object {
  const { order, partner, product, currency, creditMinor, previousCreditMinor, cause, occurredAt } = facts;
  const credit = {
    order,
    seq,
    partner,
    product,
    currency,
    creditMinor,
    previousCreditMinor,
    cause,
    occurredAt,
  };
  const { shop, shopOrder, cycle, netMinor, remainingNetMinor, reference } = facts;
  const transaction = { shop, shopOrder, cycle, netMinor, remainingNetMinor, reference };
  const view = viewFor(viewer, { credits: [credit], transaction });
  if (view === undefined) throw new Error("a destination hears of its own partner's credits alone");
  return { ...view.credits[0], ...view.transaction };
}
