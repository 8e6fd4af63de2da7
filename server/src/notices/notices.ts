import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { Currency, PartnerId, PersonId } from "../words/ids.ts";
import { orderedId } from "../words/ordered-id.ts";
import { insertNotice } from "./rows/notices.ts";

/** Money in one currency. */
export interface Sum {
  amountMinor: number;
  currency: Currency;
}

/** What a partner earned, in a digest: a line a currency. */
export interface DigestSums {
  currency: Currency;
  earnedMinor: number;
  heldMinor: number;
  payableMinor: number;
  paidMinor: number;
  /** When the next held amount becomes payable; null when nothing is held. */
  nextAt: Instant | null;
}

/**
 * Everything that people are told by mail, with the facts that the mail says. A notice goes to one person, to a partner's
 * people, or to the vendor's; who of them, `mail/notice-kinds.ts` says.
 */
export type Notice =
  | { kind: "invitation"; person: PersonId; facts: { invitedBy: string } }
  | { kind: "digest"; person: PersonId; facts: DigestFacts }
  | { kind: "statement.ready"; partner: PartnerId; facts: Sum & { number: string; period: string } }
  | { kind: "payout.sent"; partner: PartnerId; facts: Sum & { payout: string } }
  | { kind: "payout.rejected"; partner: PartnerId; facts: Sum & { payout: string; why: string } }
  | {
      kind: "details.changed";
      partner: PartnerId;
      facts: { what: "bank" | "other"; payableFrom: Instant | null };
    }
  | { kind: "dispute.opened"; facts: { dispute: string; partner: PartnerId; order: string } }
  | { kind: "dispute.answered"; partner: PartnerId; facts: { dispute: string; order: string } }
  | { kind: "passkey.added"; person: PersonId; facts: { name: string } }
  | { kind: "passkey.removed"; person: PersonId; facts: { name: string } }
  | { kind: "news"; partner: PartnerId; facts: { title: string; text: string } }
  | { kind: "desk"; person: PersonId; facts: DeskFacts }
  | { kind: "plan.announced"; partner: PartnerId; facts: { name: string; since: Instant } };

/** What a digest tells: the span it is about, the sums, and what did not count. */
export interface DigestFacts {
  since: Instant;
  until: Instant;
  sums: readonly DigestSums[];
  credited: number;
  /** Orders that did not count, each with its reason as an order's record has it. */
  uncounted: readonly { order: string; reason: string }[];
}

/** What waits for the vendor's people: counts up to a bound, and never whose it is. */
export interface DeskFacts {
  /** The day it is about. */
  date: Instant;
  /** Batches that wait for a second person. */
  payouts: number;
  /** What was booked by hand and waits for a second person. */
  adjustments: number;
  /** Registered customers that wait for an answer. */
  deals: number;
  held: number;
  disputes: number;
  /** By when the first of them is answered. */
  disputeDueAt: Instant | null;
  /** Messages and mail that were given up. */
  stuck: number;
  /** Shops that were not heard for days, each with when it was heard last. */
  shops: readonly { shop: string; heardAt: Instant | null }[];
}

/** The kinds of notices. */
export type NoticeKind = Notice["kind"];

/**
 * Notes what people are to be told, in the transaction of what happened: mail goes out soon after, and only if that was
 * committed. A second notice of one `once` is none.
 *
 * @returns false where it was noted before
 * @param once names what happened, such as a statement's number; the kind is put before it
 */
export async function noteNotice(
  tx: Tx,
  notice: Notice,
  { once, now }: { once: string; now: Instant },
): Promise<boolean> {
  const noted = await insertNotice(tx, {
    id: `no_${orderedId(now)}`,
    kind: notice.kind,
    partner_id: "partner" in notice ? notice.partner : null,
    person_id: "person" in notice ? notice.person : null,
    facts: JSON.stringify(notice.facts),
    once_key: `${notice.kind} ${once}`,
    told_at: null,
    noted_at: now,
  });
  return noted === 1;
}
