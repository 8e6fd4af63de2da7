import { timingSafeEqual } from "node:crypto";
import { limitAttempt } from "../limits/limit-attempt.ts";
import { type FoundPerson, findPeopleByMail } from "../people/rows/people.ts";
import { openSealed } from "../secrets/seal.ts";
import { type Subject, startSession } from "../sessions/sessions.ts";
import type { Tx } from "../store/store.ts";
import { Refusal } from "../words/refusal.ts";
import { hashOf, hashOfCode, type SignInNeeds } from "./begin.ts";
import { homeOf, sideOf } from "./destination.ts";
import type { SignInRow } from "./rows/schema.ts";
import { countTry, findByLink, markUsed } from "./rows/sign-ins.ts";

/** The browser in which somebody signs in. */
export interface SigningBrowser {
  /** As `deviceOf` tells it. */
  device: string;
  /** The network address, as `clientAddressOf` tells it. */
  address: string;
  /** The secret of the session that it has already. */
  replaces: string | undefined;
}

/** A sign-in that was finished. */
export interface Finished {
  /** For the cookie alone. */
  secret: string;
  /** Where the reader goes now. */
  location: string;
}

/** One refusal for all that can be wrong, so that it tells nothing: no such person, wrong code, used, run out. */
const refused = () => new Refusal("unauthorized", "That is not the code, or it has run out.");

/**
 * Finishes a sign-in by the code that was mailed, in the browser that asked for it.
 *
 * @throws {Refusal} `unauthorized`, the same for a wrong code and for an address that nobody may sign in by;
 *   `too_many_requests`
 */
export async function finishByCode(
  deps: SignInNeeds,
  typed: { browser: string | undefined; code: string },
  at: SigningBrowser,
): Promise<Finished> {
  const code = typed.code.replace(/[\s-]/g, "");
  const browserHash = hashOf(typed.browser ?? "");
  const { store, clock, hashes } = deps;
  return limited(deps, at, async () => {
    // A wrong try must stay counted, so it is written and only then refused.
    const finished = await store.write(async (tx) => {
      const row = await countTry(tx, { browser_hash: browserHash, now: clock() });
      if (row === undefined || !isSame(row.code_hash, hashOfCode(hashes, browserHash, code)))
        return undefined;
      return finish(tx, deps, row, at);
    });
    return told(deps, finished, "code");
  });
}

/** The address that a link signs in; undefined when it is used, has run out or was never made. Changes nothing. */
export async function lookAtLink(
  { store, clock, hashes }: SignInNeeds,
  token: string,
): Promise<string | undefined> {
  const row = await store.read((tx) => findByLink(tx, { link_hash: hashOf(token), now: clock() }));
  return row === undefined ? undefined : mailOfRow(hashes, row);
}

/**
 * Finishes a sign-in by the link that was mailed, in whatever browser its button was pressed.
 *
 * @throws {Refusal} `unauthorized`, `too_many_requests`
 */
export async function finishByLink(deps: SignInNeeds, token: string, at: SigningBrowser): Promise<Finished> {
  const { store, clock } = deps;
  return limited(deps, at, async () => {
    const finished = await store.write(async (tx) => {
      const row = await findByLink(tx, { link_hash: hashOf(token), now: clock() });
      return row === undefined ? undefined : finish(tx, deps, row, at);
    });
    return told(deps, finished, "link");
  });
}

const limited = (deps: SignInNeeds, { address }: SigningBrowser, work: () => Promise<Finished>) =>
  limitAttempt(deps, { scope: "signInCode", address }, work);

function told(
  deps: SignInNeeds,
  finished: (Finished & { actor: string }) | undefined,
  type: string,
): Finished {
  if (finished === undefined) {
    deps.log.warn("session.refused", { reason: "unauthorized", type });
    throw refused();
  }
  const { actor, ...rest } = finished;
  deps.log.info("session.started", { actor, type });
  return rest;
}

async function finish(
  tx: Tx,
  deps: SignInNeeds,
  row: SignInRow,
  { device, replaces }: SigningBrowser,
): Promise<(Finished & { actor: string }) | undefined> {
  const found = await subjectOf(tx, deps, row);
  if (found === undefined) return undefined;
  if (!(await markUsed(tx, { browser_hash: row.browser_hash, now: deps.clock() }))) return undefined;
  const { subject, location, actor } = found;
  const secret = await startSession(tx, deps, { subject, way: "mail", device, replaces });
  return { secret, location, actor };
}

async function subjectOf(
  tx: Tx,
  { hashes }: SignInNeeds,
  row: SignInRow,
): Promise<{ subject: Subject; location: string; actor: string } | undefined> {
  if (row.audience === "customer") {
    const location = row.destination ?? homeOf("customer");
    return { subject: { customer: mailOfRow(hashes, row) }, location, actor: "customer" };
  }
  return choosePerson(await findPeopleByMail(tx, row.mail_hash), row.destination);
}

/** Which of those that an address acts for is meant: the one whose page was wanted, or else the first. */
export function choosePerson(
  people: readonly FoundPerson[],
  destination: string | null,
): { subject: Subject; location: string; actor: string } | undefined {
  const side = destination === null ? undefined : sideOf(destination);
  const person = people.find((one) => sideOfPerson(one) === side) ?? people[0];
  if (person === undefined) return undefined;
  const own = sideOfPerson(person);
  const location = destination === null || (side !== undefined && side !== own) ? homeOf(own) : destination;
  return { subject: { person: person.id }, location, actor: `person:${person.id}` };
}

const sideOfPerson = ({ partner_id }: FoundPerson) => (partner_id === null ? "vendor" : "partner");

const mailOfRow = (hashes: SignInNeeds["hashes"], { browser_hash, mail }: SignInRow): string =>
  openSealed(mail, Buffer.from(browser_hash), hashes.mailAddressKey);

function isSame(one: string, two: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(two)];
  return a.length === b.length && timingSafeEqual(a, b);
}
