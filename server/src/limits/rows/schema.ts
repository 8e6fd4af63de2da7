import type { Instant } from "../../words/clock.ts";

/** How much of a rate limit is used up, for one address or account. No row: nothing. */
export interface RateLimitRow {
  /** The limit's scope and the keyed hash of whom it counts. */
  id: string;
  /** When all of it is free again; each attempt moves it on. */
  whole_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    rate_limits: RateLimitRow;
  }
}
