import { randomBytes } from "node:crypto";
import { outsideDeeds } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { chargeAttempt, tooManyRequests } from "../limits/limit-attempt.ts";
import { openSealed, sealText } from "../secrets/seal.ts";
import { instant } from "../words/clock.ts";
import { hashOf } from "./begin.ts";
import { deleteRunOutCeremonies, insertCeremony, takeCeremony } from "./rows/ceremonies.ts";
import type { PasskeyRow } from "./rows/schema.ts";

type Needs = Pick<Deps, "store" | "clock" | "hashes">;

/** What a ceremony has to remember between its two requests, by kind. */
export interface CeremonyFacts {
  /** A passkey is being added, by this person in this session. */
  "passkey-add": { challenge: string; person: PasskeyRow["person_id"]; session: string };
  /** Somebody signs in by a passkey. */
  "passkey-use": { challenge: string };
  /** Somebody was sent to a provider. */
  oidc: {
    /** The id of the provider. */
    provider: string;
    state: string;
    nonce: string;
    verifier: string;
    destination: string | undefined;
    /** Whether a new sign-in there was asked for. */
    isAgain: boolean;
  };
}

/**
 * Counts what a network address sets off here: a row, or a look at a provider's keys.
 *
 * @throws {Refusal} `too_many_requests`
 */
export async function chargeCeremony(deps: Needs & Pick<Deps, "config">, address: string): Promise<void> {
  const charged = await chargeAttempt(deps, { scope: "ceremony", address });
  if (!charged.allowed) throw tooManyRequests(charged.retryAfterSeconds);
}

/** How long a ceremony may take, in minutes. */
export const ceremonyMinutes = 15;

/**
 * Begins a ceremony in a browser.
 *
 * @returns what the browser's cookie is to carry: only it can end the ceremony
 */
export async function beginCeremony<Kind extends keyof CeremonyFacts>(
  { store, clock, hashes }: Needs,
  kind: Kind,
  facts: CeremonyFacts[Kind],
): Promise<string> {
  const browser = randomBytes(32).toString("base64url");
  const browser_hash = hashOf(browser);
  const now = clock();
  const sealed = sealText(JSON.stringify(facts), aad(browser_hash, kind), hashes.mailAddressKey);
  // A ceremony changes nothing that anybody would look for in the audit; what it leads to does.
  await outsideDeeds(() =>
    store.write(async (tx) => {
      await deleteRunOutCeremonies(tx, { now, limit: 20 });
      await insertCeremony(tx, {
        browser_hash,
        kind,
        sealed,
        expires_at: instant(now + ceremonyMinutes * 60_000),
      });
    }),
  );
  return browser;
}

/**
 * Ends a ceremony, however it goes on: what it remembers is given out once, in the browser that began it.
 *
 * @returns undefined where there is none of that kind, or it has run out
 */
export async function endCeremony<Kind extends keyof CeremonyFacts>(
  { store, clock, hashes }: Needs,
  kind: Kind,
  browser: string | undefined,
): Promise<CeremonyFacts[Kind] | undefined> {
  if (browser === undefined) return undefined;
  const browser_hash = hashOf(browser);
  const row = await outsideDeeds(() => store.write((tx) => takeCeremony(tx, { browser_hash, kind })));
  if (row === undefined || row.expires_at <= clock()) return undefined;
  // Sealed here under the same kind, so it is what that kind remembers.
  return JSON.parse(
    openSealed(row.sealed, aad(browser_hash, kind), hashes.mailAddressKey),
  ) as CeremonyFacts[Kind];
}

const aad = (browserHash: string, kind: string): Buffer => Buffer.from(`${kind} ${browserHash}`);
