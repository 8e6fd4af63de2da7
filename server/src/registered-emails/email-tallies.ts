import type { Deps } from "../deps/deps.ts";
import { isoTime } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";
import { listEmailTallies } from "./rows/email-tallies.ts";
import { everyProduct, type RegisteredEmailRow } from "./rows/schema.ts";

/** How many addresses a partner sent in one way, as it may know itself. */
export interface EmailTally {
  /** Null: for every product. */
  product: string | null;
  origin: RegisteredEmailRow["origin"];
  sent: number;
  /** ISO 8601 in UTC. */
  firstAt: string;
  lastAt: string;
}

/**
 * What a partner sent, counted for itself. Only what it sent: a count of what stands would tell it, address by address,
 * which customers somebody else had registered before.
 */
export async function tallyEmails({ store }: Pick<Deps, "store">, partner: PartnerId): Promise<EmailTally[]> {
  const rows = await store.read((tx) => listEmailTallies(tx, partner));
  return rows.map(({ product, origin, sent, first_at, last_at }) => ({
    product: product === everyProduct ? null : product,
    origin,
    sent,
    firstAt: isoTime(first_at),
    lastAt: isoTime(last_at),
  }));
}
