import type { Instant } from "../../words/clock.ts";
import type { EmailHash, PersonId } from "../../words/ids.ts";

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

/** A passkey of a person. */
export interface PasskeyRow {
  /** The credential's id, base64url. */
  id: string;
  person_id: PersonId;
  /** COSE (RFC 9052). */
  public_key: Uint8Array;
  /** The signature counter; 0 where the authenticator keeps none. */
  counter: number;
  /** How the authenticator is reached, in a list with commas. */
  transports: string;
  name: string;
  added_at: Instant;
  last_used_at: Instant | null;
}

/** A sign-in by passkey or provider, or a passkey's being added, that has begun. It ends once. */
export interface CeremonyRow {
  /** SHA-256 of what the browser's cookie carries. */
  browser_hash: string;
  kind: "passkey-add" | "passkey-use" | "oidc";
  /** What is to be known at its end, in JSON, sealed. */
  sealed: Uint8Array;
  expires_at: Instant;
}

declare module "../../store/schema.ts" {
  interface Schema {
    sign_ins: SignInRow;
    passkeys: PasskeyRow;
    ceremonies: CeremonyRow;
  }
}
