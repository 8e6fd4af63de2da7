import { isCalendarDay } from "../words/calendar-day.ts";
import { type Instant, instant } from "../words/clock.ts";
import { isCurrencyCode } from "../words/currency-code.ts";
import { isEmailAddress } from "../words/email-address.ts";
import { as, type Currency } from "../words/ids.ts";
import { minorOf } from "../words/money.ts";
import { columnName, type FlatRow } from "./flat-row.ts";
import type { ImportState, KindMapping, Mapping } from "./mapping.ts";

/** A partner as a row names it. */
export interface PartnerName {
  sourceId: string | undefined;
  email: string | undefined;
  name: string | undefined;
}

/** What of a sale a row tells, beside the commission. */
export interface PastSale {
  id: string | undefined;
  amountMinor: number | undefined;
  currency: Currency | undefined;
}

/** A row of another programme, understood. */
export interface ImportRecord {
  kind: KindMapping["kind"];
  sourceId: string;
  partner: PartnerName;
  /** The programme's own word. */
  status: string;
  state: ImportState;
  /** Of a partner's row. */
  parent: string | undefined;
  percent: number | undefined;
  ended: boolean;
  /** A commission's money, below zero where it takes back; or what it is counted in that is no money. */
  money: { amountMinor: number; currency: Currency } | undefined;
  reward: { unit: string; amount: string } | undefined;
  takesBack: boolean;
  earnedAt: Instant | undefined;
  dueAt: Instant | undefined;
  sale: PastSale;
  customer: { email: string | undefined; licence: string | undefined; product: string | undefined };
}

/** Why a row cannot be taken. It does not repeat what stands there. */
export interface RowProblem {
  problem: string;
}

/**
 * Understands a row by a mapping; undefined for one that no kind of the mapping fits. Pure: the same row gives the same
 * record.
 */
export function readRecord(row: FlatRow, mapping: Mapping): ImportRecord | RowProblem | undefined {
  const kind = mapping.kinds.find(({ when }) => when.every((column) => row.cells.has(columnName(column))));
  if (kind === undefined) return undefined;
  const cell = (column: keyof KindMapping["columns"]) => cellOf(row, kind.columns[column]);
  const sourceId = cell("id");
  if (sourceId === undefined) return { problem: "has no id" };
  if (sourceId.length > 200) return { problem: "has an id of more than 200 characters" };
  const isPartner = kind.kind === "partner";
  const email = cell("partnerEmail")?.toLowerCase();
  const partner: PartnerName = {
    sourceId: isPartner ? sourceId : cell("partner"),
    email: email !== undefined && isEmailAddress(email) ? email : undefined,
    name: joined(row, kind.columns.partnerName),
  };
  if (partner.sourceId === undefined && partner.email === undefined) return { problem: "names no partner" };
  const status = cell("status") ?? "";
  const state = isPartner ? "void" : stateOf(kind, status, cell("paid"));
  if (state === undefined) return { problem: `has a status that the mapping has not: ${quoted(status)}` };
  const amounts = kind.kind === "commission" ? amountsOf(row, mapping, kind) : {};
  if ("problem" in amounts) return amounts;
  const [earnedAt, dueAt] = [timeOf(cell("earnedAt")), timeOf(cell("dueAt"))];
  if (earnedAt === null || dueAt === null) return { problem: "has a date that is none" };
  const percent = cell("percent");
  const share = percent === undefined ? undefined : Number(plainDecimal(percent.replace("%", "")));
  if (share !== undefined && !(share >= 0 && share <= 100))
    return { problem: "has a percentage that is none" };
  return {
    kind: kind.kind,
    sourceId,
    partner,
    status,
    state,
    parent: cell("parent"),
    percent: share,
    ended: has(kind.ended, status),
    money: amounts.money,
    reward: amounts.reward,
    takesBack: amounts.takesBack ?? false,
    earnedAt,
    dueAt,
    sale: saleOf(row, mapping, kind),
    customer: customerOf(row, mapping, kind),
  };
}

function customerOf(row: FlatRow, mapping: Mapping, { columns }: KindMapping): ImportRecord["customer"] {
  const email = cellOf(row, columns.customerEmail);
  const word = cellOf(row, columns.product);
  return {
    email: email !== undefined && isEmailAddress(email) ? email : undefined,
    licence: cellOf(row, columns.licence),
    product: (word === undefined ? undefined : wordOf(mapping, word)) ?? mapping.product,
  };
}

/** What the mapping calls a product; its own word, a name that every object has included, where it does not say. */
const wordOf = ({ products }: Mapping, word: string): string =>
  (Object.hasOwn(products, word) ? products[word] : undefined) ?? word;

function stateOf(kind: KindMapping, status: string, paid: string | undefined): ImportState | undefined {
  const [, state] =
    Object.entries(kind.states).find(([word]) => word.toLowerCase() === status.toLowerCase()) ?? [];
  const known = state ?? kind.otherwise ?? (kind.kind === "customer" ? "held" : undefined);
  const isPaid = paid !== undefined && (has(kind.paid, "*") || has(kind.paid, paid));
  return isPaid && known !== undefined && known !== "void" ? "paid" : known;
}

/** No honest commission is larger, and sums of many stay exact. */
const mostMinor = 10_000_000_000_000;

interface Amounts {
  money?: ImportRecord["money"];
  reward?: ImportRecord["reward"];
  takesBack?: boolean;
}

function amountsOf(row: FlatRow, mapping: Mapping, kind: KindMapping): Amounts | RowProblem {
  const text = cellOf(row, kind.columns.amount);
  if (text === undefined) return { problem: "has no amount" };
  const unit = cellOf(row, kind.columns.unit);
  if (unit !== undefined && !has(mapping.moneyUnits, unit)) return { reward: { unit, amount: text } };
  const currency = currencyOf(cellOf(row, kind.columns.currency) ?? mapping.currency);
  if (currency === undefined) return { problem: "has no currency of ISO 4217: name it with --currency" };
  const amountMinor = amountOf(text, currency, row, mapping);
  if (amountMinor === undefined) return { problem: "has an amount that is none" };
  if (Math.abs(amountMinor) > mostMinor) return { problem: "has an amount beyond all measure" };
  const takesBack = has(kind.reversed, cellOf(row, kind.columns.type) ?? "");
  const signed = takesBack ? -Math.abs(amountMinor) : amountMinor;
  return { money: { amountMinor: signed, currency }, takesBack: signed < 0 };
}

function saleOf(row: FlatRow, mapping: Mapping, { columns }: KindMapping): PastSale {
  const currency = currencyOf(
    cellOf(row, columns.saleCurrency) ?? cellOf(row, columns.currency) ?? mapping.currency,
  );
  const text = cellOf(row, columns.saleAmount);
  return {
    id: cellOf(row, columns.sale)?.slice(0, 200),
    amountMinor:
      text === undefined || currency === undefined ? undefined : amountOf(text, currency, row, mapping),
    currency,
  };
}

const currencyOf = (text: string | undefined): Currency | undefined =>
  text !== undefined && isCurrencyCode(text.toUpperCase()) ? as.currency(text) : undefined;

function amountOf(text: string, currency: Currency, row: FlatRow, { amounts }: Mapping): number | undefined {
  const unit = typeof amounts === "string" ? amounts : amounts[row.format];
  if (unit === "decimal") return minorOf(plainDecimal(text), currency, { rounded: true });
  const minor = Number(text);
  return /^-?[0-9]+(\.0+)?$/.test(text) && Number.isSafeInteger(minor) ? minor : undefined;
}

/** An amount as a spreadsheet shows it, without its currency sign and grouping: `$1,234.50` and `1.234,50 €`. */
export function plainDecimal(text: string): string {
  const bare = text
    .replace(/[\p{Sc}\s'’]/gu, "")
    .replace(/^\((.*)\)$/, "-$1")
    // Letters between digits are no currency: `1e5` is not 15.
    .replace(/^([-−]?)\p{L}+|\p{L}+$/gu, "$1")
    .replace(/^−/, "-");
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)) return bare.replaceAll(",", "");
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(bare)) return bare.replaceAll(".", "").replace(",", ".");
  return bare.replace(/^(-?\d+),(\d+)$/, "$1.$2").replace(/^(-?)0+(?=\d)/, "$1");
}

/** Null for a text that is no time. Days and times without a zone are in UTC. */
function timeOf(text: string | undefined): Instant | undefined | null {
  if (text === undefined || text === "") return undefined;
  if (/^\d{13}$/.test(text)) return instant(Number(text));
  if (/^\d{10}$/.test(text)) return instant(Number(text) * 1000);
  const [, day, time = "00:00:00", zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/.exec(text) ?? [];
  if (day === undefined || !isCalendarDay(day)) return null;
  const at = Date.parse(`${day}T${time}${zone === "UTC" ? "Z" : zone}`);
  return Number.isNaN(at) ? null : instant(at);
}

function cellOf(row: FlatRow, column: string | readonly string[] | undefined): string | undefined {
  for (const name of column === undefined ? [] : [column].flat()) {
    if (name === "#row") return `${row.file}:${row.row}`;
    const text = row.cells.get(columnName(name));
    if (text !== undefined && text !== "") return text;
  }
  return undefined;
}

/** First and last name, where each has a column; a column with the whole name alone where there is one. */
function joined(row: FlatRow, column: string | readonly string[] | undefined): string | undefined {
  const found = (column === undefined ? [] : [column].flat()).flatMap((name) => {
    const text = row.cells.get(columnName(name));
    return text === undefined || text === "" ? [] : [{ name: columnName(name), text }];
  });
  const whole = found.find(({ name }) => !/first|last/.test(name));
  return (
    whole?.text ??
    (found.length === 0
      ? undefined
      : found
          .slice(0, 2)
          .map(({ text }) => text)
          .join(" "))
  );
}

const has = (words: readonly string[], word: string): boolean =>
  words.some((one) => one.toLowerCase() === word.toLowerCase());

const quoted = (text: string): string => JSON.stringify(text.slice(0, 40));
