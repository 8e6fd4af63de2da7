import type { Surroundings } from "../runtime/surroundings.ts";

/** What a carrier may look at. */
export interface CarrierContext extends Surroundings {
  /** The product's id, as the client has it. */
  product: string;
  /** The token handed to `capture()`, if any. */
  token?: string | undefined;
}

/** One place that was looked at: a text that may be a token, or why there was none. */
export type CarrierFinding =
  /** `openToAll`: everybody on the machine may have written it, so that it counts after all that is not. */
  | { where: string; text: string; openToAll?: boolean | undefined }
  | { where: string; code: "absent" | "unreadable" | "too_large" | "damaged" };

/**
 * A way a token travels with a copy. A new one is one small file: it names the places in order and reads
 * them; whether a text is a good token is not its concern. It may throw: that is reported as `unreadable`.
 */
export interface Carrier {
  /** Stands in results as `carrier`, such as `environment`. Unique among the carriers of a client. */
  readonly name: string;
  /**
   * Reads the places one after the other. The caller stops at the first good token, so later places may stay
   * unread.
   */
  look(context: CarrierContext): Iterable<CarrierFinding> | AsyncIterable<CarrierFinding>;
}
