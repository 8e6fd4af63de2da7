import type { Instant } from "../../words/clock.ts";
import type { KeyId } from "../../words/ids.ts";

/** Public halves of the signing keys; the private halves are files in the keys folder. */
export interface KeyRow {
  kid: KeyId;
  /** JSON Web Key, public members only. */
  public_jwk: string;
  status: "active" | "retired" | "revoked";
  created_at: Instant;
  revoked_at: Instant | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    signing_keys: KeyRow;
  }
}
