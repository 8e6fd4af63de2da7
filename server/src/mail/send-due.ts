import type { Deps } from "../deps/deps.ts";
import { nextAttempt } from "../outbox/retry-schedule.ts";
import type { Tx } from "../store/store.ts";
import { addDays, instant } from "../words/clock.ts";
import type { EmailHash } from "../words/ids.ts";
import { randomHex } from "../words/random-hex.ts";
import { type Courier, MailFailure } from "./courier.ts";
import { openMail } from "./mails.ts";
import { forgetBounces, noteBounce } from "./rows/bounces.ts";
import { claimMail, deleteSettled, type MailNote, noteMail } from "./rows/mails.ts";
import type { MailRow } from "./rows/schema.ts";

/** What sending needs of the world. */
export type MailNeeds = Pick<Deps, "store" | "clock" | "hashes" | "log">;

/**
 * Asked before a mail of a kind is sent: mail to which the answer is no is dropped. So a request can do the same work for
 * every address, and whether it is known shows only here.
 */
export type MailGates = Readonly<
  Record<string, (tx: Tx, recipient: EmailHash, mail: string) => Promise<boolean>>
>;

const atOnce = 8;
/** More than a server may take to answer. */
const leaseMilliseconds = 5 * 60_000;

/**
 * Sends what is due, until nothing is: each mail once, those of one address in order. Any number of processes may do so
 * on one database. What fails is tried again for three days, what is refused for good is given up at once.
 *
 * @param chance from 0 up to, and not with, 1
 * @returns how many were sent
 */
export async function sendDueMail(
  deps: MailNeeds,
  {
    courier,
    gates = {},
    chance = Math.random,
  }: { courier: Courier; gates?: MailGates; chance?: () => number },
): Promise<number> {
  let sent = 0;
  for (;;) {
    const now = deps.clock();
    const lease = randomHex(8);
    const claim = { now, until: instant(now + leaseMilliseconds), lease, limit: atOnce };
    const rows = await deps.store.write((tx) => claimMail(tx, claim));
    if (rows.length === 0) return sent;
    const recipients = new Map(rows.map(({ id, recipient_hash }) => [id, recipient_hash]));
    const notes = await Promise.all(rows.map((row) => sendOne(deps, row, courier, gates, chance())));
    await deps.store.write(async (tx) => {
      for (const { isBounce, ...note } of notes) {
        if (!(await noteMail(tx, { ...note, lease }))) continue;
        const recipient_hash = recipients.get(note.id);
        if (recipient_hash === undefined) continue;
        if (note.state === "sent") await forgetBounces(tx, recipient_hash);
        if (isBounce)
          await noteBounce(tx, { recipient_hash, bounced_at: deps.clock(), problem: note.problem ?? "" });
      }
    });
    sent += notes.filter(({ state }) => state === "sent").length;
  }
}

interface Outcome extends Omit<MailNote, "lease"> {
  /** Whether the server refused the address itself, for good. */
  isBounce: boolean;
}

async function sendOne(
  deps: MailNeeds,
  row: MailRow,
  courier: Courier,
  gates: MailGates,
  chance: number,
): Promise<Outcome> {
  const settle = (
    state: "sent" | "failed" | "dropped",
    problem: string | null,
    isBounce = false,
  ): Outcome => ({
    id: row.id,
    state,
    due_at: null,
    problem,
    settled_at: deps.clock(),
    isBounce,
  });
  if (row.expires_at !== null && row.expires_at <= deps.clock()) return settle("dropped", "it had run out");
  const gate = gates[row.kind];
  if (gate !== undefined && !(await deps.store.read((tx) => gate(tx, row.recipient_hash, row.id))))
    return settle("dropped", "nobody who may have it");
  try {
    await courier.send({ id: row.id, ...openMail(deps.hashes, row) });
    deps.log.info("mail.sent", { type: row.kind, attempt: row.attempts });
    return settle("sent", null);
  } catch (error) {
    const failure = error instanceof MailFailure ? error : undefined;
    const problem = failure?.message ?? "it could not be made";
    const next = nextAttempt(
      { attempts: row.attempts, triedSince: row.tried_since ?? deps.clock() },
      deps.clock(),
      chance,
    );
    const isGivenUp = failure?.isLasting === true || next === undefined;
    deps.log.warn("mail.failed", {
      type: row.kind,
      attempt: row.attempts,
      detail: problem,
      outcome: isGivenUp ? "given_up" : "retry",
    });
    if (isGivenUp) return settle("failed", problem, failure?.isBounce);
    return { id: row.id, state: "pending", due_at: next, problem, settled_at: null, isBounce: false };
  }
}

const keptDays = 90;
const pageSize = 500;

/** Deletes mail that was sent or given up 90 days ago, a page a transaction. */
export async function pruneMail({ store, clock }: Pick<Deps, "store" | "clock">): Promise<number> {
  const before = addDays(clock(), -keptDays);
  let deleted = 0;
  for (;;) {
    const page = await store.write((tx) => deleteSettled(tx, { before, limit: pageSize }));
    deleted += page;
    if (page < pageSize) return deleted;
  }
}
