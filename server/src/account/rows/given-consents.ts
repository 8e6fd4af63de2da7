import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { EmailHash } from "../../words/ids.ts";

const consentsQuery = query<{ email_hash: EmailHash }>()((db, p) =>
  db
    .selectFrom("registered_emails")
    .innerJoin("partners", "partners.id", "registered_emails.partner_id")
    .leftJoin("consents", "consents.id", "registered_emails.consent_id")
    .select([
      "registered_emails.partner_id",
      "partners.name as partner_name",
      "registered_emails.product",
      "registered_emails.registered_at",
      "registered_emails.consent_at",
      "consents.wording",
    ])
    .where("registered_emails.email_hash", "=", p.email_hash)
    .orderBy("registered_emails.registered_at", "desc"),
);

/** What partners registered of an address, with the words that were agreed to. */
export const findGivenConsents = (tx: Tx, email: EmailHash) => tx.all(consentsQuery, { email_hash: email });
