import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { changeAgreement, readAgreement } from "./change-agreement.ts";
import type { NewPartner, Partner } from "./partner.ts";
import { notePartnerChange } from "./partner-history.ts";
import { basisPointsOf, hashesOf, partnerOf, refuseIllFormed } from "./partner-row.ts";
import { lockHierarchy, placePartner, readParents } from "./place-partner.ts";
import { listSharing } from "./rows/agreements.ts";
import {
  findPartner,
  findPartnerNames,
  insertPartner,
  listNamedPartners,
  listPartnerRows,
  markPartnerEnded,
  markPartnerReinstated,
  markPartnerResumed,
  type NewPartnerRow,
} from "./rows/partners.ts";
import { findChain } from "./rows/positions.ts";

export type { NewPartner, Partner } from "./partner.ts";

/**
 * Adds a partner to the vendor's channel.
 *
 * @throws {Refusal} `request_invalid`, `partner_exists`, `parent_unknown`, `tiers_exceeded`
 */
export async function addPartner(deps: Deps, partner: NewPartner): Promise<Partner> {
  refuseIllFormed(partner);
  const row: NewPartnerRow = {
    id: as.partner(partner.id),
    name: partner.name,
    kind: partner.kind ?? "reseller",
    percent_bp: partner.percent === undefined ? deps.config.defaultRateBp : basisPointsOf(partner.percent),
    ...hashesOf(deps, partner.email),
    status: "active",
    created_at: deps.clock(),
    ended_at: null,
  };
  nameSubject(row.id);
  const parent = partner.parent === undefined ? null : as.partner(partner.parent);
  const since = partner.since ?? row.created_at;
  await deps.store.write(async (tx) => {
    if (parent !== null) await lockHierarchy(tx);
    if (!(await insertPartner(tx, row)))
      throw new Refusal("partner_exists", `There is a partner ${row.id} already.`);
    if (parent !== null) await placePartner(tx, { partner: row.id, parent, since }, row.created_at);
    const { sharing = "none" } = partner;
    if (sharing !== "none")
      await changeAgreement(tx, row.id, { sharing, since: row.created_at }, row.created_at);
  });
  return showPartner(deps, row.id);
}

/** All partners by id. */
export async function listPartners(deps: Pick<Deps, "store" | "clock">): Promise<Partner[]> {
  return deps.store.read(async (tx) => {
    const now = deps.clock();
    const parents = await readParents(tx, now);
    const shown = new Map((await listSharing(tx, now)).map(({ id, sharing }) => [id, sharing]));
    return (await listPartnerRows(tx)).map((row) =>
      partnerOf(row, { parent: parents.get(row.id) ?? null, sharing: shown.get(row.id) ?? "none" }),
    );
  });
}

/** The first partners by id with their names, at most `limit`: enough to choose from. */
export const namePartners = ({ store }: Pick<Deps, "store">, limit: number) =>
  store.read((tx) => listNamedPartners(tx, limit));

/** The names of partners by their ids; an id that is nobody's has none. */
export async function readPartnerNames(
  { store }: Pick<Deps, "store">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(ids)].map((id) => [id]);
  const found = await store.read((tx) => findPartnerNames(tx, asked));
  return new Map(found.map(({ id, name }) => [id, name]));
}

/**
 * One partner.
 *
 * @throws {Refusal} `partner_unknown`
 */
export async function showPartner(deps: Pick<Deps, "store" | "clock">, id: string): Promise<Partner> {
  const found = await deps.store.read((tx) => readPartner(tx, as.partner(id), deps.clock()));
  return found ?? refuseUnknownPartner(id);
}

/** A partner as it is shown, as a transaction sees it. */
export async function readPartner(tx: Tx, id: PartnerId, now: Instant): Promise<Partner | undefined> {
  const row = await findPartner(tx, id);
  if (row === undefined) return undefined;
  const [, above] = await findChain(tx, { partner: id, at: now });
  const { sharing } = await readAgreement(tx, id, now);
  return partnerOf(row, { parent: above?.id ?? null, sharing });
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
  return deps.store.write(async (tx) => {
    if (await markPartnerEnded(tx, { id: partner, ended_at: endedAt }))
      await notePartnerChange(tx, partner, { change: "ended", changed: { endedAt: isoTime(endedAt) } }, now);
    return (await readPartner(tx, partner, now)) ?? refuseUnknownPartner(id);
  });
}

/**
 * Takes the end of an agreement back: what a partner has out in the world credits it again, as if it had never ended.
 * Orders that were decided meanwhile stay, unless one is decided again. It ends a suspension too: what waited for it is
 * ruled on by `order resolve --all --reason partner_suspended`. One that is active stays as it is.
 *
 * @throws {Refusal} `partner_unknown`, `partner_merged`
 */
export async function resumePartner(deps: Pick<Deps, "store" | "clock">, id: string): Promise<Partner> {
  const partner = as.partner(id);
  return deps.store.write(async (tx) => {
    if ((await findPartner(tx, partner))?.merged_into != null)
      throw new Refusal("partner_merged", `${id} was merged into another partner, for good.`);
    const isReinstated = await markPartnerReinstated(tx, partner);
    if ((await markPartnerResumed(tx, partner)) || isReinstated)
      await notePartnerChange(tx, partner, { change: "resumed", changed: {} }, deps.clock());
    return (await readPartner(tx, partner, deps.clock())) ?? refuseUnknownPartner(id);
  });
}

/** Inside of a transaction, which is then undone: what was refused is no change, and stands in no audit. */
export function refuseUnknownPartner(id: string): never {
  throw new Refusal("partner_unknown", `There is no partner ${id}.`);
}
