import { idPattern, maxEmailLength } from "@tallystick/sdk/protocol";
import type { Deps } from "../deps/deps.ts";
import { isoTime } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import type { NewPartner, Partner } from "./partner.ts";
import type { PartnerRow } from "./rows/schema.ts";

type WhatToCheck = { [Member in keyof NewPartner]?: NewPartner[Member] | undefined };

/**
 * Refuses what a partner cannot be; what is left out is not looked at.
 *
 * @throws {Refusal} `request_invalid`
 */
export function refuseIllFormed({ id, name, parent, percent, email }: WhatToCheck): void {
  const refuse = (message: string) => {
    throw new Refusal("request_invalid", message);
  };
  const idRule = "1 to 64 of a-z, 0-9, dot, underscore and hyphen, a letter or digit first";
  if (id !== undefined && !idPattern.test(id)) refuse(`A partner's id has ${idRule}.`);
  if (parent !== undefined && !idPattern.test(parent)) refuse(`A parent's id has ${idRule}.`);
  if (parent !== undefined && parent === id) refuse("A partner cannot be its own parent.");
  if (name !== undefined && !isOneLine(name, 200))
    refuse("A partner's name has 1 to 200 characters on one line.");
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

/** A percentage as it is stored. */
export const basisPointsOf = (percent: number): number => Math.round(percent * 100);

/** What is kept of a partner's address: keyed hashes, to notice its own purchases by. */
export function hashesOf({ hashes }: Pick<Deps, "hashes">, email: string | undefined) {
  return {
    email_hash: email === undefined ? null : hashes.email(email),
    email_domain_hash: email === undefined ? null : hashes.emailDomain(email),
    email_alias_hash: email === undefined ? null : hashes.emailAlias(email),
    email_site_hash: email === undefined ? null : hashes.emailSite(email),
  };
}

/** A stored partner as it is shown, with who stands above it and what it is shown now. */
export function partnerOf(
  row: PartnerRow,
  { parent, sharing }: Pick<Partner, "parent" | "sharing">,
): Partner {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    parent,
    percent: row.percent_bp / 100,
    emailRegistered: row.email_hash !== null,
    sharing,
    status: row.merged_into !== null ? "merged" : row.suspended_at !== null ? "suspended" : row.status,
    createdAt: isoTime(row.created_at),
    endedAt: row.ended_at === null ? null : isoTime(row.ended_at),
    suspendedAt: row.suspended_at === null ? null : isoTime(row.suspended_at),
    mergedInto: row.merged_into,
  };
}
