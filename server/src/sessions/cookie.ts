import { type AppContext, requestHeader } from "../http/app-env.ts";

/** The session; and what a browser holds that has begun to sign in by mail, by passkey or by provider. */
export type CookieName = "tallystick" | "tallystick-sign-in" | "tallystick-passkey" | "tallystick-provider";

/**
 * The cookies' names on a receiver's address. The prefix `__Host-` (RFC 6265bis, section 4.1.3.2) has browsers take them
 * from this host alone and over TLS alone, so that no neighbour plants one; on plain http, which only loopback may be,
 * browsers would refuse it.
 */
export const cookieName = (issuer: string, name: CookieName): string =>
  issuer.startsWith("https:") ? `__Host-${name}` : name;

/** The value of a cookie; undefined where it is missing, doubled or not made here. */
export function cookieOf(c: AppContext, name: string): string | undefined {
  const values = (requestHeader(c, "cookie") ?? "")
    .split(";", 200)
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}

/** A `Set-Cookie` that keeps a value for so long; an empty value takes the cookie away. */
export function setCookie(issuer: string, name: string, value: string, maxAgeSeconds: number): string {
  const secure = issuer.startsWith("https:") ? "; Secure" : "";
  // Lax: whoever follows a link in a mail stays signed in, and no other site can send a form in a person's name.
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${value === "" ? 0 : maxAgeSeconds}${secure}`;
}
