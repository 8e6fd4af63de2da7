import type { Deps } from "../deps/deps.ts";
import { type Instant, instant, isoTime } from "../words/clock.ts";
import { Refusal } from "../words/refusal.ts";
import { listAuditEntries } from "./rows/audit-entries.ts";

/** An entry as it is listed. */
export interface AuditEntry {
  /** ISO 8601 in UTC. */
  at: string;
  /** `cli:USER` or `key:ID`. */
  actor: string;
  /** The command's words, or the method and path of the route. */
  action: string;
  subject: string | null;
}

/** What to list: 100 entries by default, 1,000 at the most. */
export interface AuditFilter {
  since?: Instant | undefined;
  actor?: string | undefined;
  subject?: string | undefined;
  limit?: number | undefined;
  after?: string | undefined;
}

/**
 * What people and keys have changed, the newest first; `next` is the `after` of the page behind it.
 *
 * @throws Refusal `request_invalid` when `after` is not a `next` that was returned before
 */
export async function listAudit(
  deps: Pick<Deps, "store">,
  { since = instant(0), actor = "", subject = "", limit = 100, after }: AuditFilter = {},
): Promise<{ entries: AuditEntry[]; next: string | null }> {
  if (after !== undefined && !/^\d{1,15}$/.test(after))
    throw new Refusal("request_invalid", "after: expected the `next` of an earlier page.");
  const shown = Math.min(Math.max(limit, 1), 1000);
  const before = after === undefined ? Number.MAX_SAFE_INTEGER : Number(after);
  const rows = await deps.store.read((tx) =>
    listAuditEntries(tx, { before, since, actor, subject, limit: shown + 1 }),
  );
  const page = rows.slice(0, shown);
  return {
    entries: page.map((row) => ({
      at: isoTime(row.at),
      actor: row.actor,
      action: row.action,
      subject: row.subject,
    })),
    next: rows.length > shown ? String(page.at(-1)?.entry_no ?? "") : null,
  };
}
