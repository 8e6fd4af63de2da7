import { idPattern, maxEmailLength } from "@tallystick/sdk/protocol";
import { type Instant, isoTime } from "../clock.ts";
import type { Deps } from "../deps.ts";
import { as } from "../ids.ts";
import { Refusal } from "../refusal.ts";
import { findPartner, insertPartner, listPartnerRows, markPartnerEnded } from "../store/queries/partners.ts";
import type { PartnerRow } from "../store/schema.ts";
import type { NewPartner, Partner } from "./partner.ts";

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
    percent_bp: partner.percent === undefined ? deps.config.defaultRateBp : Math.round(partner.percent * 100),
    email_hash: partner.email === undefined ? null : deps.hashes.email(partner.email),
    email_domain_hash: partner.email === undefined ? null : deps.hashes.emailDomain(partner.email),
    sharing: partner.sharing ?? "none",
    status: "active",
    created_at: deps.clock(),
    ended_at: null,
  };
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
  const row = await deps.store.write(async (tx) => {
    await markPartnerEnded(tx, { id: as.partner(id), ended_at: since ?? now });
    return findPartner(tx, as.partner(id));
  });
  if (row === undefined) throw new Refusal("partner_unknown", `There is no partner ${id}.`);
  return partnerOf(row);
}

function refuseIllFormed({ id, name, parent, percent, email }: NewPartner): void {
  const refuse = (message: string) => {
    throw new Refusal("request_invalid", message);
  };
  const idRule = "1 to 64 of a-z, 0-9, dot, underscore and hyphen, a letter or digit first";
  if (!idPattern.test(id)) refuse(`A partner's id has ${idRule}.`);
  if (parent !== undefined && !idPattern.test(parent)) refuse(`A parent's id has ${idRule}.`);
  if (parent === id) refuse("A partner cannot be its own parent.");
  if (!isOneLine(name, 200)) refuse("A partner's name has 1 to 200 characters on one line.");
  if (percent !== undefined && !isPercentage(percent)) {
    refuse("A commission is a percentage from 0 to 100 with at most two decimals.");
  }
  if (email !== undefined && !(isOneLine(email, maxEmailLength) && /^[^\s@]+@[^\s@]+$/.test(email.trim()))) {
    refuse("That is not an e-mail address.");
  }
}

function isOneLine(text: string, maxLength: number): boolean {
  return text.trim() !== "" && text.length <= maxLength && text.isWellFormed() && !/\p{Cc}/u.test(text);
}

/** Whether a number is 0 to 100 and a whole number of basis points, as far as binary fractions can tell. */
function isPercentage(percent: number): boolean {
  return percent >= 0 && percent <= 100 && Math.abs(percent * 100 - Math.round(percent * 100)) < 1e-6;
}

function partnerOf(row: PartnerRow): Partner {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    parent: row.parent_id,
    percent: row.percent_bp / 100,
    emailRegistered: row.email_hash !== null,
    sharing: row.sharing,
    status: row.status,
    createdAt: isoTime(row.created_at),
    endedAt: row.ended_at === null ? null : isoTime(row.ended_at),
  };
}
