import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { limitAttempt } from "../limits/limit-attempt.ts";
import { findPeopleByMail, findPerson } from "../people/rows/people.ts";
import { startSession } from "../sessions/sessions.ts";
import type { Tx } from "../store/store.ts";
import { Refusal } from "../words/refusal.ts";
import { transportsOf } from "./add-passkey.ts";
import type { SignInNeeds } from "./begin.ts";
import { beginCeremony, ceremonyMinutes, chargeCeremony, endCeremony } from "./ceremonies.ts";
import { choosePerson, type Finished, type SigningBrowser } from "./finish.ts";
import { cameFromFrame, type SentAuthentication } from "./passkey-answers.ts";
import type { RelyingParty } from "./relying-party.ts";
import { findPasskey, markPasskeyUsed } from "./rows/passkeys.ts";
import type { PasskeyRow } from "./rows/schema.ts";

/**
 * Begins a sign-in by passkey. Nobody says who she is: the browser offers what it holds for this host.
 *
 * @returns the options for the browser, and what its cookie is to carry
 * @throws {Refusal} `too_many_requests`
 */
export async function beginUse(
  deps: SignInNeeds,
  party: RelyingParty,
  address: string,
): Promise<{ options: PublicKeyCredentialRequestOptionsJSON; browser: string }> {
  await chargeCeremony(deps, address);
  const { generateAuthenticationOptions } = await import("@simplewebauthn/server");
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    timeout: ceremonyMinutes * 60_000,
    userVerification: "required",
  });
  return { options, browser: await beginCeremony(deps, "passkey-use", { challenge: options.challenge }) };
}

/** A proof that was sent, and where the reader was going. */
export interface SentProof {
  /** What the browser's cookie carries. */
  browser: string | undefined;
  response: SentAuthentication;
  destination: string | undefined;
}

/**
 * Signs somebody in by a passkey.
 *
 * @throws {Refusal} `unauthorized`, the same whatever is wrong: a challenge that was used, has run out or is another
 *   browser's, an unknown passkey, another person's, another origin or host, nobody verified, a counter that went back;
 *   `too_many_requests`
 */
export const finishByPasskey = (
  deps: SignInNeeds,
  party: RelyingParty,
  { sent, at }: { sent: SentProof; at: SigningBrowser },
): Promise<Finished> =>
  limitAttempt(deps, { scope: "signInCode", address: at.address }, async () => {
    const facts = await endCeremony(deps, "passkey-use", sent.browser);
    if (facts === undefined) throw refuse(deps, "ceremony_unknown");
    const row = await deps.store.read((tx) => findPasskey(tx, sent.response.id));
    if (row === undefined) throw refuse(deps, "passkey_unknown");
    const handle = sent.response.response.userHandle;
    if (handle !== Buffer.from(row.person_id).toString("base64url")) throw refuse(deps, "passkey_of_other");
    const counter = await verify(deps, party, { row, challenge: facts.challenge, response: sent.response });
    const finished = await deps.store.write((tx) => finish(tx, deps, { row, counter, sent, at }));
    if (finished === undefined) throw refuse(deps, "person_unknown");
    const { actor, ...rest } = finished;
    deps.log.info("session.started", { actor, type: "passkey" });
    return rest;
  });

async function verify(
  deps: SignInNeeds,
  party: RelyingParty,
  { row, challenge, response }: { row: PasskeyRow; challenge: string; response: SentAuthentication },
): Promise<number> {
  if (cameFromFrame(response.response.clientDataJSON)) throw refuse(deps, "cross_origin");
  const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    // The library checks every member itself.
    response: response as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: {
      id: row.id,
      publicKey: new Uint8Array(row.public_key),
      counter: row.counter,
      transports: transportsOf(row.transports) as never,
    },
  }).catch((cause: unknown) => {
    throw refuse(deps, "proof_invalid", cause);
  });
  if (!verified) throw refuse(deps, "signature_invalid");
  return authenticationInfo.newCounter;
}

async function finish(
  tx: Tx,
  deps: SignInNeeds,
  { row, counter, sent, at }: { row: PasskeyRow; counter: number; sent: SentProof; at: SigningBrowser },
): Promise<(Finished & { actor: string }) | undefined> {
  const used = { id: row.id, counter, last_used_at: deps.clock(), before: row.counter };
  // Two uses of one counter at one moment: a copy, or a proof that was sent twice.
  if (!(await markPasskeyUsed(tx, used))) return undefined;
  const person = await findPerson(tx, row.person_id);
  if (person === undefined) return undefined;
  const others = (await findPeopleByMail(tx, person.mail_hash)).filter(({ id }) => id !== person.id);
  const found = choosePerson([person, ...others], sent.destination ?? null);
  if (found === undefined) return undefined;
  const { device, replaces } = at;
  const secret = await startSession(tx, deps, { subject: found.subject, way: "passkey", device, replaces });
  return { secret, location: found.location, actor: found.actor };
}

function refuse({ log }: SignInNeeds, reason: string, cause?: unknown): Refusal {
  log.warn("session.refused", { reason, type: "passkey" });
  return new Refusal("unauthorized", "That passkey does not sign in here.", { cause });
}
