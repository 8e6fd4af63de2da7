import type { CsvFormat, PayoutField, PayoutsConfig } from "../config/payouts-config.ts";
import type { PartnerDetails, PayoutAccount } from "../partner-details/details-document.ts";
import { csvLine } from "../words/csv.ts";
import { decimalOf } from "../words/money.ts";
import type { PayoutBatchRow, PayoutItemRow } from "./rows/schema.ts";

/** A payment as it leaves: the item with where it goes. */
export interface Payment {
  item: PayoutItemRow;
  details: PartnerDetails;
  account: PayoutAccount;
}

const columnsFor = (...fields: PayoutField[]): CsvFormat["columns"] =>
  fields.map((field) => ({ heading: field, field }));

/** Payment lists that need no configuration. */
export const readyFormats: Readonly<Record<string, CsvFormat>> = {
  bank: {
    delimiter: ",",
    headings: true,
    columns: columnsFor(
      "id",
      "accountName",
      "iban",
      "bic",
      "accountNumber",
      "bankCode",
      "bankCountry",
      "amount",
      "currency",
      "remittance",
      "street",
      "building",
      "postCode",
      "town",
      "region",
      "country",
    ),
  },
  // https://wise.com/help/articles/2932105/how-do-i-make-a-batch-payment: recipients by mail, one currency.
  wise: {
    delimiter: ",",
    headings: true,
    columns: [
      { heading: "name", field: "accountName" },
      { heading: "recipientEmail", field: "email" },
      { heading: "paymentReference", field: "id" },
      { heading: "receiverType", text: "EMAIL" },
      { heading: "amountCurrency", text: "target" },
      { heading: "amount", field: "amount" },
      { heading: "sourceCurrency", field: "currency" },
      { heading: "targetCurrency", field: "currency" },
    ],
  },
  // https://developer.paypal.com/docs/payouts/standard/payouts-web/: no headings; the fourth is a reference of at most
  // 30 characters, the fifth a note, the sixth the wallet.
  paypal: {
    delimiter: ",",
    headings: false,
    columns: [
      { heading: "email", field: "email" },
      { heading: "amount", field: "amount" },
      { heading: "currency", field: "currency" },
      { heading: "reference", field: "id" },
      { heading: "note", field: "remittance" },
      { heading: "wallet", text: "PayPal" },
    ],
  },
};

/** A payment list by its name: a ready one, or one of the configuration, which may replace a ready one. */
export const formatNamed = (name: string, { csvFormats }: PayoutsConfig): CsvFormat | undefined =>
  Object.hasOwn(csvFormats, name)
    ? csvFormats[name]
    : Object.hasOwn(readyFormats, name)
      ? readyFormats[name]
      : undefined;

/** Payments as CSV with CRLF, safe for spreadsheets. */
export function paymentList(
  batch: PayoutBatchRow,
  payments: readonly Payment[],
  { format, remittance }: { format: CsvFormat; remittance: string },
): string {
  const { delimiter, headings, columns } = format;
  const head = headings
    ? csvLine(
        columns.map(({ heading }) => heading),
        delimiter,
      )
    : "";
  const lines = payments.map((payment) =>
    csvLine(
      columns.map(({ field, text }) =>
        field === undefined ? (text ?? null) : cellOf(field, batch, payment, remittance),
      ),
      delimiter,
    ),
  );
  return head + lines.join("");
}

function cellOf(
  field: PayoutField,
  batch: PayoutBatchRow,
  { item, details, account }: Payment,
  remittance: string,
): string | number | null {
  const { address } = details;
  switch (field) {
    case "id":
      return item.id;
    case "batch":
      return batch.id;
    case "row":
      return item.row_no;
    case "partner":
      return item.partner_id;
    case "legalName":
      return details.legalName;
    case "accountName":
      return account.name ?? details.legalName;
    case "iban":
      return account.kind === "iban" ? account.iban : null;
    case "bic":
      return "bic" in account ? (account.bic ?? null) : null;
    case "accountNumber":
      return account.kind === "local" ? account.number : null;
    case "bankCode":
      return account.kind === "local" ? (account.bankCode ?? null) : null;
    case "bankCountry":
      return bankCountryOf(account);
    case "email":
      return "email" in account ? account.email : (details.email ?? null);
    case "amount":
      return decimalOf(item.amount_minor, item.currency);
    case "amountMinor":
      return item.amount_minor;
    case "currency":
      return item.currency;
    case "remittance":
      return remittanceOf(remittance, batch, item);
    case "street":
    case "building":
    case "postCode":
    case "town":
    case "region":
    case "country":
      return address[field] ?? null;
  }
}

function bankCountryOf(account: PayoutAccount): string | null {
  if (account.kind === "iban") return account.iban.slice(0, 2);
  return account.kind === "local" ? account.bankCountry : null;
}

/** What stands on the payee's statement. */
export const remittanceOf = (text: string, batch: PayoutBatchRow, item: PayoutItemRow): string =>
  text.replaceAll("{batch}", batch.id).replaceAll("{partner}", item.partner_id);
