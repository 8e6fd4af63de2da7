import { requirePartner } from "../channel/active-partner.ts";
import { readDetails } from "../partner-details/details.ts";
import type { PartnerDetails } from "../partner-details/details-document.ts";
import { shownDetails } from "../partner-details/shown-details.ts";
import { instant } from "../words/clock.ts";
import { csvLine } from "../words/csv.ts";
import { decimalOf } from "../words/money.ts";
import { Refusal } from "../words/refusal.ts";
import type { PayoutDeps } from "./payout-block.ts";
import { type PaidSum, sumPaid } from "./rows/items.ts";

/** What a partner was paid in a calendar year, with the facts that a tax office asks for. Amounts in minor units. */
export interface TaxYearRow {
  partner: string;
  name: string;
  currency: string;
  paidMinor: number;
  returnedMinor: number;
  /** What it kept: the sum that is reported. */
  netMinor: number;
  payments: number;
  legalName: string | null;
  country: string | null;
  taxTreatment: string | null;
  taxForm: string | null;
  /** The last four characters. */
  taxNumber: string | null;
  vatId: string | null;
  /**
   * Whether form 1099-NEC is due for it: paid in USD, to somebody in the US, from the configured sum on. The sum is of
   * all partners that have one tax number: two of them, or one before and after a merge, are one payee to the tax office.
   */
  is1099: boolean;
}

/** A row with the whole details, for a file. */
interface WholeRow {
  row: TaxYearRow;
  details: PartnerDetails | undefined;
}

type Needs = Pick<PayoutDeps, "store" | "config" | "hashes">;

/**
 * What each partner was paid in a calendar year (UTC), by what was confirmed in it, less what came back in it. Tax
 * facts are those in force at the year's end.
 *
 * @throws {Refusal} `request_invalid` for what is no year
 */
export async function readTaxYear(deps: Needs, year: number): Promise<TaxYearRow[]> {
  return (await readRows(deps, year)).map(({ row }) => row);
}

const headings = [
  "partner",
  "legal_name",
  "tin",
  "tax_form",
  "tax_form_received_on",
  "vat_id",
  "tax_treatment",
  "street",
  "building",
  "town",
  "region",
  "post_code",
  "country",
  "email",
  "year",
  "currency",
  "paid",
  "returned",
  "net",
  "payments",
  "form_1099_nec",
];

/** The same as CSV for tax software. It holds whole tax numbers: keep it as you keep payment files. */
export async function taxYearCsv(deps: Needs, year: number): Promise<string> {
  const rows = await readRows(deps, year);
  return csvLine(headings) + rows.map(({ row, details }) => csvLine(cellsOf(year, row, details))).join("");
}

function cellsOf(year: number, row: TaxYearRow, details: PartnerDetails | undefined) {
  const { address, tax } = details ?? {};
  return [
    row.partner,
    row.legalName ?? row.name,
    tax?.number ?? null,
    row.taxForm,
    tax?.formReceivedOn ?? null,
    tax?.vatId ?? null,
    row.taxTreatment,
    address?.street ?? null,
    address?.building ?? null,
    address?.town ?? null,
    address?.region ?? null,
    address?.postCode ?? null,
    row.country,
    details?.email ?? null,
    year,
    row.currency,
    decimalOf(row.paidMinor, row.currency),
    decimalOf(row.returnedMinor, row.currency),
    decimalOf(row.netMinor, row.currency),
    row.payments,
    row.is1099 ? "yes" : "no",
  ];
}

async function readRows({ store, config, hashes }: Needs, year: number): Promise<WholeRow[]> {
  if (!Number.isInteger(year) || year < 2000 || year > 2200)
    throw new Refusal("request_invalid", "Expected a year such as 2026.");
  const from = instant(Date.UTC(year, 0, 1));
  const until = instant(Date.UTC(year + 1, 0, 1));
  return store.read(async (tx) => {
    const rows: WholeRow[] = [];
    for (const sum of await sumPaid(tx, { from, until })) {
      const { name } = await requirePartner(tx, sum.partner);
      const found = await readDetails(tx, hashes, sum.partner, instant(until - 1));
      rows.push({ row: rowOf(sum, name, found?.details), details: found?.details });
    }
    return with1099(rows, config.payouts.reportableMinor);
  });
}

/** Marks what is reported, by what each payee was paid under all its partners' ids. */
function with1099(rows: readonly WholeRow[], reportableMinor: number): WholeRow[] {
  const isAmerican = ({ row }: WholeRow) => row.currency === "USD" && row.country === "US";
  const sums = new Map<string, number>();
  for (const one of rows.filter(isAmerican))
    sums.set(payeeOf(one), (sums.get(payeeOf(one)) ?? 0) + one.row.netMinor);
  return rows.map((one) => {
    // Who gave everything back is in no form, whatever its other ids were paid.
    const is1099 =
      isAmerican(one) && one.row.netMinor > 0 && (sums.get(payeeOf(one)) ?? 0) >= reportableMinor;
    return { ...one, row: { ...one.row, is1099 } };
  });
}

/** The tax number without dashes and spaces; the partner where there is none. */
const payeeOf = ({ row, details }: WholeRow): string => {
  const number = (details?.tax.number ?? "").replace(/[^0-9A-Za-z]/g, "").toUpperCase();
  return number === "" ? `partner ${row.partner}` : `number ${number}`;
};

/** A row, before it is known what else its payee was paid. */
function rowOf(
  { partner, currency, paidMinor, returnedMinor, payments }: PaidSum,
  name: string,
  details: PartnerDetails | undefined,
): TaxYearRow {
  const shown = details === undefined ? undefined : shownDetails(details);
  const netMinor = paidMinor - returnedMinor;
  const country = shown?.address.country ?? null;
  return {
    partner,
    name,
    currency,
    paidMinor,
    returnedMinor,
    netMinor,
    payments,
    legalName: shown?.legalName ?? null,
    country,
    taxTreatment: shown?.tax.treatment ?? null,
    taxForm: shown?.tax.form ?? null,
    taxNumber: shown?.tax.number ?? null,
    vatId: shown?.tax.vatId ?? null,
    is1099: false,
  };
}
