import { isIP } from "node:net";
import type { Config } from "../config/config.ts";

/** To whom passkeys belong: the issuer's host, and pages of its origin alone. */
export interface RelyingParty {
  id: string;
  name: string;
  origin: string;
}

/**
 * Who asks for passkeys; undefined where nobody does. A passkey belongs to a host's name, so an issuer that is a numeric
 * address has none (Web Authentication, section 5.1.2: an RP ID is a domain).
 */
export function relyingParty({
  issuer,
  brand,
  signIn,
}: Pick<Config, "issuer" | "brand" | "signIn">): RelyingParty | undefined {
  const { hostname, origin } = new URL(issuer);
  if (!signIn.passkeys || !canHavePasskeys(issuer)) return undefined;
  return { id: hostname, name: brand.name, origin };
}

/** Whether passkeys can belong to an issuer's host. */
export const canHavePasskeys = (issuer: string): boolean =>
  isIP(new URL(issuer).hostname.replace(/^\[|\]$/g, "")) === 0;
