import { sql } from "kysely";
import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { PartnerId } from "../../words/ids.ts";

interface PayeeQuestion {
  partner_id: PartnerId;
  email: string;
  alias: string;
  domain: string | null;
  site: string | null;
}

const payeeQuery = query<PayeeQuestion>()((db, p) => ({
  compile: () =>
    sql<{ id: string }>`select id from people
        where partner_id = ${p.partner_id} and removed_at is null and mail_hash in (${p.email}, ${p.alias})
      union all select id from partners
        where id = ${p.partner_id} and (
          email_hash in (${p.email}, ${p.alias}) or email_alias_hash in (${p.email}, ${p.alias})
          or email_domain_hash in (${p.domain}, ${p.site}) or email_site_hash in (${p.domain}, ${p.site}))`.compile(
      db,
    ),
}));

/** Whether an address is that of a partner, or of a person who signs in for it. */
export const isOneOfPayees = async (tx: Tx, question: PayeeQuestion): Promise<boolean> =>
  (await tx.all(payeeQuery, question)).length > 0;
