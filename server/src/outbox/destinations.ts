import { requireTradingPartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { addressProblem } from "../outgoing/send-request.ts";
import { type Instant, instant, isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { lockDestination, putDestination } from "./rows/destinations.ts";
import type { DestinationRow } from "./rows/schema.ts";
import { makeWebhookSecret, sealWebhookSecret } from "./webhook-secret.ts";

/** A partner's webhook. Times are ISO 8601 in UTC. */
export interface PartnerWebhook {
  partner: string;
  url: string;
  status: "active" | "removed";
  /** Until when messages are signed with the secret before, too; null when they are not. */
  rotatingUntil: string | null;
  createdAt: string;
  changedAt: string;
}

/** A webhook whose secret was just made: the only time it is shown. */
export type WebhookWithSecret = PartnerWebhook & { secret: string };

/** How long both secrets sign after a rotation by default. */
export const usualOverlapHours = 24;
const longestOverlapHours = 30 * 24;
const longestUrl = 2_000;

type Needs = Pick<Deps, "store" | "clock" | "hashes" | "config">;

/** The id of a partner's webhook among destinations. */
export const webhookOf = (partner: string): string => `${partner}/webhook`;

/**
 * Sets a partner's webhook. An address that is changed keeps its secret, which then is not shown again; a new webhook,
 * or one that had been removed, gets a secret.
 *
 * @throws {Refusal} `partner_unknown`, `partner_ended`, `request_invalid`
 */
export async function setPartnerWebhook(
  deps: Needs,
  { partner, url }: { partner: string; url: string },
): Promise<PartnerWebhook | WebhookWithSecret> {
  const href = fitAddress(url, deps.config.outbox.allowPrivate);
  const made = makeWebhookSecret();
  const now = deps.clock();
  const { row, isNew } = await deps.store.write(async (tx) => {
    await requireTradingPartner(tx, partner);
    const known = await lockDestination(tx, webhookOf(partner));
    const isNew = known === undefined || known.status === "removed";
    const row = isNew ? newWebhook(deps, partner, href, made, now) : { ...known, url: href, changed_at: now };
    await putDestination(tx, row);
    return { row, isNew };
  });
  return { ...webhookFrom(row), ...(isNew ? { secret: made } : {}) };
}

/**
 * Gives a partner's webhook a new secret. For a while messages are signed with both, so that the partner can change over
 * when it suits.
 *
 * @throws {Refusal} `webhook_unknown`, `request_invalid`
 */
export async function rotatePartnerWebhook(
  deps: Needs,
  { partner, overlapHours = usualOverlapHours }: { partner: string; overlapHours?: number },
): Promise<WebhookWithSecret> {
  if (!Number.isInteger(overlapHours) || overlapHours < 0 || overlapHours > longestOverlapHours)
    throw new Refusal("request_invalid", `Expected 0 to ${longestOverlapHours} whole hours of overlap.`);
  const secret = makeWebhookSecret();
  const now = deps.clock();
  const row = await changeWebhook(deps, partner, (known) => ({
    ...known,
    secret: sealWebhookSecret(secret, known.id, deps.hashes),
    previous_secret: overlapHours === 0 ? null : known.secret,
    previous_until: overlapHours === 0 ? null : instant(now + overlapHours * 3_600_000),
    changed_at: now,
  }));
  return { ...webhookFrom(row), secret };
}

/**
 * Ends a partner's webhook: its secrets are deleted, nothing more is written for it, and what waits is dropped.
 *
 * @throws {Refusal} `webhook_unknown`
 */
export async function removePartnerWebhook(deps: Needs, partner: string): Promise<PartnerWebhook> {
  const now = deps.clock();
  return webhookFrom(
    await changeWebhook(deps, partner, (known) => ({
      ...known,
      secret: null,
      previous_secret: null,
      previous_until: null,
      status: "removed",
      changed_at: now,
    })),
  );
}

/** A destination's row as a webhook. */
export function webhookFrom(row: DestinationRow): PartnerWebhook {
  return {
    partner: row.partner_id,
    url: row.url ?? "",
    status: row.status,
    rotatingUntil: row.previous_until === null ? null : isoTime(row.previous_until),
    createdAt: isoTime(row.created_at),
    changedAt: isoTime(row.changed_at),
  };
}

/** @throws {Refusal} `webhook_unknown`, always. */
export function refuseUnknownWebhook(partner: string): never {
  throw new Refusal("webhook_unknown", `The partner ${JSON.stringify(partner)} has no webhook.`);
}

async function changeWebhook(
  { store }: Needs,
  partner: string,
  change: (known: DestinationRow) => DestinationRow,
): Promise<DestinationRow> {
  return store.write(async (tx) => {
    const known = await lockDestination(tx, webhookOf(partner));
    if (known === undefined || known.status === "removed") return refuseUnknownWebhook(partner);
    const changed = change(known);
    await putDestination(tx, changed);
    return changed;
  });
}

function newWebhook(
  { hashes }: Needs,
  partner: string,
  url: string,
  secret: string,
  now: Instant,
): DestinationRow {
  const id = webhookOf(partner);
  return {
    id,
    partner_id: as.partner(partner),
    kind: "webhook",
    network: null,
    url,
    secret: sealWebhookSecret(secret, id, hashes),
    previous_secret: null,
    previous_until: null,
    settings: "{}",
    status: "active",
    created_at: now,
    changed_at: now,
  };
}

/** One spelling for an address. Whether it is public is known only when a connection is made. */
function fitAddress(address: string, allowPrivate: readonly string[]): string {
  const problem =
    address.length > longestUrl ? "expected a shorter address" : addressProblem(address, allowPrivate);
  if (problem !== undefined) throw new Refusal("request_invalid", `url: ${problem}.`);
  return new URL(address).href;
}
