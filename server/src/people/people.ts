import { requirePartner } from "../channel/active-partner.ts";
import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { noteNotice } from "../notices/notices.ts";
import { openIfSound, openSealed, sealText, unopened } from "../secrets/seal.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, isoTime } from "../words/clock.ts";
import { isEmailAddress } from "../words/email-address.ts";
import { as, type PersonId } from "../words/ids.ts";
import { orderedId } from "../words/ordered-id.ts";
import { cutPage, refuseCursor, rowsOfPage } from "../words/page-cursor.ts";
import { Refusal } from "../words/refusal.ts";
import { type Duty, partnerRoles, vendorRoles } from "../words/roles.ts";
import {
  findPeopleByMail,
  findPerson,
  insertPerson,
  listPeopleRows,
  markPersonRemoved,
  updateChoices,
  updateDigest,
  updateLanguage,
} from "./rows/people.ts";
import type { Digest, PersonRow } from "./rows/schema.ts";

/** What this room needs of the world. */
export type PeopleNeeds = Pick<Deps, "store" | "clock" | "hashes">;

/** A person as it is listed. Times are ISO 8601 in UTC. */
export interface ListedPerson {
  id: PersonId;
  mail: string;
  /** Null for the vendor's own people. */
  partner: string | null;
  role: PersonRow["role"];
  language: string | null;
  digest: PersonRow["digest"];
  addedAt: string;
  lastSeenAt: string | null;
}

/** Whom to add: one of the vendor's people, or with `partner` one of that partner's. */
export interface NewPerson {
  mail: string;
  role: string;
  partner?: string | undefined;
  /** `cli:USER`, `key:ID` or `person:ID`. */
  addedBy: string;
}

/** How an id begins with the time, so that lists go by it. */
const newPersonId = (now: Instant): PersonId => as.person(`pe_${orderedId(now)}`);

/**
 * Lets somebody sign in, for the vendor or for a partner, and notes the invitation that is mailed.
 *
 * @throws {Refusal} `request_invalid`, `partner_unknown`, `person_exists`
 */
export async function addPerson(
  { store, clock, hashes }: PeopleNeeds,
  person: NewPerson,
): Promise<ListedPerson> {
  const { mail, addedBy } = person;
  if (!isEmailAddress(mail)) throw new Refusal("request_invalid", "That is not an e-mail address.");
  const duty = readDuty(person);
  const id = newPersonId(clock());
  const row: PersonRow = {
    id,
    partner_id: duty.side === "partner" ? as.partner(duty.partner) : null,
    role: duty.role,
    mail_hash: hashes.email(mail),
    mail: sealText(mail.trim(), Buffer.from(id), hashes.mailAddressKey),
    language: null,
    digest: "weekly",
    added_at: clock(),
    added_by: addedBy,
    last_seen_at: null,
    removed_at: null,
  };
  nameSubject(id);
  await store.write(async (tx) => {
    if (row.partner_id !== null) await requirePartner(tx, row.partner_id);
    if (!(await insertPerson(tx, row)))
      throw new Refusal(
        "person_exists",
        `This address stands for ${row.partner_id ?? "the vendor"} already.`,
      );
    await noteNotice(
      tx,
      { kind: "invitation", person: id, facts: { invitedBy: addedBy } },
      { once: id, now: row.added_at },
    );
  });
  return listed({ hashes }, row);
}

/** @throws {Refusal} `request_invalid` when the side has no such role. */
function readDuty({ role, partner }: Pick<NewPerson, "role" | "partner">): Duty {
  const wanted = partner === undefined ? vendorRoles : partnerRoles;
  const found = wanted.find((one) => one === role);
  if (found === undefined) throw new Refusal("request_invalid", `A role is one of ${wanted.join(", ")}.`);
  return partner === undefined
    ? { side: "vendor", role: vendorRoles.find((one) => one === found) ?? "auditor" }
    : { side: "partner", role: partnerRoles.find((one) => one === found) ?? "viewer", partner };
}

/**
 * Removes a person by id or by address; all its sessions end with it.
 *
 * @throws {Refusal} `person_unknown`; `request_invalid` when the address stands for several and no partner is named
 */
export async function removePerson(
  { store, clock, hashes }: PeopleNeeds,
  { person, partner }: { person: string; partner?: string | undefined },
): Promise<ListedPerson> {
  const row = await store.write(async (tx) => {
    const found = await requireOne(tx, hashes, { person, partner });
    nameSubject(found.id);
    await markPersonRemoved(tx, { id: found.id, removed_at: clock() });
    return found;
  });
  return listed({ hashes }, row);
}

async function requireOne(
  tx: Tx,
  hashes: PeopleNeeds["hashes"],
  { person, partner }: { person: string; partner?: string | undefined },
): Promise<PersonRow> {
  if (!person.includes("@")) {
    const row = await findPerson(tx, as.person(person));
    if (row === undefined || (partner !== undefined && row.partner_id !== partner)) throw unknown();
    return row;
  }
  const all = await findPeopleByMail(tx, hashes.email(person));
  const rows = partner === undefined ? all : all.filter((row) => row.partner_id === partner);
  const [row, ...more] = rows;
  if (row === undefined) throw unknown();
  if (more.length > 0)
    throw new Refusal("request_invalid", "This address stands for several: name the person by its id.");
  return row;
}

const unknown = () => new Refusal("person_unknown", "There is no such person.");

/** What to list: 100 people by default, 1,000 at the most. */
export interface PeopleFilter {
  partner?: string | undefined;
  limit?: number | undefined;
  after?: string | undefined;
}

/**
 * People in the order in which they were added; `next` is the `after` of the page behind it.
 *
 * @throws {Refusal} `request_invalid` when `after` is not a `next` that was returned before
 */
export async function listPeople(
  { store, hashes }: Pick<PeopleNeeds, "store" | "hashes">,
  { partner, limit, after = "" }: PeopleFilter = {},
): Promise<{ people: ListedPerson[]; next: string | null }> {
  if (!/^(pe_[a-z0-9]{25})?$/.test(after)) refuseCursor();
  const rows = rowsOfPage(limit);
  const page = { after: as.person(after), limit: rows + 1 };
  const of = partner === undefined ? undefined : as.partner(partner);
  const found = await store.read((tx) => listPeopleRows(tx, page, of));
  const { shown, next } = cutPage(found, rows, ({ id }) => id);
  return { people: shown.map((row) => listed({ hashes }, row)), next };
}

/** What a person chooses for itself. */
export const choose = (
  { store }: Pick<PeopleNeeds, "store">,
  choices: Pick<PersonRow, "id" | "language" | "digest">,
): Promise<number> => store.write((tx) => updateChoices(tx, choices));

/** How often a person wants to be mailed what waits for it, or what it earned. */
export const chooseDigest = (
  { store }: Pick<PeopleNeeds, "store">,
  id: PersonId,
  digest: Digest,
): Promise<number> => store.write((tx) => updateDigest(tx, { id, digest }));

/** One person. @throws {Refusal} `person_unknown` */
export async function showPerson(
  { store, hashes }: Pick<PeopleNeeds, "store" | "hashes">,
  id: PersonId,
): Promise<ListedPerson> {
  const row = await store.read((tx) => findPerson(tx, id));
  if (row === undefined) throw unknown();
  return listed({ hashes }, row);
}

/** The language that a person chooses for its pages and mail; null leaves it to the browser. */
export const chooseLanguage = (
  { store }: Pick<PeopleNeeds, "store">,
  id: PersonId,
  language: string | null,
): Promise<number> => store.write((tx) => updateLanguage(tx, { id, language }));

/** A person's address, as it was given. */
export const mailOf = (hashes: PeopleNeeds["hashes"], { id, mail }: Pick<PersonRow, "id" | "mail">): string =>
  openSealed(mail, Buffer.from(id), hashes.mailAddressKey);

/** The same; undefined where the row was changed by hand, so that it does not open. Such a person cannot sign in. */
export const soundMailOf = (
  hashes: PeopleNeeds["hashes"],
  { id, mail }: Pick<PersonRow, "id" | "mail">,
): string | undefined => openIfSound(mail, Buffer.from(id), hashes.mailAddressKey);

const listed = ({ hashes }: Pick<PeopleNeeds, "hashes">, row: PersonRow): ListedPerson => ({
  id: row.id,
  mail: soundMailOf(hashes, row) ?? unopened,
  partner: row.partner_id,
  role: row.role,
  language: row.language,
  digest: row.digest,
  addedAt: isoTime(row.added_at),
  lastSeenAt: row.last_seen_at === null ? null : isoTime(row.last_seen_at),
});
