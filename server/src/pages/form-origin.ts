import { type AppContext, requestHeader } from "../http/app-env.ts";

/** What a browser says of where a form came from: true for another site. Those that say nothing are no browsers, or old ones. */
export function cameFromElsewhere(c: AppContext, issuer: string): boolean {
  const site = requestHeader(c, "sec-fetch-site");
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const origin = requestHeader(c, "origin");
  if (origin === undefined) return false;
  const host = URL.parse(origin)?.host;
  return host === undefined || (host !== new URL(issuer).host && host !== requestHeader(c, "host"));
}
