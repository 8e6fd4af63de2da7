import type { Agreement } from "../agreements/agreement.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { isCurrencyCode } from "../words/currency-code.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { agreementOf, changeAgreement, readAgreement } from "./change-agreement.ts";
import { listAgreements } from "./rows/agreements.ts";
import { findPartner } from "./rows/partners.ts";

/** What is agreed with a partner at a moment, ISO 8601 in UTC. */
export interface ShownAgreement extends Agreement {
  partner: PartnerId;
  at: string;
}

/** What to agree with a partner, `since` now by default; what is left out stays. */
export type NewAgreement = { [Member in keyof Agreement]?: Agreement[Member] | undefined } & {
  since?: Instant | undefined;
};

/**
 * Agrees something anew with a partner from a moment on. Earlier agreements stay, each for its time.
 *
 * @throws {Refusal} `partner_unknown`; `request_invalid` when there is nothing to agree
 */
export async function setAgreement(deps: Deps, id: string, change: NewAgreement): Promise<ShownAgreement> {
  const now = deps.clock();
  const { since = now, ...terms } = change;
  const given = Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0)
    throw new Refusal(
      "request_invalid",
      "Say what is agreed: sharing, notices, renewal rights, or what else.",
    );
  refuseIllFormed(terms);
  const partner = as.partner(id);
  return deps.store.write(async (tx) => {
    await refuseUnknownPartner(tx, partner);
    const agreement = await changeAgreement(tx, partner, { ...given, since }, now);
    return { partner, at: isoTime(since), ...agreement };
  });
}

/**
 * What is agreed with a partner at a moment; now by default.
 *
 * @throws {Refusal} `partner_unknown`
 */
export async function showAgreement(
  deps: Pick<Deps, "store" | "clock">,
  id: string,
  { at = deps.clock() }: { at?: Instant | undefined } = {},
): Promise<ShownAgreement> {
  const partner = as.partner(id);
  return deps.store.read(async (tx) => {
    await refuseUnknownPartner(tx, partner);
    return { partner, at: isoTime(at), ...(await readAgreement(tx, partner, at)) };
  });
}

/** An agreement with the time for which it holds. Times are ISO 8601 in UTC. */
export interface AgreementEntry extends Agreement {
  version: number;
  since: string;
  /** Up to when; null for the last. As `since` when a later version took its place. */
  until: string | null;
  recordedAt: string;
}

/**
 * All agreements with a partner, in the order in which they came to hold. Before the first everything was closed.
 *
 * @throws {Refusal} `partner_unknown`
 */
export async function readAgreementHistory(deps: Pick<Deps, "store">, id: string): Promise<AgreementEntry[]> {
  const partner = as.partner(id);
  const rows = await deps.store.read(async (tx) => {
    await refuseUnknownPartner(tx, partner);
    return listAgreements(tx, partner);
  });
  return rows.map((row, at) => {
    const next = rows[at + 1];
    return {
      ...agreementOf(row),
      version: row.version,
      since: isoTime(row.since),
      until: next === undefined ? null : isoTime(next.since),
      recordedAt: isoTime(row.recorded_at),
    };
  });
}

function refuseIllFormed({ territories, currency, language, note, fileHash }: NewAgreement): void {
  const refuse = (message: string) => {
    throw new Refusal("request_invalid", message);
  };
  const isCountry = (code: string) => /^[A-Z]{2}$/.test(code);
  if (territories != null && (territories.length === 0 || !territories.every(isCountry)))
    refuse("Territories are countries' two letters (ISO 3166-1), such as AT.");
  if (currency != null && !isCurrencyCode(currency)) refuse("A currency is an ISO 4217 code, such as EUR.");
  if (language != null && !/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(language))
    refuse("A language is a BCP 47 tag, such as de-AT.");
  if (note != null && !/^\P{Cc}{1,1000}$/u.test(note)) refuse("A note has 1 to 1000 characters on one line.");
  if (fileHash != null && !/^[0-9a-f]{64}$/.test(fileHash))
    refuse("A file's hash is SHA-256 in hexadecimal.");
}

async function refuseUnknownPartner(tx: Tx, partner: PartnerId): Promise<void> {
  if ((await findPartner(tx, partner)) === undefined)
    throw new Refusal("partner_unknown", `There is no partner ${partner}.`);
}
