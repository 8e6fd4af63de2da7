import { createHash, randomBytes } from "node:crypto";
import type { Deps } from "../deps/deps.ts";
import type { Customer, Person, SignedIn } from "../http/app-env.ts";
import { mailOf } from "../people/people.ts";
import { markPersonSeen } from "../people/rows/people.ts";
import { openSealed, sealText } from "../secrets/seal.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, instant, isoTime } from "../words/clock.ts";
import type { EmailHash, PersonId } from "../words/ids.ts";
import { orderedId } from "../words/ordered-id.ts";
import { partnerRoles, type SignInWay, vendorRoles } from "../words/roles.ts";
import type { SessionRow } from "./rows/schema.ts";
import {
  deleteAllSessions,
  deleteOwnSession,
  deleteRunOut,
  deleteSession,
  deleteSessionsOfProvider,
  type FoundSession,
  findSessionRow,
  insertSession,
  listSessionRows,
  type SessionOwner,
  touchSession,
} from "./rows/sessions.ts";

/** What this room needs of the world. */
export type SessionNeeds = Pick<Deps, "store" | "clock" | "hashes" | "config">;

/** Who signs in: a person, or whoever proved an address. */
export type Subject = { person: PersonId } | { customer: string };

/** A sign-in that has been proved. */
export interface NewSession {
  subject: Subject;
  way: SignInWay;
  /** As `deviceOf` tells it. */
  device: string;
  /** The secret of the session that this one takes the place of: a sign-in always has a new one. */
  replaces?: string | undefined;
  /** When it was proved, where that was not just now. */
  signedInAt?: Instant | undefined;
  /** Who the provider says it is, where one signs in. */
  atProvider?: ProviderSession | undefined;
}

/** A sign-in at a provider, as its ID token names it. */
export interface ProviderSession {
  /** The provider's id in the configuration. */
  provider: string;
  /** The claim `sub`. */
  subject: string;
  /** The claim `sid`. */
  session: string | undefined;
}

/** A use is noted no more often, so that reading pages does not write each time. */
const touchEveryMilliseconds = 5 * 60_000;

/**
 * Begins a session in a transaction. The secret is made here and nowhere else, so that none that was planted before the
 * sign-in is ever a session's.
 *
 * @returns the secret, for the cookie alone: the database keeps its hash
 */
export async function startSession(
  tx: Tx,
  needs: Omit<SessionNeeds, "store">,
  begun: NewSession,
): Promise<string> {
  const { clock, config, hashes } = needs;
  const now = clock();
  const secret = randomBytes(32).toString("base64url");
  const { subject, way, device, replaces, signedInAt = now, atProvider } = begun;
  if (replaces !== undefined) await deleteSession(tx, hashOf(replaces));
  const id = `se_${orderedId(now)}`;
  const isPerson = "person" in subject;
  await insertSession(tx, {
    secret_hash: hashOf(secret),
    id,
    person_id: isPerson ? subject.person : null,
    customer_hash: isPerson ? null : hashes.email(subject.customer),
    customer_mail: isPerson ? null : sealText(subject.customer, Buffer.from(id), hashes.mailAddressKey),
    way,
    device,
    signed_in_at: signedInAt,
    seen_at: now,
    idle_at: instant(now + config.signIn.idleMinutes * 60_000),
    expires_at: instant(now + config.signIn.lifetimeHours * 3_600_000),
    provider: atProvider?.provider ?? null,
    provider_subject: atProvider === undefined ? null : hashAtProvider(hashes, "sub", atProvider.subject),
    provider_session:
      atProvider?.session === undefined ? null : hashAtProvider(hashes, "sid", atProvider.session),
  });
  if (isPerson) await markPersonSeen(tx, { id: subject.person, last_seen_at: now });
  return secret;
}

const hashAtProvider = (hashes: SessionNeeds["hashes"], claim: "sub" | "sid", value: string): string =>
  hashes.signIn(`provider ${claim} ${value}`);

/**
 * Ends the sessions that a provider says have ended: those of one of its sessions where it names it, or else all of the
 * user's.
 */
export const endAtProvider = (
  { store, hashes }: Pick<SessionNeeds, "store" | "hashes">,
  ended: { provider: string; subject: string | undefined; session: string | undefined },
): Promise<number> =>
  store.write(async (tx) => {
    const { provider, subject, session } = ended;
    if (session !== undefined)
      return deleteSessionsOfProvider(tx, {
        provider,
        provider_session: hashAtProvider(hashes, "sid", session),
      });
    if (subject === undefined) return 0;
    return deleteSessionsOfProvider(tx, {
      provider,
      provider_subject: hashAtProvider(hashes, "sub", subject),
    });
  });

/** Whose session a secret is; nobody's when it has ended or its person was removed. Its use is noted now and then. */
export async function findSignedIn(
  needs: SessionNeeds,
  secret: string,
): Promise<Person | Customer | undefined> {
  const { store, clock, config } = needs;
  const now = clock();
  const secret_hash = hashOf(secret);
  const row = await store.read((tx) => findSessionRow(tx, { secret_hash, now }));
  const found = row === undefined ? undefined : whoIs(needs, row, secret);
  if (row !== undefined && found !== undefined && row.seen_at + touchEveryMilliseconds < now) {
    const idle_at = instant(now + config.signIn.idleMinutes * 60_000);
    await store.write(async (tx) => {
      await touchSession(tx, { secret_hash, seen_at: now, idle_at });
      if (row.person_id !== null) await markPersonSeen(tx, { id: row.person_id, last_seen_at: now });
    });
  }
  return found;
}

function whoIs({ hashes }: SessionNeeds, row: FoundSession, secret: string): Person | Customer | undefined {
  const common = (mail: string): SignedIn => ({
    session: row.id,
    mail,
    signedInAt: row.signed_in_at,
    way: row.way,
    language: row.language ?? null,
    formToken: hashes.signIn(`form ${secret}`),
  });
  if (row.customer_hash !== null && row.customer_mail !== null) {
    const mail = openSealed(row.customer_mail, Buffer.from(row.id), hashes.mailAddressKey);
    return { ...common(mail), side: "customer", mailHash: row.customer_hash };
  }
  const { person_id: id, mail, role, partner_id: partner, partner_name: partnerName } = row;
  if (id === null || mail === null || row.removed_at !== null) return undefined;
  const person = { ...common(mailOf(hashes, { id, mail })), id, actor: `person:${id}` as const };
  if (partner === null) {
    const vendorRole = vendorRoles.find((one) => one === role);
    return vendorRole === undefined ? undefined : { ...person, side: "vendor", role: vendorRole };
  }
  const partnerRole = partnerRoles.find((one) => one === role);
  if (partnerRole === undefined) return undefined;
  return { ...person, side: "partner", role: partnerRole, partner, partnerName: partnerName ?? partner };
}

/** A session as its owner sees it. Times are ISO 8601 in UTC. */
export interface ListedSession {
  id: string;
  way: SignInWay;
  device: string;
  signedInAt: string;
  seenAt: string;
}

/** The sessions of somebody that have not ended, the newest first. */
export async function listSessions(
  { store, clock }: Pick<SessionNeeds, "store" | "clock">,
  who: Person | Customer,
): Promise<ListedSession[]> {
  const now = clock();
  const rows = await store.read((tx) => listSessionRows(tx, ownerOf(who)));
  return rows.filter((row) => row.idle_at > now && row.expires_at > now).map(listed);
}

/** Ends one session of somebody's own; another's is as good as none. */
export const endSession = (
  { store }: Pick<SessionNeeds, "store">,
  who: Person | Customer,
  id: string,
): Promise<boolean> => store.write((tx) => deleteOwnSession(tx, ownerOf(who), id));

/** Ends all sessions of somebody, this one too. */
export const endAllSessions = (
  { store }: Pick<SessionNeeds, "store">,
  who: Person | Customer,
): Promise<number> => store.write((tx) => deleteAllSessions(tx, ownerOf(who)));

/**
 * Ends the session of a secret.
 *
 * @returns the id of the provider that signed the person in; undefined for every other way, and where there was none
 */
export const signOut = (
  { store, clock }: Pick<SessionNeeds, "store" | "clock">,
  secret: string,
): Promise<string | undefined> =>
  store.write(async (tx) => {
    const secret_hash = hashOf(secret);
    const row = await findSessionRow(tx, { secret_hash, now: clock() });
    await deleteSession(tx, secret_hash);
    return row?.provider ?? undefined;
  });

const pageSize = 500;

/** Deletes the rows of sessions that have run out, a page a transaction. Safe on many processes at once. */
export async function pruneSessions({
  store,
  clock,
}: Pick<SessionNeeds, "store" | "clock">): Promise<number> {
  const now = clock();
  let deleted = 0;
  for (;;) {
    const page = await store.write((tx) => deleteRunOut(tx, { now, limit: pageSize }));
    deleted += page;
    if (page < pageSize) return deleted;
  }
}

const ownerOf = (who: Person | Customer): SessionOwner =>
  who.side === "customer" ? { customer_hash: who.mailHash satisfies EmailHash } : { person_id: who.id };

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

const listed = (row: SessionRow): ListedSession => ({
  id: row.id,
  way: row.way,
  device: row.device,
  signedInAt: isoTime(row.signed_in_at),
  seenAt: isoTime(row.seen_at),
});

/** Whether a sign-in is recent enough for what moves money. */
export const isFresh = (
  { clock, config }: Pick<SessionNeeds, "clock" | "config">,
  { signedInAt }: { signedInAt: Instant },
): boolean => clock() - signedInAt < config.signIn.freshMinutes * 60_000;
