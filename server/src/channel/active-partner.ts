import type { Tx } from "../store/store.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { findPartner } from "./rows/partners.ts";
import type { PartnerRow } from "./rows/schema.ts";

/**
 * The partner of an id, whether its agreement holds or not.
 *
 * @throws {Refusal} `partner_unknown`
 */
export async function requirePartner(tx: Tx, id: string): Promise<PartnerRow> {
  const partner = await findPartner(tx, as.partner(id));
  if (partner === undefined) throw new Refusal("partner_unknown", `There is no partner ${id}.`);
  return partner;
}

/**
 * The partner of an id, whose agreement holds and who is not suspended: for what a partner, or the vendor for it, enters
 * anew. What customers do with a suspended partner's copies goes on, so that no sale is lost.
 *
 * @throws {Refusal} `partner_unknown`, `partner_ended`, `partner_suspended`
 */
export async function requireTradingPartner(tx: Tx, id: string): Promise<PartnerRow> {
  const partner = await requireActivePartner(tx, id);
  if (partner.suspended_at !== null) throw new Refusal("partner_suspended", `${id} is suspended.`);
  return partner;
}

/**
 * The partner of an id, whose agreement holds.
 *
 * @throws {Refusal} `partner_unknown`, `partner_ended`
 */
export async function requireActivePartner(tx: Tx, id: string): Promise<PartnerRow> {
  const partner = await requirePartner(tx, id);
  if (partner.status === "ended") throw new Refusal("partner_ended", `The agreement with ${id} has ended.`);
  return partner;
}
