import type { Deps } from "../deps/deps.ts";
import type { TransferAccount } from "../ledger/transfer.ts";
import { isoTime } from "../words/clock.ts";
import { csvLine } from "../words/csv.ts";
import { decimalOf } from "../words/money.ts";
import { listJournal } from "./rows/ledger-lists.ts";

/** The forms the journal can be exported in. */
export const exportFormats = ["csv", "json", "hledger"] as const;
/** One form the journal can be exported in. */
export type ExportFormat = (typeof exportFormats)[number];

type Entry = Awaited<ReturnType<typeof listJournal>>[number];

const pageSize = 1000;

/**
 * The whole journal, oldest first, in pieces: it is read page by page, so its length does not matter. `json` is one
 * array; `csv` has a header line and CRLF as RFC 4180 asks; `hledger` is a journal that hledger checks as balanced.
 */
export async function* exportLedger(deps: Pick<Deps, "store">, format: ExportFormat): AsyncGenerator<string> {
  const form = formOf(format);
  yield form.head;
  let first = true;
  for (let after = 0; ; ) {
    const page = await deps.store.read((tx) => listJournal(tx, { after, limit: pageSize }));
    const last = page.at(-1);
    if (last === undefined) break;
    const text = page.map(form.entry).join(form.between);
    yield first ? text : form.between + text;
    first = false;
    after = last.id;
  }
  yield form.tail;
}

const columns = "id,bookedAt,kind,partner,debit,credit,amountMinor,currency,shop,order,cause,decision";

interface Form {
  head: string;
  between: string;
  tail: string;
  entry(entry: Entry): string;
}

const formOf = (format: ExportFormat): Form => (format === "hledger" ? hledgerForm() : forms[format]);

const forms: Record<Exclude<ExportFormat, "hledger">, Form> = {
  csv: {
    head: `${columns}\r\n`,
    between: "",
    tail: "",
    entry: (entry) => csvLine(Object.values(jsonOf(entry))),
  },
  json: { head: "[", between: ",\n", tail: "]\n", entry: (entry) => JSON.stringify(jsonOf(entry)) },
};

const jsonOf = (entry: Entry) => ({
  id: entry.id,
  bookedAt: isoTime(entry.booked_at),
  kind: entry.kind,
  partner: entry.partner_id,
  debit: accountName(entry.debit, entry.partner_id),
  credit: accountName(entry.credit, entry.partner_id),
  amountMinor: entry.amount_minor,
  currency: entry.currency,
  shop: entry.shop,
  order: entry.order_id,
  cause: entry.cause,
  decision: entry.decision_seq,
});

/**
 * Each account and currency is declared before its first entry, as `hledger check --strict` and `ledger --pedantic` ask:
 * a currency by its bare name for ledger, and by how its amounts are written for hledger.
 */
function hledgerForm(): Form {
  const declared = new Set<string>();
  const declare = (directive: string): string[] => {
    if (declared.has(directive)) return [];
    declared.add(directive);
    return [directive];
  };
  const entry = (one: Entry) => {
    const lines = [
      ...declare(`commodity ${one.currency}`),
      ...declare(`commodity ${hledgerFormat(one.currency)}`),
      ...declare(`account ${accountName(one.debit, one.partner_id)}`),
      ...declare(`account ${accountName(one.credit, one.partner_id)}`),
    ];
    return (lines.length === 0 ? "" : `${lines.join("\n")}\n\n`) + hledgerOf(one);
  };
  return { head: "; Tallystick journal\n\n", between: "\n", tail: "", entry };
}

/** How amounts of a currency are written. hledger wants a decimal mark there even where nothing follows it. */
function hledgerFormat(currency: Entry["currency"]): string {
  const amount = decimalOf(100_000, currency);
  return `${amount.includes(".") ? amount : `${amount}.`} ${currency}`;
}

function hledgerOf(entry: Entry): string {
  const about =
    entry.order_id === null ? "" : ` ${entry.shop} ${entry.order_id}`.replace(/[\p{Cc};|]/gu, "?");
  const amount = decimalOf(entry.amount_minor, entry.currency);
  return [
    `${isoTime(entry.booked_at).slice(0, 10)} (${entry.id}) ${entry.kind}${about}  ; cause:${entry.cause}`,
    `    ${accountName(entry.debit, entry.partner_id)}  ${amount} ${entry.currency}`,
    `    ${accountName(entry.credit, entry.partner_id)}  -${amount} ${entry.currency}`,
    "",
  ].join("\n");
}

const accountGroups: Record<TransferAccount, string> = {
  expense: "expenses:commission",
  held: "liabilities:held",
  payable: "liabilities:payable",
  paid: "assets:payouts",
  reward: "liabilities:rewards",
};

const accountName = (account: TransferAccount, partner: string) => `${accountGroups[account]}:${partner}`;
