import { isPlainText, maxEmailLength, maxLicenceLength } from "../protocol/link.ts";
import { isMoment } from "../protocol/moment.ts";
import { type Calendar, dayMs } from "./calendar.ts";

/** What the product knows of its licence. It is kept between starts. */
export interface Licence {
  /** At most 256 characters. */
  id: string;
  /**
   * An instant with its offset (`2027-11-21T00:00:00Z`: usable until then), a date (`2027-11-21`: usable through
   * that day where the customer is), or `null`: perpetual. Years are 1970 to 9999.
   */
  expiresAt: string | null;
  /** Whether it renews by itself. Default `false`. */
  willRenew?: boolean | undefined;
  /** Whether the automatic renewal is known to fail, such as for an expired card. Default `false`. */
  billingProblem?: boolean | undefined;
  /** The customer's address, to fill in at the checkout. Sent nowhere but in the renewal link. */
  email?: string | undefined;
}

/** When a licence ends, as an instant and as the customer's calendar day. */
export interface Term {
  expiresAtMs: number;
  expiryDay: number;
}

/** What is wrong with a licence: one of its members, or `licence` when it is no object at all. */
export type LicenceFault = keyof Licence | "licence";

/** Returns the first member that is wrong; `undefined` for a licence. Pure. */
export function licenceFault(value: unknown): LicenceFault | undefined {
  if (typeof value !== "object" || value === null) return "licence";
  const { id, expiresAt, willRenew, billingProblem, email } = value as Record<string, unknown>;
  if (!isPlainText(id, maxLicenceLength)) return "id";
  if (expiresAt !== null && !isMoment(expiresAt)) return "expiresAt";
  if (!isFlag(willRenew)) return "willRenew";
  if (!isFlag(billingProblem)) return "billingProblem";
  return email === undefined || isPlainText(email, maxEmailLength) ? undefined : "email";
}

/** Reads a licence from outside; `undefined` when it is not one. Members it does not know are dropped. */
export function readLicence(value: unknown): Licence | undefined {
  if (licenceFault(value) !== undefined) return undefined;
  const { id, expiresAt, willRenew, billingProblem, email } = value as Licence;
  return {
    id,
    expiresAt,
    willRenew: willRenew === true,
    billingProblem: billingProblem === true,
    ...(email === undefined ? {} : { email }),
  };
}

/** When the licence ends in a time zone; `null` when it never does. */
export function readTerm(licence: Licence, calendar: Calendar): Term | null {
  if (licence.expiresAt === null) return null;
  const instant = Date.parse(licence.expiresAt);
  if (licence.expiresAt.length > "2027-11-21".length) {
    return { expiresAtMs: instant, expiryDay: calendar.dayOf(instant) };
  }
  const expiryDay = instant / dayMs;
  return { expiresAtMs: calendar.startOf(expiryDay + 1), expiryDay };
}

function isFlag(value: unknown): value is boolean | undefined {
  return value === undefined || typeof value === "boolean";
}
