import type { Deps } from "../deps/deps.ts";
import { SendFailure } from "../outgoing/send-failure.ts";
import type { Sender } from "../outgoing/send-request.ts";
import { newOrderKey } from "../words/order-key.ts";
import { type PartnerWebhook, refuseUnknownWebhook, webhookFrom, webhookOf } from "./destinations.ts";
import { judgeByStatus } from "./judge-by-status.ts";
import { openDestination } from "./open-destination.ts";
import { findDestination } from "./rows/destinations.ts";
import { testMessage } from "./webhook-adapter.ts";

/** What came of a test message. */
export interface WebhookTest {
  partner: string;
  delivered: boolean;
  /** HTTP status of the answer; null when there was none. */
  status: number | null;
  /** Why it was not delivered, in a word. */
  problem: string | null;
  /** The message's id, as it stood in `webhook-id`. */
  id: string;
}

type Needs = Pick<Deps, "store" | "clock" | "hashes">;

/**
 * A partner's webhook as it is set.
 *
 * @throws {Refusal} `webhook_unknown`
 */
export async function showPartnerWebhook(
  { store }: Pick<Deps, "store">,
  partner: string,
): Promise<PartnerWebhook> {
  const row = await store.read((tx) => findDestination(tx, webhookOf(partner)));
  return row === undefined ? refuseUnknownWebhook(partner) : webhookFrom(row);
}

/**
 * Sends a message of type `test` to a partner's webhook, at once and once, signed like any other.
 *
 * @throws {Refusal} `webhook_unknown`
 */
export async function testPartnerWebhook(deps: Needs, sender: Sender, partner: string): Promise<WebhookTest> {
  const row = await deps.store.read((tx) => findDestination(tx, webhookOf(partner)));
  if (row === undefined || row.status === "removed") return refuseUnknownWebhook(partner);
  const now = deps.clock();
  const id = `msg_${newOrderKey(now)}`;
  // It says nothing of any order, so nothing need be shared.
  const destination = openDestination({ ...row, sharing: "none" }, deps.hashes, now);
  const request = testMessage(destination, id, new Date(now));
  try {
    const response = await sender.send(request);
    const verdict = judgeByStatus(response);
    const delivered = verdict.outcome === "delivered";
    return {
      partner,
      delivered,
      status: response.status,
      problem: "problem" in verdict ? verdict.problem : null,
      id,
    };
  } catch (error) {
    if (!(error instanceof SendFailure)) throw error;
    return { partner, delivered: false, status: null, problem: error.problem, id };
  }
}
