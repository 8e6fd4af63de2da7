import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import type { NewPartner, Partner } from "./partner.ts";
import { notePartnerChange } from "./partner-history.ts";
import { basisPointsOf, hashesOf, partnerOf, refuseIllFormed } from "./partner-row.ts";
import {
  findPartner,
  insertPartner,
  listPartnerRows,
  markPartnerEnded,
  markPartnerResumed,
} from "./rows/partners.ts";
import type { PartnerRow } from "./rows/schema.ts";

export type { NewPartner, Partner } from "./partner.ts";

/**
 * Adds a partner to the vendor's channel.
 *
 * @throws {Refusal} `request_invalid`, `partner_exists`, `parent_unknown`
 */
export async function addPartner(deps: Deps, partner: NewPartner): Promise<Partner> {
  refuseIllFormed(partner);
  const row: PartnerRow = {
    id: as.partner(partner.id),
    name: partner.name,
    kind: partner.kind ?? "reseller",
    parent_id: partner.parent === undefined ? null : as.partner(partner.parent),
    percent_bp: partner.percent === undefined ? deps.config.defaultRateBp : basisPointsOf(partner.percent),
    ...hashesOf(deps, partner.email),
    sharing: partner.sharing ?? "none",
    status: "active",
    created_at: deps.clock(),
    ended_at: null,
  };
  nameSubject(row.id);
  await deps.store.write(async (tx) => {
    if (row.parent_id !== null && (await findPartner(tx, row.parent_id)) === undefined) {
      throw new Refusal("parent_unknown", `There is no partner ${row.parent_id} to be the parent.`);
    }
    if (!(await insertPartner(tx, row))) {
      throw new Refusal("partner_exists", `There is a partner ${row.id} already.`);
    }
  });
  return partnerOf(row);
}

/** All partners by id. */
export async function listPartners(deps: Pick<Deps, "store">): Promise<Partner[]> {
  return (await deps.store.read(listPartnerRows)).map(partnerOf);
}

/**
 * One partner.
 *
 * @throws {Refusal} `partner_unknown`
 */
export async function showPartner(deps: Pick<Deps, "store">, id: string): Promise<Partner> {
  const row = await deps.store.read((tx) => findPartner(tx, as.partner(id)));
  if (row === undefined) throw new Refusal("partner_unknown", `There is no partner ${id}.`);
  return partnerOf(row);
}

/**
 * Ends the agreement with a partner, now or at an earlier moment: its tokens, codes and addresses credit it for no
 * purchase from then on. What it was credited for already stays. One that has ended already keeps its date.
 *
 * @throws {Refusal} `partner_unknown`, `request_invalid` for a moment that has not come yet
 */
export async function endPartner(deps: Deps, id: string, since?: Instant): Promise<Partner> {
  const now = deps.clock();
  if (since !== undefined && since > now)
    throw new Refusal("request_invalid", "An agreement is ended when its end has come, not before.");
  const partner = as.partner(id);
  const endedAt = since ?? now;
  const row = await deps.store.write(async (tx) => {
    if (await markPartnerEnded(tx, { id: partner, ended_at: endedAt }))
      await notePartnerChange(tx, partner, { change: "ended", changed: { endedAt: isoTime(endedAt) } }, now);
    return findPartner(tx, partner);
  });
  if (row === undefined) throw new Refusal("partner_unknown", `There is no partner ${id}.`);
  return partnerOf(row);
}

/**
 * Takes the end of an agreement back: what a partner has out in the world credits it again, as if it had never ended.
 * Orders that were decided meanwhile stay, unless one is decided again. One that has not ended stays as it is.
 *
 * @throws {Refusal} `partner_unknown`
 */
export async function resumePartner(deps: Pick<Deps, "store" | "clock">, id: string): Promise<Partner> {
  const partner = as.partner(id);
  const row = await deps.store.write(async (tx) => {
    if (await markPartnerResumed(tx, partner))
      await notePartnerChange(tx, partner, { change: "resumed", changed: {} }, deps.clock());
    return findPartner(tx, partner);
  });
  if (row === undefined) throw new Refusal("partner_unknown", `There is no partner ${id}.`);
  return partnerOf(row);
}
