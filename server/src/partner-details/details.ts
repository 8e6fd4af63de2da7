import { z } from "zod";
import { requirePartner } from "../channel/active-partner.ts";
import type { Config } from "../config/config.ts";
import { problemText } from "../config/config-problems.ts";
import { currentDeed } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { noteNotice } from "../notices/notices.ts";
import { tellPartner } from "../outbox/tell-partner.ts";
import type { Hashes } from "../secrets/hashes.ts";
import { openIfSound, openSealed, sealText } from "../secrets/seal.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import { addDays, type Instant, isoTime } from "../words/clock.ts";
import { as, type PartnerId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { detailsSchema, type PartnerDetails } from "./details-document.ts";
import {
  findAccountChange,
  findDetailsAt,
  findDetailsVersion,
  insertDetails,
  listDetails,
} from "./rows/details.ts";
import type { PartnerDetailsRow } from "./rows/schema.ts";
import { type ShownDetails, shownDetails } from "./shown-details.ts";

/** A partner's details as they are shown. Times are ISO 8601 in UTC. */
export interface DetailsRecord extends ShownDetails {
  partner: PartnerId;
  version: number;
  since: string;
  recordedAt: string;
  /** Until when payouts wait because the accounts were changed; null when they do not. */
  payoutsHeldUntil: string | null;
}

type Needs = Pick<Deps, "store" | "clock" | "hashes" | "config">;

/**
 * Records who a partner is to the tax office and the bank, from a moment on: now by default. Earlier details stay for
 * their time. Other accounts than before hold the partner's payouts for the configured days, and the partner is told.
 * The same again changes nothing.
 *
 * @throws {Refusal} `partner_unknown`; `request_invalid`, which names the member and never its value
 */
export async function setDetails(
  deps: Needs,
  id: string,
  document: unknown,
  { since }: { since?: Instant | undefined } = {},
): Promise<DetailsRecord> {
  const details = readDocument(document);
  return record(deps, id, () => details, since);
}

/**
 * Records details made of those in force, as `setDetails` does: for a form that does not show what it leaves as it is.
 *
 * @param change makes the document of the details before; of undefined where there are none
 * @throws {Refusal} `partner_unknown`; `request_invalid`, which names the member and never its value
 */
export const changeDetails = (
  deps: Needs,
  id: string,
  change: (before: PartnerDetails | undefined) => unknown,
): Promise<DetailsRecord> => record(deps, id, (before) => readDocument(change(before)));

async function record(
  deps: Needs,
  id: string,
  make: (before: PartnerDetails | undefined) => PartnerDetails,
  since?: Instant,
): Promise<DetailsRecord> {
  const now = deps.clock();
  const partner = as.partner(id);
  return deps.store.write(async (tx) => {
    await requirePartner(tx, id);
    await lockName(tx, `details ${partner}`);
    const from = since ?? now;
    const before = await findDetailsAt(tx, partner, from);
    const known = before && openIfWhole(before, deps.hashes);
    const details = make(known);
    const isKnown = before !== undefined && isSame(known, details);
    const row = isKnown ? before : await append(tx, deps, { partner, details, since: from }, now);
    return recordOf(tx, deps, row, now);
  });
}

async function append(
  tx: Tx,
  { hashes, config }: Needs,
  { partner, details, since }: { partner: PartnerId; details: PartnerDetails; since: Instant },
  now: Instant,
): Promise<PartnerDetailsRow> {
  const latest = (await listDetails(tx, partner)).at(-1);
  const version = (latest?.version ?? 0) + 1;
  // The first accounts of all are no change: there is nobody who could be paid in another's place.
  // Accounts that cannot be opened any more may have been others.
  const isChanged = latest !== undefined && !isSame(openIfWhole(latest, hashes)?.accounts, details.accounts);
  const row: PartnerDetailsRow = {
    partner_id: partner,
    version,
    since,
    sealed: sealText(JSON.stringify(details), rowName(partner, version), hashes.partnerDetailsKey),
    accounts_changed: isChanged ? 1 : 0,
    recorded_by: currentDeed()?.actor ?? null,
    recorded_at: now,
  };
  await insertDetails(tx, row);
  const until = isChanged ? addDays(now, config.payouts.changedDetailsDays) : null;
  const data = { accountsChanged: isChanged, payoutsHeldUntil: until === null ? null : isoTime(until) };
  const facts = { what: isChanged ? ("bank" as const) : ("other" as const), payableFrom: until };
  await noteNotice(tx, { kind: "details.changed", partner, facts }, { once: `${partner} ${version}`, now });
  await tellPartner(tx, { partner, notice: { type: "details.changed", data } }, now);
  return row;
}

/**
 * A partner's details in force at a moment, by what of them may be shown; now by default.
 *
 * @throws {Refusal} `partner_unknown`, `details_unknown`
 */
export async function showDetails(
  deps: Needs,
  id: string,
  { at = deps.clock() }: { at?: Instant | undefined } = {},
): Promise<DetailsRecord> {
  return deps.store.read(async (tx) => {
    const { id: partner } = await requirePartner(tx, id);
    const row = await findDetailsAt(tx, partner, at);
    if (row === undefined) throw new Refusal("details_unknown", `There are no details of ${id}.`);
    return recordOf(tx, deps, row, deps.clock());
  });
}

/**
 * The same for a page: `unopened` where the row was changed by hand, so that what stands beside them is shown all the same;
 * undefined where there are none.
 */
export async function findShownDetails(
  deps: Needs,
  partner: PartnerId,
): Promise<DetailsRecord | "unopened" | undefined> {
  return deps.store.read(async (tx) => {
    const row = await findDetailsAt(tx, partner, deps.clock());
    if (row === undefined) return undefined;
    return openIfWhole(row, deps.hashes) === undefined ? "unopened" : recordOf(tx, deps, row, deps.clock());
  });
}

/** A version of a partner's details, without what it says. Times are ISO 8601 in UTC. */
export interface DetailsVersion {
  version: number;
  since: string;
  recordedAt: string;
  recordedBy: string | null;
  accountsChanged: boolean;
}

/** One version of a partner's details, by what of them may be shown. */
export interface DetailsEntry extends DetailsVersion, ShownDetails {}

/**
 * The versions of a partner's details, none of which is opened.
 *
 * @throws {Refusal} `partner_unknown`
 */
export const listDetailsVersions = async (deps: Needs, id: string): Promise<DetailsVersion[]> =>
  (await rowsOf(deps, id)).map(versionOf);

const rowsOf = ({ store }: Needs, id: string): Promise<PartnerDetailsRow[]> =>
  store.read(async (tx) => {
    const { id: partner } = await requirePartner(tx, id);
    return listDetails(tx, partner);
  });

const versionOf = (row: PartnerDetailsRow): DetailsVersion => ({
  version: row.version,
  since: isoTime(row.since),
  recordedAt: isoTime(row.recorded_at),
  recordedBy: row.recorded_by,
  accountsChanged: row.accounts_changed === 1,
});

/**
 * All versions of a partner's details, in the order in which they were recorded.
 *
 * @throws {Refusal} `partner_unknown`
 */
export async function readDetailsHistory(deps: Needs, id: string): Promise<DetailsEntry[]> {
  return (await rowsOf(deps, id)).map((row) => ({
    ...versionOf(row),
    ...shownDetails(openRow(row, deps.hashes)),
  }));
}

/** Details with the version that they are. */
export interface VersionedDetails {
  version: number;
  details: PartnerDetails;
}

/** The whole details in force at a moment: for statements and payment files alone. Never shown, never logged. */
export async function readDetails(
  tx: Tx,
  hashes: Hashes,
  partner: PartnerId,
  at: Instant,
): Promise<VersionedDetails | undefined> {
  const row = await findDetailsAt(tx, partner, at);
  return row === undefined ? undefined : { version: row.version, details: openRow(row, hashes) };
}

/** The whole details of one version: a payment file is the same whenever it is made. */
export async function readDetailsVersion(
  tx: Tx,
  hashes: Hashes,
  of: { partner: PartnerId; version: number },
): Promise<PartnerDetails | undefined> {
  const row = await findDetailsVersion(tx, { partner_id: of.partner, version: of.version });
  return row === undefined ? undefined : openRow(row, hashes);
}

/** Until when a partner's payouts wait since its accounts were changed; nothing when they do not. */
export async function payoutsHeldUntil(
  tx: Tx,
  { payouts }: Pick<Config, "payouts">,
  partner: PartnerId,
  now: Instant,
): Promise<Instant | undefined> {
  const changedAt = await findAccountChange(tx, partner);
  const until = changedAt === undefined ? undefined : addDays(changedAt, payouts.changedDetailsDays);
  return until !== undefined && until > now ? until : undefined;
}

async function recordOf(
  tx: Tx,
  { hashes, config }: Needs,
  row: PartnerDetailsRow,
  now: Instant,
): Promise<DetailsRecord> {
  const until = await payoutsHeldUntil(tx, config, row.partner_id, now);
  return {
    partner: row.partner_id,
    version: row.version,
    since: isoTime(row.since),
    recordedAt: isoTime(row.recorded_at),
    payoutsHeldUntil: until === undefined ? null : isoTime(until),
    ...shownDetails(openRow(row, hashes)),
  };
}

function readDocument(document: unknown): PartnerDetails {
  const parsed = detailsSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const written = { jsonSchema: () => z.toJSONSchema(detailsSchema, { io: "input" }), whole: "details" };
  throw new Refusal("request_invalid", problemText(parsed.error, document, written));
}

const rowName = (partner: string, version: number) => Buffer.from(`${partner} ${version}`);

const openRow = ({ partner_id, version, sealed }: PartnerDetailsRow, hashes: Hashes): PartnerDetails =>
  JSON.parse(openSealed(sealed, rowName(partner_id, version), hashes.partnerDetailsKey)) as PartnerDetails;

/** The same, undefined where the row was changed by hand. */
function openIfWhole({ partner_id, version, sealed }: PartnerDetailsRow, hashes: Hashes) {
  const text = openIfSound(sealed, rowName(partner_id, version), hashes.partnerDetailsKey);
  return text === undefined ? undefined : (JSON.parse(text) as PartnerDetails);
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
