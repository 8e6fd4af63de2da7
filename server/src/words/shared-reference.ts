import { type Instant, instant } from "./clock.ts";
import { as, type Reference } from "./ids.ts";

/** Begins the references that many clicks share; others begin with the time. */
const prefix = "over-";
/** Of the time that a fresh reference begins with, in base 36. */
const timeLength = 9;

/** A reference for many clicks, made of a fresh one. */
export const sharedReference = (fresh: Reference): Reference => as.reference(prefix + fresh);

/** When the first of the clicks was made that a shared reference stands for; undefined for any other reference. */
export function sharedSince(reference: string): Instant | undefined {
  const since = Number.parseInt(reference.slice(prefix.length, prefix.length + timeLength), 36);
  return isSharedReference(reference) && Number.isSafeInteger(since) ? instant(since) : undefined;
}

/** Whether a reference stands for many clicks: who bought by it says nothing of one click. */
export const isSharedReference = (reference: string): boolean => reference.startsWith(prefix);
