import { type RawBuilder, sql } from "kysely";
import type { PartnerStanding } from "../../channel/rows/partners.ts";
import { columnsOf, valuesOf } from "../../store/columns.ts";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import type { LicenceHash, PartnerId, ProductId, SerialHash } from "../../words/ids.ts";
import type { SerialText } from "../../words/serial-text.ts";
import type { SerialActivationRow, SerialConflictRow } from "./schema.ts";

const serialActivationColumns = columnsOf<SerialActivationRow>({
  licence_hash: true,
  product: true,
  via: true,
  serial_hash: true,
  batch_no: true,
  open_number: true,
  activated_at: true,
  seal: true,
});

// In the words of the index, which a parameter would not be.
const isRegistered = sql<boolean>`via = 'registration'`;

const takenQuery = query<Pick<SerialActivationRow, "licence_hash" | "product" | "via" | "serial_hash">>()(
  (_db, { licence_hash, product, via, serial_hash }) => ({
    compile: () =>
      sql`select serial_hash from serial_activations
          where licence_hash = ${licence_hash} and product = ${product} and via = ${via}
        union all select serial_hash from serial_activations
          where serial_hash = ${serial_hash} and ${isRegistered} and ${via} = 'registration'`.compile(_db),
  }),
);

const insertQuery = query<SerialActivationRow>()(
  (db, p) =>
    db
      .insertInto("serial_activations")
      .values(valuesOf(serialActivationColumns, p))
      .onConflict((conflict) => conflict.doNothing()),
  {
    does: "claim",
    table: "serial_activations",
    key: ["licence_hash", "product", "via"],
    taken: takenQuery,
  },
);

/** Keeps an activation; returns false when the licence has a serial already, or another licence has this one. */
export const insertSerialActivation = async (
  tx: Tx,
  row: Omit<SerialActivationRow, "seal">,
): Promise<boolean> => (await tx.run(insertQuery, { ...row, seal: null })) === 1;

const standingQuery = query<{ licence_hash: LicenceHash; product: ProductId; serial_hash: SerialHash }>()(
  (db, p) =>
    db
      .selectFrom("serial_activations")
      .selectAll()
      .where("licence_hash", "=", p.licence_hash)
      .where("product", "=", p.product)
      .where(isRegistered)
      .unionAll(
        db
          .selectFrom("serial_activations")
          .selectAll()
          .where("serial_hash", "=", p.serial_hash)
          .where(isRegistered),
      ),
);

/** The activations that stand in the way of another: the licence's own, and the one of the serial. */
export const findStandingActivations = (
  tx: Tx,
  claim: Pick<SerialActivationRow, "licence_hash" | "product" | "serial_hash">,
): Promise<SerialActivationRow[]> =>
  tx.all(standingQuery, {
    licence_hash: claim.licence_hash,
    product: claim.product,
    serial_hash: claim.serial_hash,
  });

const activationQuery = query<{ serial_hash: SerialHash }>()((db, p) =>
  db
    .selectFrom("serial_activations")
    .select("activated_at")
    .where(isRegistered)
    .where("serial_hash", "=", p.serial_hash),
);

/** When a serial was activated, if it was. */
export const findActivation = (tx: Tx, serial_hash: SerialHash) => tx.one(activationQuery, { serial_hash });

const serialConflictColumns = columnsOf<SerialConflictRow>({
  serial_hash: true,
  licence_hash: true,
  product: true,
  seen_at: true,
});

const insertConflictQuery = query<SerialConflictRow>()((db, p) =>
  db
    .insertInto("serial_conflicts")
    .values(valuesOf(serialConflictColumns, p))
    .onConflict((conflict) => conflict.doNothing()),
);

/** Notes a claim that an activation stands in the way of, once. */
export const insertSerialConflict = (tx: Tx, row: SerialConflictRow) => tx.run(insertConflictQuery, row);

/** A serial that says who sold a copy, once for each assignment that it ever fell under; once if it never was assigned. */
export type SerialClaim = {
  serial_hash: SerialHash;
  /** Null for a serial that was never seen before this order named it. */
  activated_at: Instant | null;
  /** How the licence that was asked for led here: by its own activation, or by the text of the order. */
  found_by: "licence" | "order";
  via: SerialActivationRow["via"];
  batch_no: number;
  open_number: number | null;
  product: ProductId;
  revoked_at: Instant | null;
} & (AssignmentClaim | Record<keyof AssignmentClaim, null>);

/** An assignment beside the partner it names. */
export interface AssignmentClaim extends PartnerStanding {
  assignment_no: number;
  effective_from: Instant;
  recorded_at: Instant;
  partner_id: PartnerId;
}

// A union of look-ups, each by an index of its own, is not what a query builder says well.
const claims = (found: RawBuilder<unknown>) => sql<SerialClaim>`
  select found.serial_hash, found.activated_at, found.found_by, found.via, found.batch_no, found.open_number,
    batches.product, batches.revoked_at, given.assignment_no, given.effective_from, given.recorded_at,
    given.partner_id, partners.status as partner_status, partners.ended_at as partner_ended_at,
    partners.suspended_at as partner_suspended_at, partners.merged_into as partner_merged_into,
    partners.merged_at as partner_merged_at,
    partners.email_hash as partner_email, partners.email_domain_hash as partner_email_domain,
    partners.email_alias_hash as partner_alias, partners.email_site_hash as partner_site,
    partners.percent_bp as partner_rate_bp
  from (${found}) as found
  join serial_batches as batches on batches.batch_no = found.batch_no
  left join serial_assignments as given on given.batch_no = found.batch_no
    and (given.first_open is null or (given.first_open <= found.open_number and given.last_open >= found.open_number))
  left join partners on partners.id = given.partner_id`;

const ofLicence = (licence: RawBuilder<unknown>) => sql`
  select serial_hash, activated_at, 'licence' as found_by, via, batch_no, open_number
  from serial_activations where licence_hash = ${licence}`;

const byLicenceQuery = query<{ licence_hash: LicenceHash }>()((db, p) => ({
  compile: () => claims(ofLicence(p.licence_hash)).compile(db),
}));

/** The serials that a licence was seen with, and to whom their batches were ever assigned. */
export const findSerialClaims = (tx: Tx, licence: LicenceHash): Promise<SerialClaim[]> =>
  tx.all(byLicenceQuery, { licence_hash: licence });

interface TextLookUp {
  licence_hash: LicenceHash;
  hash: SerialHash;
  bytes: Uint8Array;
  open: number | null;
  open_hash: SerialHash | null;
  product: ProductId | null;
}

const byTextQuery = query<TextLookUp>()((db, p) => ({
  compile: () =>
    claims(sql`${ofLicence(p.licence_hash)}
      union all
      select serial_hash, activated_at, 'order', via, batch_no, open_number
      from serial_activations where via = 'registration' and serial_hash in (${p.hash}, ${p.open_hash})
      union all
      select cast(${p.hash} as text), cast(null as bigint), 'order', 'order', batch_no, open_number
      from serials where hash = ${p.bytes}
      union all
      select cast(${p.open_hash} as text), cast(null as bigint), 'order', 'order', batch_no, cast(${p.open} as bigint)
      from (
        select batch_no, last_open from serial_ranges
        where product = ${p.product} and first_open <= ${p.open} order by first_open desc limit 1
      ) as nearest where last_open >= ${p.open} and exists (
        select 1 from serial_batches where serial_batches.batch_no = nearest.batch_no and kind = 'open'
      )`).compile(db),
}));

/** The same, and the serial that the licence's own text may be. One statement, since every purchase pays for it. */
export const findSerialClaimsOfText = (
  tx: Tx,
  licence: LicenceHash,
  { hash, open, openHash }: SerialText,
  product: ProductId | null,
): Promise<SerialClaim[]> => {
  const bytes = Buffer.from(hash, "base64url");
  return tx.all(byTextQuery, { licence_hash: licence, hash, bytes, open, open_hash: openHash, product });
};
