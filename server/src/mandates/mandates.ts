import { requireTradingPartner } from "../channel/active-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { isoTime } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { orderedId } from "../words/ordered-id.ts";
import { cutPage, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { findLicencesOf, licenceKey } from "./customer-licences.ts";
import {
  endMandateRow,
  findMandate,
  insertMandate,
  listMandatesOfLicence,
  listMandatesOfPartner,
} from "./rows/mandates.ts";
import type { MandateRow } from "./rows/schema.ts";

/** A mandate as its partner sees it. Times are ISO 8601 in UTC. */
export interface Mandate {
  mandate: string;
  product: string;
  /** The licence's last four characters, where somebody told it. */
  licenceEnd: string | null;
  since: string;
}

type World = Pick<Deps, "store" | "clock" | "hashes">;

/** A mandate for its partner. */
export const mandateOf = ({ mandate_id, product, licence_end, given_at }: MandateRow): Mandate => ({
  mandate: mandate_id,
  product,
  licenceEnd: licence_end,
  since: isoTime(given_at),
});

/**
 * Lets a partner act for a customer on one of her licences. Given twice it is one.
 *
 * @param email the address that the customer proved
 * @param key names one of her licences, as `licencesOfCustomer` does
 * @throws {Refusal} `customer_unknown` where she has no such licence, or none that is hers to give; `partner_unknown`,
 * `partner_ended`, `partner_suspended`
 */
export async function giveMandate(
  deps: World,
  { email, key, partner }: { email: string; key: string; partner: string },
): Promise<Mandate> {
  const now = deps.clock();
  const given_by = deps.hashes.email(email);
  return deps.store.write(async (tx) => {
    const found = (await findLicencesOf(tx, given_by)).find(
      ({ licence }) => licenceKey(deps, licence) === key,
    );
    if (found === undefined || !found.mayGive) refuseLicence();
    const { id } = await requireTradingPartner(tx, partner);
    await lockName(tx, `mandate ${found.licence} ${id}`);
    const known = (await listMandatesOfLicence(tx, found.licence)).find(
      (one) => one.partner_id === id && one.product === found.product,
    );
    if (known !== undefined) return mandateOf(known);
    const row: MandateRow = {
      mandate_id: `ma_${orderedId(now)}`,
      partner_id: id,
      product: found.product,
      licence_hash: found.licence,
      licence_end: found.licenceEnd,
      given_by,
      given_at: now,
      ended_at: null,
    };
    await insertMandate(tx, row);
    return mandateOf(row);
  });
}

/**
 * Ends a mandate on one of the customer's licences, whoever gave it. Ended twice it has ended.
 *
 * @throws {Refusal} `mandate_unknown`, in the same words for one on another's licence
 */
export async function endMandate(
  deps: World,
  { email, mandate }: { email: string; mandate: string },
): Promise<void> {
  const hash = deps.hashes.email(email);
  await deps.store.write(async (tx) => {
    const row = await findMandate(tx, mandate);
    if (row === undefined) refuseMandate(mandate);
    const own =
      row.given_by === hash ||
      (await findLicencesOf(tx, hash)).some(
        (one) => one.mayGive && one.licence === row.licence_hash && one.product === row.product,
      );
    if (!own) refuseMandate(mandate);
    await endMandateRow(tx, { mandate_id: mandate, ended_at: deps.clock() });
  });
}

/** A page of the mandates that a partner has, the oldest first. */
export async function listMandates(
  deps: World,
  partner: PartnerId,
  { limit, after = "" }: { limit?: number | undefined; after?: string | undefined } = {},
): Promise<{ mandates: Mandate[]; next: string | null }> {
  const most = rowsOfPage(limit);
  const rows = await deps.store.read((tx) =>
    listMandatesOfPartner(tx, { partner_id: partner, after, limit: most + 1 }),
  );
  const { shown, next } = cutPage(rows, most, ({ mandate_id }) => mandate_id);
  return { mandates: shown.map(mandateOf), next };
}

/**
 * A mandate that holds, of one partner.
 *
 * @throws {Refusal} `mandate_unknown`, in the same words for one that was ended and for another partner's
 */
export async function requireMandate(
  tx: Tx,
  { mandate, partner }: { mandate: string; partner: PartnerId },
): Promise<MandateRow> {
  const row = await findMandate(tx, mandate);
  if (row === undefined || row.partner_id !== partner || row.ended_at !== null) refuseMandate(mandate);
  return row;
}

function refuseMandate(mandate: string): never {
  throw new Refusal("mandate_unknown", `There is no mandate ${mandate} that holds.`);
}

function refuseLicence(): never {
  throw new Refusal("customer_unknown", "That is none of your licences that you can let others act on.");
}
