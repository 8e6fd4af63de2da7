import {
  type Agreement,
  agreementAt,
  type DatedAgreement,
  type NoticeKind,
} from "../agreements/agreement.ts";
import { lockName } from "../store/locks.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { type AgreementRow, insertAgreement, listAgreements } from "./rows/agreements.ts";

/** What to agree anew from a moment on; what is left out stays as it is then. */
export interface AgreementChange extends Partial<Agreement> {
  since: Instant;
}

/**
 * Records what is agreed with a partner from a moment on, as its next version. The partner is there.
 *
 * @returns the agreement as it then holds
 */
export async function changeAgreement(
  tx: Tx,
  partner: PartnerId,
  { since, ...change }: AgreementChange,
  now: Instant,
): Promise<Agreement> {
  await lockName(tx, `agreement ${partner}`);
  const rows = await listAgreements(tx, partner);
  const agreement = { ...agreementAt(rows.map(agreementOf), since), ...change };
  const version = Math.max(0, ...rows.map((row) => row.version)) + 1;
  await insertAgreement(tx, {
    partner_id: partner,
    version,
    since,
    sharing: agreement.sharing,
    notices: agreement.notices.join(","),
    rights_before_days: agreement.renewalRights?.beforeDays ?? null,
    rights_after_days: agreement.renewalRights?.afterDays ?? null,
    territories: agreement.territories === null ? null : agreement.territories.join(","),
    self_billing: agreement.selfBilling ? 1 : 0,
    silence_days: agreement.silenceDays,
    currency: agreement.currency,
    language: agreement.language,
    note: agreement.note,
    file_hash: agreement.fileHash,
    recorded_at: now,
  });
  return agreement;
}

/** The agreement with a partner in force at a moment, as the transaction sees it. */
export const readAgreement = async (tx: Tx, partner: PartnerId, at: Instant): Promise<Agreement> =>
  agreementAt((await listAgreements(tx, partner)).map(agreementOf), at);

/** The same with its version; 0 where nothing was agreed. */
export async function readAgreementVersion(
  tx: Tx,
  partner: PartnerId,
  at: Instant,
): Promise<{ agreement: Agreement; version: number }> {
  const rows = await listAgreements(tx, partner);
  const version = rows.findLast(({ since }) => since <= at)?.version ?? 0;
  return { agreement: agreementAt(rows.map(agreementOf), at), version };
}

/** A stored agreement as the pure core reads it. */
export function agreementOf(row: AgreementRow): DatedAgreement {
  const { rights_before_days: beforeDays, rights_after_days: afterDays } = row;
  return {
    since: row.since,
    sharing: row.sharing,
    notices: row.notices === "" ? [] : (row.notices.split(",") as NoticeKind[]),
    renewalRights: beforeDays === null || afterDays === null ? null : { beforeDays, afterDays },
    territories: row.territories === null ? null : row.territories.split(","),
    selfBilling: row.self_billing === 1,
    silenceDays: row.silence_days,
    currency: row.currency,
    language: row.language,
    note: row.note,
    fileHash: row.file_hash,
  };
}
