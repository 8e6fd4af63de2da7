import { sql } from "kysely";
import { columnsOf } from "../../store/columns.ts";
import { doNothing, insertList } from "../../store/insert-list.ts";
import { overList } from "../../store/over-list.ts";
import type { RegisteredEmailRow } from "./schema.ts";

/** A registration as a later one is held against it. */
export type EmailClaim = Pick<RegisteredEmailRow, "email_hash" | "product" | "partner_id" | "registered_at">;

/** The registrations of some addresses; each row of the list is an address's hash. */
export const findEmailClaimsOf = overList(
  (items) => sql<EmailClaim>`select
    registered_emails.email_hash, registered_emails.product, registered_emails.partner_id, registered_at
    from ${items} cross join registered_emails where registered_emails.email_hash = item.value ->> 0`,
);

/** Registers many addresses in one statement, each unless a registration for the same product is there. */
export const insertRegisteredEmails = insertList<RegisteredEmailRow>({
  table: "registered_emails",
  columns: columnsOf<RegisteredEmailRow>({
    email_hash: true,
    product: true,
    partner_id: true,
    pepper_id: true,
    registered_at: true,
    origin: true,
    consent_id: true,
    consent_at: true,
  }),
  numbers: ["registered_at", "consent_at"],
  onConflict: doNothing,
});
