import { as, type Reference } from "./ids.ts";

/** Begins the references that many clicks share; others begin with the time. */
const prefix = "over-";

/** A reference for many clicks, made of a fresh one. */
export const sharedReference = (fresh: Reference): Reference => as.reference(prefix + fresh);

/** Whether a reference stands for many clicks: who bought by it says nothing of one click. */
export const isSharedReference = (reference: string): boolean => reference.startsWith(prefix);
