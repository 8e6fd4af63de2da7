import { findPartner } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import { isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { endedBefore } from "./register-emails.ts";
import { summariseRegisteredEmails } from "./rows/registered-emails.ts";
import { everyProduct, type RegisteredEmailRow } from "./rows/schema.ts";

/** How many addresses a partner registered in one way: there are no addresses to list. */
export interface EmailSummary {
  /** Null: for every product. */
  product: string | null;
  origin: RegisteredEmailRow["origin"];
  /** The version of the consent; null where none was told. */
  consent: string | null;
  /** Those whose window is open. */
  counting: number;
  /** Those whose window has passed: anybody may register the address anew. */
  ended: number;
  /** ISO 8601 in UTC. */
  firstAt: string;
  lastAt: string;
}

/**
 * A partner's registrations, counted by product, origin and consent.
 *
 * @throws {Refusal} `partner_unknown`
 */
export async function summariseEmails(deps: Deps, partner: string): Promise<EmailSummary[]> {
  const of = { partner_id: as.partner(partner), ended_before: endedBefore(deps, deps.clock()) };
  const rows = await deps.store.read(async (tx) =>
    (await findPartner(tx, of.partner_id)) === undefined ? undefined : summariseRegisteredEmails(tx, of),
  );
  if (rows === undefined) throw new Refusal("partner_unknown", `There is no partner ${partner}.`);
  return rows.map((row) => ({
    product: row.product === everyProduct ? null : row.product,
    origin: row.origin,
    consent: row.consent_version,
    counting: row.registered - row.ended,
    ended: row.ended,
    firstAt: isoTime(row.first_at),
    lastAt: isoTime(row.last_at),
  }));
}
