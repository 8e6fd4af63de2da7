import type { Deps } from "../deps/deps.ts";
import type { Hashes } from "../secrets/hashes.ts";
import type { Tx } from "../store/store.ts";
import { as, type EmailHash, type PartnerId } from "../words/ids.ts";
import { Refusal, type RefusalCode } from "../words/refusal.ts";
import { soundMailOf } from "./people.ts";
import { findPeopleByMail } from "./rows/people.ts";
import { findVendorPeople } from "./rows/vendor-people.ts";

type Needs = Pick<Deps, "config" | "hashes">;

/** Roles that may approve what costs money. */
const payers: ReadonlySet<string> = new Set(["owner", "finance"]);

/** Who of the vendor's side acts: a person, or whoever holds a key or an account of the machine. */
interface Human {
  actor: string;
  /** The mailbox that tells who it is; undefined where nobody has said whose a key or an account is. */
  mailbox: EmailHash | undefined;
  /** The addresses that this person signs in with, and its removed ones. */
  mails: string[];
  /** All actors that are this person. */
  actors: string[];
}

/** What one person wants to have approved by another. */
export interface TwoPersonDeed {
  proposedBy: string;
  approver: string;
  /** Whose money it is. */
  partners: readonly PartnerId[];
  /** The refusal's code. */
  code: RefusalCode;
  /** What is to be approved, by its id. */
  what: string;
}

/**
 * Holds what needs two people to two people. One person is one whatever it comes with: several sign-ins of one mailbox,
 * one that was removed and added anew, the admin token or an account of the machine that `approvals.holders` names as
 * its. Where people of the vendor can approve, a key whose holder is not named approves nothing, since it may be
 * anybody's. Nobody approves money of a partner for which it acts too, and who was removed meanwhile approves nothing.
 *
 * @throws {Refusal} with the code given
 */
export async function requireSecondPerson(tx: Tx, deps: Needs, deed: TwoPersonDeed): Promise<void> {
  const { proposedBy, approver, code, what } = deed;
  const refuse = (why: string): never => {
    throw new Refusal(code, `Another person than ${approver} must decide on ${what}: ${why}.`);
  };
  if (proposedBy === approver) refuse("it is who asked for it");
  const people = await findVendorPeople(tx);
  const [first, second] = [readHuman(deps, people, proposedBy), readHuman(deps, people, approver)];
  if (second.mailbox !== undefined && first.mailbox === second.mailbox)
    refuse(`it is one person with ${proposedBy}, who asked for it`);
  const payersLeft = people.filter(({ role, removed_at }) => removed_at === null && payers.has(role));
  if (approver.startsWith("person:") && !payersLeft.some(({ id }) => approver === `person:${id}`))
    refuse("who approves is an owner, or of finance, and was not removed");
  if (approver.startsWith("key:") && second.mailbox === undefined && payersLeft.length > 0)
    refuse("`approvals.holders` of the configuration does not say who holds this key");
  const own = await findOwnPartner(tx, deps.hashes, second, deed.partners);
  if (own !== undefined) refuse(`it acts for ${own} too`);
}

/**
 * All actors that are the person behind one: sums of what somebody did count them together.
 */
export async function findActorsOf(tx: Tx, deps: Needs, actor: string): Promise<readonly string[]> {
  return readHuman(deps, await findVendorPeople(tx), actor).actors;
}

/** Whether who acts for the vendor acts for a partner too: what it does for it alone is not the vendor's will. */
export async function actsFor(tx: Tx, deps: Needs, actor: string, partner: PartnerId): Promise<boolean> {
  const human = readHuman(deps, await findVendorPeople(tx), actor);
  return (await findOwnPartner(tx, deps.hashes, human, [partner])) !== undefined;
}

type VendorPeople = Awaited<ReturnType<typeof findVendorPeople>>;

function readHuman({ config, hashes }: Needs, people: VendorPeople, actor: string): Human {
  const { holders } = config.approvals;
  const known = people.flatMap((row) => {
    const mail = soundMailOf(hashes, row);
    return mail === undefined ? [] : [{ actor: `person:${row.id}`, mail }];
  });
  for (const [held, mail] of Object.entries(holders)) known.push({ actor: held, mail });
  const mailboxes = known.map((one) => ({ ...one, mailbox: mailboxOf(hashes, one.mail) }));
  const mailbox = mailboxes.find((one) => one.actor === actor)?.mailbox;
  const same = mailbox === undefined ? [] : mailboxes.filter((one) => one.mailbox === mailbox);
  return {
    actor,
    mailbox,
    mails: same.map(({ mail }) => mail),
    actors: [...new Set([actor, ...same.map((one) => one.actor)])],
  };
}

/** An address with a tag behind a plus leads to the same person. */
const mailboxOf = (hashes: Hashes, mail: string): EmailHash => hashes.emailAlias(mail) ?? hashes.email(mail);

async function findOwnPartner(
  tx: Tx,
  hashes: Hashes,
  { mailbox, mails }: Human,
  partners: readonly PartnerId[],
): Promise<PartnerId | undefined> {
  if (mailbox === undefined) return undefined;
  const wanted = new Set<string>(partners);
  for (const hash of new Set([mailbox, ...mails.map((mail) => hashes.email(mail))]))
    for (const { partner_id } of await findPeopleByMail(tx, hash))
      if (partner_id !== null && wanted.has(partner_id)) return as.partner(partner_id);
  return undefined;
}
