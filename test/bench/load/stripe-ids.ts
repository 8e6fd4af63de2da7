import { randomFillSync } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const accountPart = "KxQm2eZvKYlo2C";
const pool = new Uint8Array(65_536);
let used = pool.length;

/** Random characters of Stripe's alphabet. */
export function randomText(length: number): string {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let text = "";
  for (let index = 0; index < length; index++) text += alphabet[(pool[used++] ?? 0) % alphabet.length];
  return text;
}

/**
 * An id such as Stripe gives to events (`evt_1`) and payments (`pi_3`): five characters that rise with the seconds,
 * ten or more of the account, eight random ones.
 */
export const timedId = (prefix: string, seconds: number) =>
  `${prefix}${inAlphabet(seconds, 5)}${accountPart}${randomText(8)}`;

/** A Checkout Session's id: nothing in it rises with time. */
export const sessionId = () => `cs_live_a1${randomText(58)}`;

function inAlphabet(value: number, length: number): string {
  let text = "";
  for (let rest = value, index = 0; index < length; index++, rest = Math.floor(rest / alphabet.length))
    text = `${alphabet[rest % alphabet.length]}${text}`;
  return text;
}
