import { requireTradingPartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { type Charges, chargeIn, chargesOf, tooManyRequests } from "../limits/limit-attempt.ts";
import { adoptHashes, type FormerHash, formerOfEmail } from "../secrets/former-hashes.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant, instant } from "../words/clock.ts";
import { isEmailAddress } from "../words/email-address.ts";
import { as, type EmailHash, type PartnerId } from "../words/ids.ts";
import { consentId, type GivenConsent } from "./consent.ts";
import { addToEmailTally } from "./rows/email-tallies.ts";
import { findEmailClaims, insertConsent, insertRegisteredEmail } from "./rows/registered-emails.ts";
import { everyProduct, type RegisteredEmailRow } from "./rows/schema.ts";

/** One address that a partner registers. */
export interface EmailEntry {
  /** Where it stood, from 1: the line of a file, the place in a list. */
  row: number;
  email: string;
  /** Every product by default. */
  product?: string | undefined;
  consent?: GivenConsent | undefined;
}

/** Why an entry was left out. What it said is not repeated. */
export interface InvalidEntry {
  row: number;
  reason: "not_an_address" | "product_unknown" | "consent_invalid";
}

/** What came of a list. Whether an address was registered before, by whomever, is nobody's to know. */
export interface RegistrationReport {
  received: number;
  registered: number;
  /** The first hundred that were left out. */
  invalid: InvalidEntry[];
}

/** Who registers, how, and whom the limits count. */
export interface Registrant {
  partner: string;
  origin: RegisteredEmailRow["origin"];
  /** The network address, where a stranger may stand behind it. */
  address?: string | undefined;
  /** True for the vendor's own command line, which no limit stops. */
  unlimited?: boolean;
  /** True to check all and write nothing. */
  dryRun?: boolean;
}

/** No list is taken with more entries than this. */
export const entriesAtMost = 1_000;
const invalidShown = 100;

/**
 * Registers customers' addresses for a partner. The first registration of an address and a product stands until its
 * window has passed; whoever comes second gets the same answer, after the same work.
 *
 * @throws {Refusal} `partner_unknown`, `partner_ended`, `too_many_requests`
 */
export async function registerEmails(
  deps: Deps,
  registrant: Registrant,
  entries: readonly EmailEntry[],
): Promise<RegistrationReport> {
  if (entries.length > entriesAtMost) throw new Error(`a list has ${entriesAtMost} entries at most`);
  const partner = as.partner(registrant.partner);
  const now = deps.clock();
  const judged = entries.map((entry) => ({ entry, reason: invalidReason(deps, entry, now) }));
  const invalid = judged.flatMap(({ entry, reason }) =>
    reason === undefined ? [] : [{ row: entry.row, reason }],
  );
  const good = judged.flatMap(({ entry, reason }) => (reason === undefined ? [entry] : []));
  const rows = rowsOf(deps, partner, registrant.origin, good, now);
  const charges = registrant.unlimited
    ? []
    : chargesOf(deps, {
        scope: "email",
        account: partner,
        address: registrant.address,
        tries: Math.max(1, entries.length),
      });
  const waitSeconds = await deps.store.write((tx) =>
    registerAll(tx, { partner, rows, charges, endedBefore: endedBefore(deps, now), registrant }),
  );
  if (waitSeconds !== undefined) throw tooManyRequests(waitSeconds);
  return { received: entries.length, registered: good.length, invalid: invalid.slice(0, invalidShown) };
}

/** Registrations from before this instant have passed their window. */
export function endedBefore({ config }: Pick<Deps, "config">, now: Instant): Instant {
  const days = config.policy.windowDays.email;
  return days === undefined ? instant(0) : addDays(now, -days);
}

interface Work {
  partner: PartnerId;
  rows: readonly { row: RegisteredEmailRow; consent: GivenConsent | undefined; former: FormerHash[] }[];
  charges: Charges;
  endedBefore: Instant;
  registrant: Registrant;
}

/** The charge is written in the same commit: it is one whether or not anything else is, and tells nobody which. */
async function registerAll(tx: Tx, work: Work): Promise<number | undefined> {
  const { partner, rows, charges, registrant } = work;
  const waitSeconds = await chargeIn(tx, charges);
  if (waitSeconds !== undefined) return waitSeconds;
  await requireTradingPartner(tx, partner);
  if (registrant.dryRun === true) return undefined;
  // All first, in one order: what follows is locked in another.
  const former = rows.flatMap((one) => one.former).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  await adoptHashes(tx, former);
  const kept = new Set<string>();
  for (const { row, consent } of rows) {
    if (row.consent_id !== null && consent !== undefined && !kept.has(row.consent_id)) {
      const { version, wording } = consent;
      await insertConsent(tx, { id: row.consent_id, version, wording, first_given_at: row.registered_at });
      kept.add(row.consent_id);
    }
    const claims = await findEmailClaims(tx, row.email_hash);
    const isTaken = claims.some(
      (claim) =>
        claim.product === everyProduct &&
        claim.partner_id !== partner &&
        claim.registered_at >= work.endedBefore,
    );
    if (!isTaken) await insertRegisteredEmail(tx, { ...row, ended_before: work.endedBefore });
  }
  await tally(tx, work);
  return undefined;
}

/** By product, so that two lists of one partner lock the same counts in one order. */
async function tally(tx: Tx, { partner, rows, registrant: { origin } }: Work): Promise<void> {
  const byProduct = Map.groupBy(rows, ({ row }) => row.product);
  for (const [product, sent] of [...byProduct].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const at = sent[0]?.row.registered_at ?? instant(0);
    const times = { first_at: at, last_at: at };
    await addToEmailTally(tx, { partner_id: partner, product, origin, sent: sent.length, ...times });
  }
}

/** By hash, so that two lists with the same addresses lock them in one order. */
function rowsOf(
  { hashes }: Deps,
  partner: PartnerId,
  origin: Registrant["origin"],
  entries: readonly EmailEntry[],
  now: Instant,
): Work["rows"] {
  return entries
    .map(({ email, product, consent }) => ({
      consent,
      former: formerOfEmail(hashes, email),
      row: {
        email_hash: hashes.email(email),
        product: product === undefined ? everyProduct : as.product(product),
        partner_id: partner,
        pepper_id: hashes.pepperId,
        registered_at: now,
        origin,
        consent_id: consent === undefined ? null : consentId(consent),
        consent_at: consent?.at ?? null,
      } satisfies RegisteredEmailRow,
    }))
    .toSorted((a, b) => compareText(a.row.email_hash, b.row.email_hash));
}

const compareText = (a: EmailHash, b: EmailHash) => (a < b ? -1 : a > b ? 1 : 0);

function invalidReason(
  { config }: Deps,
  { email, product, consent }: EmailEntry,
  now: Instant,
): InvalidEntry["reason"] | undefined {
  if (!isEmailAddress(email)) return "not_an_address";
  if (product !== undefined && !config.products.has(as.product(product))) return "product_unknown";
  if (consent !== undefined && !(consent.at <= now && /^[!-~]{1,64}$/.test(consent.version)))
    return "consent_invalid";
  return undefined;
}
