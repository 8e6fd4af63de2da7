import type { Transfer } from "../ledger/transfer.ts";
import type { Hashes } from "../secrets/hashes.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";

/** A movement that no order explains, as it stands in the journal. */
export interface SourcedBooking extends Transfer {
  /** The transfer's id. */
  id: number;
  source: string;
  sourceId: string;
  bookedAt: Instant;
}

/** What a check found about a booking. */
export interface WrongBooking {
  /** The transfer's id. */
  id: number;
  /** What is wrong, such as `its payout item is not confirmed`: the end of a sentence about it. */
  what: string;
}

/**
 * What a room that books under a source of its own tells `ledger verify` about these bookings. Each is handed in from
 * `receiver/book-checks.ts`, so that the check of the books knows no room above it.
 */
export interface BookCheck {
  /** The source it knows, as `bookForPartner` is given it: `payout`, `adjustment`, …. Two checks never name the same. */
  readonly source: string;
  /**
   * Which bookings of a page its own rows do not explain: one that is not there, not in the state that books, or of
   * another partner, kind, amount or currency. It reads what it needs of the page in one query or two.
   */
  findWrong(tx: Tx, bookings: readonly SourcedBooking[]): Promise<readonly WrongBooking[]>;
  /**
   * What its own rows say was booked since an instant and the journal lacks, one sentence each. It reads page by page,
   * so that memory stays the same however long history is. A room that books nothing checks here what its evidence is.
   */
  findMissing?(tx: Tx, since: Instant, hashes: Hashes): AsyncIterable<string>;
}

declare module "../deps/deps.ts" {
  interface Deps {
    /** Who explains the bookings that no order does. */
    bookChecks: readonly BookCheck[];
  }
}
