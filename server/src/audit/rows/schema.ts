import type { Generated } from "kysely";
import type { Instant } from "../../words/clock.ts";

/** A change that a person or a key made, append-only. */
export interface AuditEntryRow {
  entry_no: Generated<number>;
  at: Instant;
  /** `cli:USER` or `key:ID`. */
  actor: string;
  action: string;
  subject: string | null;
}

declare module "../../store/schema.ts" {
  interface Schema {
    audit_entries: AuditEntryRow;
  }
}
