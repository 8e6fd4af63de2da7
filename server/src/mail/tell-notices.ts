import type { Deps } from "../deps/deps.ts";
import { mailTexts } from "../messages/mail/index.ts";
import { reasonsTexts } from "../messages/reasons/index.ts";
import { speak } from "../messages/speak.ts";
import type { NoticeKind } from "../notices/notices.ts";
import { deleteTold, findUntold, markTold } from "../notices/rows/notices.ts";
import type { NoticeRow } from "../notices/rows/schema.ts";
import { wantedLanguages } from "../pages/app-page.ts";
import { soundMailOf } from "../people/people.ts";
import { type FoundPerson, findPeopleByMail, findPeopleOfSide, findPerson } from "../people/rows/people.ts";
import type { Tx } from "../store/store.ts";
import { addDays } from "../words/clock.ts";
import type { EmailHash } from "../words/ids.ts";
import type { Letter } from "./letter.ts";
import { enqueueMail } from "./mails.ts";
import { noticeKinds, type Reader } from "./notice-kinds.ts";
import type { MailGates } from "./send-due.ts";
import { stopUrl } from "./stop-link.ts";

type Needs = Pick<Deps, "store" | "clock" | "hashes" | "config">;

const pageSize = 50;

/**
 * Turns notices into mail: one to each person whom a notice is for, in its language. Letters and the note that it was
 * told are one transaction, so a notice is told once, whatever is killed and however many processes do so.
 *
 * @returns how many notices were told
 */
export async function tellNotices(deps: Needs): Promise<number> {
  let told = 0;
  for (;;) {
    const page = await deps.store.read((tx) => findUntold(tx, pageSize));
    for (const notice of page) told += (await tellNotice(deps, notice)) ? 1 : 0;
    if (page.length < pageSize) return told;
  }
}

async function tellNotice(deps: Needs, notice: NoticeRow): Promise<boolean> {
  const readers = await deps.store.read((tx) => readersOf(tx, notice));
  const letters = await Promise.all(
    readers.map(async (person) => ({ person, letter: await letterTo(deps, notice, person) })),
  );
  return deps.store.write(async (tx) => {
    if (!(await markTold(tx, { id: notice.id, told_at: deps.clock() }))) return false;
    for (const { person, letter } of letters) {
      const to = soundMailOf(deps.hashes, person);
      if (to === undefined) continue;
      await enqueueMail(tx, deps, { kind: notice.kind, to, letter, once: `${notice.id} ${person.id}` });
    }
    return true;
  });
}

const isKind = (kind: string): kind is NoticeKind => kind in noticeKinds;

type Role = Pick<FoundPerson, "partner_id" | "role" | "digest">;

/** Whether a kind is for somebody of such a role, who has not ended it. */
function isFor(kind: NoticeKind, { partner_id, role, digest }: Role): boolean {
  const { partner, vendor, isOptional } = noticeKinds[kind];
  const roles: readonly string[] = partner_id === null ? vendor : partner;
  return roles.includes(role) && !(isOptional === true && digest === "never");
}

/** Whom a notice is for. A kind that a newer program wrote is nobody's here: that program tells it, or nobody does. */
async function readersOf(tx: Tx, { kind, person_id, partner_id }: NoticeRow): Promise<FoundPerson[]> {
  if (!isKind(kind)) return [];
  if (person_id === null)
    return (await findPeopleOfSide(tx, partner_id)).filter((person) => isFor(kind, person));
  const person = await findPerson(tx, person_id);
  return person === undefined || !isFor(kind, person) ? [] : [person];
}

/**
 * Asked before a letter goes out: however long it had to wait, it goes to nobody who was removed meanwhile, whose role
 * no longer has it, or who has ended it by one click.
 */
export const noticeGates: MailGates = Object.fromEntries(
  Object.keys(noticeKinds)
    .filter(isKind)
    .map((kind) => [
      kind,
      async (tx: Tx, recipient: EmailHash) =>
        (await findPeopleByMail(tx, recipient)).some((person) => isFor(kind, person)),
    ]),
);

async function letterTo({ config, hashes }: Needs, notice: NoticeRow, person: FoundPerson): Promise<Letter> {
  if (!isKind(notice.kind)) throw new Error(`no notice is of the kind ${notice.kind}`);
  const speech = await speak(mailTexts, wantedLanguages(config.brand, { chosen: person.language }));
  const reasons = await speak(reasonsTexts, [speech.tag]);
  const reader: Reader = {
    config,
    speech,
    reasons,
    partnerName: person.partner_id === null ? null : (person.partner_name ?? person.partner_id),
    unsubscribeUrl: stopUrl({ config, hashes }, person.id),
  };
  // Its facts were written under the same kind, by `noteNotice` alone.
  const write = noticeKinds[notice.kind].write as (
    facts: unknown,
    reader: Reader,
  ) => Omit<Letter, "language">;
  return {
    ...write(JSON.parse(notice.facts), reader),
    language: { tag: speech.tag, direction: speech.direction },
  };
}

const keptDays = 90;

/** Deletes notices that were told 90 days ago, a page a transaction. */
export async function pruneNotices({ store, clock }: Pick<Needs, "store" | "clock">): Promise<number> {
  const before = addDays(clock(), -keptDays);
  let deleted = 0;
  for (;;) {
    const page = await store.write((tx) => deleteTold(tx, { before, limit: pageSize }));
    deleted += page;
    if (page < pageSize) return deleted;
  }
}
