import type { Instant } from "../../words/clock.ts";
import type { EmailHash } from "../../words/ids.ts";

/** A sign-in that has begun: a browser asked, and an address was mailed a code and a link, if anybody may have them. */
export interface SignInRow {
  /** SHA-256 of what the browser's cookie carries. */
  browser_hash: string;
  /** SHA-256 of the link's token. */
  link_hash: string;
  /** Keyed hash of the code, with the browser's hash. */
  code_hash: string;
  mail_hash: EmailHash;
  /** The address, sealed. */
  mail: Uint8Array;
  audience: "people" | "customer";
  /** Where the reader was going: a path of this receiver. */
  destination: string | null;
  /** How often a code was tried. */
  tries: number;
  begun_at: Instant;
  expires_at: Instant;
  used_at: Instant | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    sign_ins: SignInRow;
  }
}
