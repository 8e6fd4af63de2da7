/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly __instant: unique symbol };

/** Reads the time. Shells take one; pure rooms take the `Instant` it gave. */
export type Clock = () => Instant;

/** The machine's own clock. */
export const systemClock: Clock = () => Date.now() as Instant;

/** Names a number of milliseconds as an instant. */
export const instant = (milliseconds: number): Instant => milliseconds as Instant;

/** The instant that lies a number of days of 24 hours after another. */
export const addDays = (at: Instant, days: number): Instant => (at + days * 86_400_000) as Instant;

/** ISO 8601 in UTC with milliseconds, as it stands in logs and answers. */
export const isoTime = (at: Instant): string => new Date(at).toISOString();
