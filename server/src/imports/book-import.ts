import type { PartnerBooking } from "../books/book-partner.ts";
import type { ImportRow } from "./rows/schema.ts";

type Booked = Pick<
  ImportRow,
  "programme" | "source_id" | "partner_id" | "account" | "amount_minor" | "currency"
>;

/** What a row's transfers name as their source: the row, and how often it was booked. */
export const sourceIdOf = ({ programme, source_id, version }: ImportRow): string =>
  `${programme} ${source_id}#${version}`;

/** The row that a transfer's source names, and which of its versions. */
export function readSourceId(sourceId: string): { programme: string; id: string; version: number } {
  const space = sourceId.indexOf(" ");
  const hash = sourceId.lastIndexOf("#");
  return {
    programme: sourceId.slice(0, space),
    id: sourceId.slice(space + 1, hash),
    version: Number(sourceId.slice(hash + 1)),
  };
}

/**
 * The bookings that make the books say what a row says: what it said before is taken back, what it says now is opened.
 * None where nothing has changed.
 */
export function bookingsOf(before: ImportRow | undefined, row: ImportRow): PartnerBooking[] {
  if (before !== undefined && sameMoney(before, row)) return [];
  const sourceId = sourceIdOf(row);
  return [...(before === undefined ? [] : bookingOf(before, sourceId, -1)), ...bookingOf(row, sourceId, 1)];
}

const sameMoney = (a: Booked, b: Booked): boolean =>
  a.partner_id === b.partner_id &&
  a.account === b.account &&
  (a.account === null || (a.amount_minor === b.amount_minor && a.currency === b.currency));

function bookingOf(row: Booked, sourceId: string, sign: 1 | -1): PartnerBooking[] {
  const { account, amount_minor, currency, partner_id } = row;
  if (account === null || amount_minor === null || currency === null || amount_minor === 0) return [];
  const isOwed = amount_minor * sign > 0;
  return [
    {
      partner: partner_id,
      kind: "opening",
      debit: isOwed ? "expense" : account,
      credit: isOwed ? account : "expense",
      amountMinor: Math.abs(amount_minor),
      currency,
      source: "import",
      sourceId,
      cause: "import",
    },
  ];
}
