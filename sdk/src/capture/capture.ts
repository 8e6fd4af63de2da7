import type { ParsedToken, TokenRefusal } from "../protocol/index.ts";
import type { Carrier, CarrierContext, CarrierFinding } from "./carrier.ts";
import { environmentCarrier } from "./environment.ts";
import { explicitCarrier } from "./explicit.ts";
import { optionCarrier } from "./option.ts";
import { machineSidecarCarrier, programSidecarCarrier } from "./sidecar.ts";
import { ownStampCarrier, stampCarrier } from "./stamp.ts";

/**
 * The carriers in the order they are asked: first what somebody set on purpose, then the running package itself, then
 * files beside it and in folders that others may write to.
 */
export const defaultCarriers: readonly Carrier[] = [
  explicitCarrier,
  environmentCarrier,
  optionCarrier,
  ownStampCarrier,
  programSidecarCarrier,
  machineSidecarCarrier,
  stampCarrier,
];

/** A place without a usable token, and why. Never holds the token itself. */
export interface CaptureAttempt {
  /** The carrier's `name`. */
  carrier: string;
  /** The place in the carrier's own words, such as a path or a variable's name. */
  where: string;
  /** Why there was no token to read (`absent`, `unreadable`, `too_large`, `damaged`), or why the token was refused. */
  code: (CarrierFinding & { code: string })["code"] | TokenRefusal;
}

/** A good token of another partner than the one that counts: one of the two did not sell this copy. */
export interface Contradiction {
  /** The carrier's `name`. */
  carrier: string;
  /** The place in the carrier's own words, such as a path or a variable's name. */
  where: string;
  /** The id of the partner that this token names. */
  partner: string;
  /** The token's own id: its `jti`. */
  tokenId: string;
}

/** A token that verified, and where it was found. */
export interface FoundToken {
  token: string;
  carrier: string;
  where: string;
  verified: ParsedToken & { ok: true };
  openToAll: boolean;
}

/** The result of a search. `attempts` has the places that were looked at before the token that counts. */
export interface TokenSearch {
  found?: FoundToken | undefined;
  attempts: CaptureAttempt[];
  /** Good tokens of other partners. */
  others: FoundToken[];
}

/**
 * Asks all carriers in turn. The first token that verifies counts. One from a place that every account of the machine may
 * write to (`openToAll`) counts only when no other verifies. Never throws.
 */
export async function searchToken(
  carriers: readonly Carrier[],
  context: CarrierContext,
  verify: (token: string) => Promise<ParsedToken>,
): Promise<TokenSearch> {
  const attempts: CaptureAttempt[] = [];
  const good: FoundToken[] = [];
  const counted = () => good.find(({ openToAll }) => !openToAll);
  for (const carrier of carriers) {
    for await (const finding of findingsOf(carrier, context)) {
      const { where } = finding;
      if ("code" in finding) {
        if (counted() === undefined) attempts.push({ carrier: carrier.name, where, code: finding.code });
        continue;
      }
      const token = finding.text;
      const verified = await verify(token);
      const openToAll = finding.openToAll === true;
      if (verified.ok) good.push({ token, carrier: carrier.name, where, verified, openToAll });
      else if (counted() === undefined) attempts.push({ carrier: carrier.name, where, code: verified.code });
    }
  }
  const found = counted() ?? good[0];
  const others = good.filter(({ verified }) => verified.claims.sub !== found?.verified.claims.sub);
  return { found, attempts, others };
}

/** Describes tokens of other partners without the tokens themselves. */
export const contradictionsOf = (others: readonly FoundToken[]): Contradiction[] =>
  others.map(({ carrier, where, verified: { claims } }) => ({
    carrier,
    where,
    partner: claims.sub,
    tokenId: claims.jti,
  }));

/** A carrier that throws or finds nonsense, such as one a product wrote itself, must not stop the others. */
async function* findingsOf(carrier: Carrier, context: CarrierContext): AsyncGenerator<CarrierFinding> {
  const unreadable: CarrierFinding = { where: carrier.name, code: "unreadable" };
  try {
    for await (const finding of carrier.look(context)) yield isFinding(finding) ? finding : unreadable;
  } catch {
    yield unreadable;
  }
}

function isFinding(found: unknown): boolean {
  const { where, code, text } = (found ?? {}) as Record<string, unknown>;
  return typeof where === "string" && typeof (code ?? text) === "string";
}
