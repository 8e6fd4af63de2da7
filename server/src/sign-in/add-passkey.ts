import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
  VerifiedRegistrationResponse,
} from "@simplewebauthn/server";
import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import type { Person } from "../http/app-env.ts";
import { noteNotice } from "../notices/notices.ts";
import { Refusal } from "../words/refusal.ts";
import { beginCeremony, ceremonyMinutes, endCeremony } from "./ceremonies.ts";
import { cameFromFrame, type SentRegistration } from "./passkey-answers.ts";
import type { RelyingParty } from "./relying-party.ts";
import { insertPasskey, listPasskeyRows, passkeysAtMost } from "./rows/passkeys.ts";

/** What passkeys may be signed with, the best first: EdDSA, ES256, RS256 (IANA COSE Algorithms). Every authenticator has one. */
const algorithms = [-8, -7, -257] as const;

type Needs = Pick<Deps, "store" | "clock" | "hashes" | "log">;

/**
 * Begins to add a passkey to a person.
 *
 * @returns the options for the browser, and what its cookie is to carry
 * @throws {Refusal} `request_invalid` when the person has as many as anybody may
 */
export async function beginPasskey(
  deps: Needs,
  party: RelyingParty,
  person: Person,
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON; browser: string }> {
  const own = await deps.store.read((tx) => listPasskeyRows(tx, person.id));
  if (own.length >= passkeysAtMost)
    throw new Refusal("request_invalid", `A person has ${passkeysAtMost} passkeys at most.`);
  const { generateRegistrationOptions } = await import("@simplewebauthn/server");
  const options = await generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userName: person.mail,
    userDisplayName: person.mail,
    // It comes back at each sign-in and is kept by the authenticator: an id, never an address.
    userID: new Uint8Array(Buffer.from(person.id)),
    timeout: ceremonyMinutes * 60_000,
    excludeCredentials: own.map(({ id, transports }) => ({ id, transports: transportsOf(transports) })),
    supportedAlgorithmIDs: [...algorithms],
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  const facts = { challenge: options.challenge, person: person.id, session: person.session };
  return { options, browser: await beginCeremony(deps, "passkey-add", facts) };
}

/** A passkey as it was sent to be added. */
export interface SentPasskey {
  /** What the browser's cookie carries. */
  browser: string | undefined;
  response: SentRegistration;
  /** What it is called until it is renamed. */
  name: string;
}

/**
 * Adds the passkey that a browser made, and notes the mail that tells of it.
 *
 * @throws {Refusal} `unauthorized` when it does not prove what was asked: another challenge, session, origin or host, or
 *   nobody verified; `request_invalid` when the credential is known already
 */
export async function addPasskey(
  deps: Needs,
  party: RelyingParty,
  { person, sent }: { person: Person; sent: SentPasskey },
): Promise<void> {
  const { store, clock } = deps;
  const facts = await endCeremony(deps, "passkey-add", sent.browser);
  if (facts === undefined || facts.person !== person.id || facts.session !== person.session)
    throw refuse(deps, "ceremony_unknown");
  const { registrationInfo } = await verify(deps, party, {
    response: sent.response,
    challenge: facts.challenge,
  });
  if (registrationInfo === undefined) throw refuse(deps, "signature_invalid");
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
  nameSubject(person.id);
  const now = clock();
  const added = await store.write(async (tx) => {
    if ((await listPasskeyRows(tx, person.id)).length >= passkeysAtMost) return false;
    const row = {
      id,
      person_id: person.id,
      public_key: publicKey,
      counter,
      transports: transports.join(",").slice(0, 100),
      name: sent.name,
      added_at: now,
      last_used_at: null,
    };
    if (!(await insertPasskey(tx, row))) return false;
    const once = `${id} ${now}`;
    await noteNotice(
      tx,
      { kind: "passkey.added", person: person.id, facts: { name: sent.name } },
      { once, now },
    );
    return true;
  });
  if (!added) throw new Refusal("request_invalid", "This passkey is known already, or there are too many.");
}

async function verify(
  deps: Needs,
  party: RelyingParty,
  { response, challenge }: { response: SentRegistration; challenge: string },
): Promise<VerifiedRegistrationResponse> {
  if (cameFromFrame(response.response.clientDataJSON)) throw refuse(deps, "cross_origin");
  const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
  try {
    return await verifyRegistrationResponse({
      // The library checks every member itself.
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...algorithms],
    });
  } catch (cause) {
    throw refuse(deps, "proof_invalid", cause);
  }
}

function refuse({ log }: Needs, reason: string, cause?: unknown): Refusal {
  log.warn("session.refused", { reason, type: "passkey-add" });
  return new Refusal("unauthorized", "That passkey could not be added.", { cause });
}

/** The transports of a row, as a list. */
export const transportsOf = (text: string): string[] => (text === "" ? [] : text.split(","));
