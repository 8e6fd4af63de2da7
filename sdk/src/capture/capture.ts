import type { ParsedToken, TokenRefusal } from "../protocol/index.ts";
import type { Carrier, CarrierContext, CarrierFinding } from "./carrier.ts";
import { environmentCarrier } from "./environment.ts";
import { explicitCarrier } from "./explicit.ts";
import { optionCarrier } from "./option.ts";
import { machineSidecarCarrier, programSidecarCarrier } from "./sidecar.ts";
import { stampCarrier } from "./stamp.ts";

/** The carriers in the order they are asked: what was said on purpose counts before what lies about. */
export const defaultCarriers: readonly Carrier[] = [
  explicitCarrier,
  environmentCarrier,
  optionCarrier,
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

/** The first good token, with where it was; or only the attempts. */
export interface TokenSearch {
  found?: { token: string; carrier: string; where: string; verified: ParsedToken & { ok: true } };
  attempts: CaptureAttempt[];
}

/** Asks the carriers in turn until one has a token that verifies. Never throws. */
export async function searchToken(
  carriers: readonly Carrier[],
  context: CarrierContext,
  verify: (token: string) => Promise<ParsedToken>,
): Promise<TokenSearch> {
  const attempts: CaptureAttempt[] = [];
  for (const carrier of carriers) {
    for await (const finding of findingsOf(carrier, context)) {
      const { where } = finding;
      if ("code" in finding) {
        attempts.push({ carrier: carrier.name, where, code: finding.code });
        continue;
      }
      const token = finding.text;
      const verified = await verify(token);
      if (verified.ok) return { found: { token, carrier: carrier.name, where, verified }, attempts };
      attempts.push({ carrier: carrier.name, where, code: verified.code });
    }
  }
  return { attempts };
}

/** A carrier that throws, such as one a product wrote itself, must not stop the others. */
async function* findingsOf(carrier: Carrier, context: CarrierContext): AsyncGenerator<CarrierFinding> {
  try {
    yield* carrier.look(context);
  } catch {
    yield { where: carrier.name, code: "unreadable" };
  }
}
