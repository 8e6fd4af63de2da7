import { decimalOf } from "../words/money.ts";

/** An amount for a person: `1,234.50 EUR`, with as many decimals as the currency has. */
export function formatMoney(amountMinor: number, currency: string): string {
  const [units = "", decimals] = decimalOf(amountMinor, currency).split(".");
  const grouped = units.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${decimals === undefined ? grouped : `${grouped}.${decimals}`} ${currency}`;
}

/** A time of ISO 8601 for a person, in UTC to the second: `2026-11-21 12:00:05 UTC`. */
export function formatTime(iso: string): string {
  return `${iso.slice(0, 19).replace("T", " ")} UTC`;
}

/** A percentage for a person: `12.5 %`. */
export function formatPercent(percent: number): string {
  return `${percent} %`;
}

/** A count with its noun: `1 order`, `2 orders`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
