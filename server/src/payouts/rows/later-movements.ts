import { query } from "../../store/query.ts";
import type { Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { accountName } from "./items.ts";

const pageQuery = query<{ before: number; limit: number }>()((db, p) =>
  db
    .selectFrom("transfers")
    .select(["id", "partner_id", "currency", "debit", "credit", "kind", "amount_minor", "booked_at"])
    .where("id", "<", p.before)
    .orderBy("id", "desc")
    .limit(p.limit as never),
);

const pageSize = 1_000;
/** Processes' clocks differ, and what they book is not numbered by them. */
const slackMilliseconds = 3_600_000;

/**
 * What became payable after a moment, by `accountName`, payouts left aside, and what closes gave after `termsHeldSince`:
 * that is held back in any case (`term-hold.ts`), and shall not make up for a loss here. Walks the journal from its end
 * back to that moment, so it costs what was booked since, and no index that every sale would pay for.
 */
export async function sumPayableSince(
  tx: Tx,
  { since, termsHeldSince }: { since: Instant; termsHeldSince: Instant },
): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const page = await tx.all(pageQuery, { before, limit: pageSize });
    for (const { partner_id, currency, kind, debit, credit, amount_minor, booked_at } of page) {
      if (booked_at <= since || kind === "payout" || kind === "payout_return") continue;
      if (kind === "term" && credit === "payable" && booked_at > termsHeldSince) continue;
      const sign = credit === "payable" ? 1 : debit === "payable" ? -1 : 0;
      const name = accountName(partner_id, currency);
      sums.set(name, (sums.get(name) ?? 0) + sign * amount_minor);
    }
    const last = page.at(-1);
    if (last === undefined || page.every(({ booked_at }) => booked_at < since - slackMilliseconds))
      return sums;
    before = last.id;
  }
}
