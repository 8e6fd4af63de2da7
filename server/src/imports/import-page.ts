import { bookManyForPartners, type PartnerBooking } from "../books/book-partner.ts";
import type { Deps } from "../deps/deps.ts";
import { adoptHashes, formerOfEmail } from "../secrets/former-hashes.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { bookingsOf } from "./book-import.ts";
import type { ImportRecord } from "./import-record.ts";
import { namesOf, toldPartner } from "./imported-partner.ts";
import type { Mapping } from "./mapping.ts";
import {
  findImportNames,
  findImportRowsOf,
  findPartnersOf,
  insertImportNames,
  putImportRows,
} from "./rows/many-rows.ts";
import type { ImportNameRow, ImportRow } from "./rows/schema.ts";
import { waiting } from "./waiting-row.ts";

/**
 * What a page of rows needs of the database, read in a few statements, and what it writes there, kept until `write` does
 * so in a few more: a hundred thousand rows with a dozen statements each take minutes where the database is another
 * process. What one row of the page changes the next one sees here.
 */
export class ImportPage {
  readonly #programme: string;
  readonly #names = new Map<string, PartnerId>();
  readonly #partners = new Set<PartnerId>();
  readonly #rows = new Map<string, ImportRow>();
  readonly #newNames: ImportNameRow[] = [];
  readonly #changedRows: ImportRow[] = [];
  readonly #bookings: PartnerBooking[] = [];

  private constructor(programme: string) {
    this.#programme = programme;
  }

  /** Reads what the rows of some records are judged by. A transaction that writes adopts former hashes on the way. */
  static async read(
    tx: Tx,
    deps: Deps,
    records: readonly ImportRecord[],
    { programme, mapping, adopts }: { programme: string; mapping: Mapping; adopts: boolean },
  ): Promise<ImportPage> {
    const page = new ImportPage(programme);
    if (adopts)
      for (const { email } of records.map(({ partner }) => partner))
        if (email !== undefined) await adoptHashes(tx, formerOfEmail(deps.hashes, email));
    const names = new Set(records.flatMap(({ partner }) => namesOf(deps, partner)));
    const known = await findImportNames(
      tx,
      [...names].map((name) => [programme, name]),
    );
    for (const { name, partner_id } of known) page.#names.set(name, partner_id);
    const told = records.flatMap(({ partner }) => toldPartner(mapping, partner) ?? []);
    const ids = new Set([...page.#names.values(), ...told]);
    for (const { id } of await findPartnersOf(
      tx,
      [...ids].map((id) => [id]),
    ))
      page.#partners.add(id);
    const rows = await findImportRowsOf(
      tx,
      [...new Set(records.map(keyOf))].map((key) => [programme, ...(JSON.parse(key) as string[])]),
    );
    for (const row of rows) page.#rows.set(keyOf({ kind: row.kind, sourceId: row.source_id }), row);
    return page;
  }

  /** The partner that a name of the programme means. */
  named(name: string): PartnerId | undefined {
    return this.#names.get(name);
  }

  /** Whether a partner is there. */
  hasPartner(id: PartnerId): boolean {
    return this.#partners.has(id);
  }

  /** A row as it was taken last. */
  rowOf(record: Pick<ImportRecord, "kind" | "sourceId">): ImportRow | undefined {
    return this.#rows.get(keyOf(record));
  }

  /** Notes a partner that was added. */
  addPartner(id: PartnerId): void {
    this.#partners.add(id);
  }

  /** Keeps whom a name means; the first stands. */
  name(name: string, partner_id: PartnerId): void {
    if (this.#names.has(name)) return;
    this.#names.set(name, partner_id);
    this.#newNames.push({ programme: this.#programme, name, partner_id });
  }

  /** Shows a row as it will be to those behind it. */
  see(row: ImportRow): void {
    this.#rows.set(keyOf({ kind: row.kind, sourceId: row.source_id }), row);
  }

  /** Keeps a row as it now is, and what it books; with a request, what it will be once that is approved. */
  put({ before, row }: { before: ImportRow | undefined; row: ImportRow }, request: string | undefined): void {
    this.#changedRows.push(request === undefined ? row : waiting(before, row, request));
    if (request === undefined) this.#bookings.push(...bookingsOf(before, row));
  }

  /** Writes what was kept, once. */
  async write(tx: Tx, now: Instant): Promise<void> {
    await insertImportNames(tx, this.#newNames);
    await putImportRows(tx, this.#changedRows);
    await bookManyForPartners(tx, this.#bookings, now);
  }
}

const keyOf = ({ kind, sourceId }: Pick<ImportRecord, "kind" | "sourceId">): string =>
  JSON.stringify([kind, sourceId]);
