import type { ParsedToken, TokenRefusal } from "../protocol/index.ts";
import type { Carrier, CarrierContext, CarrierFinding } from "./carrier.ts";
import { environmentCarrier } from "./environment.ts";
import { explicitCarrier } from "./explicit.ts";
import { optionCarrier } from "./option.ts";
import { machineSidecarCarrier, programSidecarCarrier } from "./sidecar.ts";
import { ownStampCarrier, stampCarrier } from "./stamp.ts";

/** The carriers in the order they are asked: what was said on purpose, the package itself, and then what lies about. */
export const defaultCarriers: readonly Carrier[] = [
  explicitCarrier,
  environmentCarrier,
  optionCarrier,
  ownStampCarrier,
  programSidecarCarrier,
  machineSidecarCarrier,
  stampCarrier,
];

/** A place that was looked at in vain, and why. Never holds the token itself. */
export interface CaptureAttempt {
  carrier: string;
  where: string;
  code: (CarrierFinding & { code: string })["code"] | TokenRefusal;
}

/** A good token of another partner than the one that counts: one of the two did not sell this copy. */
export interface Contradiction {
  carrier: string;
  where: string;
  partner: string;
  tokenId: string;
}

/** A good token, and where it was. */
export interface FoundToken {
  token: string;
  carrier: string;
  where: string;
  verified: ParsedToken & { ok: true };
  openToAll: boolean;
}

/** What the carriers had. `attempts` are those before the token that counts. */
export interface TokenSearch {
  found?: FoundToken | undefined;
  attempts: CaptureAttempt[];
  /** Good tokens of other partners. */
  others: FoundToken[];
}

/**
 * Asks all carriers in turn. The first token that verifies counts, unless everybody on the machine may have written it and
 * there is one that not everybody may have. Never throws.
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

/** What is said of tokens of other partners; never the tokens themselves. */
export const contradictionsOf = (others: readonly FoundToken[]): Contradiction[] =>
  others.map(({ carrier, where, verified: { claims } }) => ({
    carrier,
    where,
    partner: claims.sub,
    tokenId: claims.jti,
  }));

/** A carrier that throws, such as one a product wrote itself, must not stop the others. */
async function* findingsOf(carrier: Carrier, context: CarrierContext): AsyncGenerator<CarrierFinding> {
  try {
    yield* carrier.look(context);
  } catch {
    yield { where: carrier.name, code: "unreadable" };
  }
}
