/**
 * A path of this receiver that somebody was going to, as a link or a form says it: nothing that leads to another host,
 * whatever it is made to look like.
 */
export function readDestination(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined || text.length > 500) return undefined;
  if (!/^\/(portal|console|account|sign-in\/sessions)(?:[/?]|$)/.test(text)) return undefined;
  const here = "https://receiver.invalid";
  const url = URL.parse(text, here);
  if (url === null || url.origin !== here || /[\\\p{Cc}]/u.test(text)) return undefined;
  return `${url.pathname}${url.search}`;
}

/** Which side's pages a path belongs to; undefined for those of everybody. */
export function sideOf(path: string): "vendor" | "partner" | "customer" | undefined {
  if (path.startsWith("/console")) return "vendor";
  if (path.startsWith("/portal")) return "partner";
  return path.startsWith("/account") ? "customer" : undefined;
}

/** The first page of a side. */
export const homeOf = (side: "vendor" | "partner" | "customer"): string =>
  ({ vendor: "/console", partner: "/portal", customer: "/account" })[side];
