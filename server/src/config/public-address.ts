import { issuerPattern } from "@tallystick/sdk/protocol";

/** What may stand in a checkout address, in braces. */
const checkoutPlaceholders = ["reference", "email", "licence", "product"] as const;

const placeholderPattern = /\{([^{}]*)\}/g;

/** Letters alone, so that it is the same in every part of an address, and no address holds it by chance. */
const marker = "zqplaceholderqz";

/** Whether a URL's host names this machine alone: localhost, 127.0.0.0/8 or ::1 (RFC 8252, section 7.3). */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Whether an address leads to this machine alone. */
export const isLoopbackAddress = (address: string): boolean => isLoopback(URL.parse(address)?.hostname ?? "");

/** What is wrong with an address as the receiver's own; `undefined` when nothing is. */
export function issuerProblem(issuer: string): string | undefined {
  const url = parseUrl(issuer);
  if (url === undefined || !/^https?:$/.test(url.protocol)) return "expected an https address";
  if (!isSecure(url)) return "expected an https address (http is for loopback alone)";
  if (url.username !== "" || url.password !== "") return "expected an address without user name and password";
  if (/[?#]/.test(issuer)) return "expected an address without query and fragment";
  if (issuer.endsWith("/")) return "expected an address without a slash at the end";
  const canonical = url.href.replace(/\/+$/, "");
  if (canonical !== issuer)
    return `expected its usual spelling, ${canonical}: tokens carry it letter by letter`;
  return issuerPattern.test(issuer) ? undefined : "expected at most 256 characters of ASCII";
}

/** What is wrong with an address as a product's checkout; `undefined` when nothing is. */
export function checkoutUrlProblem(address: string): string | undefined {
  const names = [...address.matchAll(placeholderPattern)].map(([, name]) => name ?? "");
  const unknown = names.find((name) => !checkoutPlaceholders.some((known) => known === name));
  if (unknown !== undefined) {
    return `{${unknown}} is not a placeholder; there are ${checkoutPlaceholders.map((name) => `{${name}}`).join(", ")}`;
  }
  const url = parseUrl(address.replace(placeholderPattern, marker));
  if (url === undefined || !/^https?:$/.test(url.protocol)) return "expected an https address";
  if (`${url.protocol}${url.username}${url.password}${url.host}`.includes(marker)) {
    return "expected placeholders in the path and the query alone: the host must be fixed";
  }
  if (!isSecure(url)) return "expected an https address (http is for loopback alone)";
  if (url.username !== "" || url.password !== "") return "expected an address without user name and password";
  if (url.hash.includes(marker))
    return "expected placeholders in the path and the query, not in the fragment";
  return names.includes("reference")
    ? undefined
    : "expected {reference} in the path or the query: without it no click can be credited";
}

/** What is wrong with an address to which customers of unknown products are sent; `undefined` when nothing is. */
export function fallbackUrlProblem(address: string): string | undefined {
  const url = parseUrl(address);
  if (url === undefined || !/^https?:$/.test(url.protocol)) return "expected an https address";
  if (!isSecure(url)) return "expected an https address (http is for loopback alone)";
  return url.username === "" && url.password === ""
    ? undefined
    : "expected an address without user name and password";
}

function isSecure(url: URL): boolean {
  return url.protocol === "https:" || isLoopback(url.hostname);
}

/**
 * Only what is written as an address: URL.parse also takes white space around it, tabs and line ends within it, back
 * slashes, and `https:host` without slashes, which other programs read otherwise.
 */
function parseUrl(address: string): URL | undefined {
  if (!/^https?:\/\/[^/]/i.test(address) || /^\s|\s$|[\p{Cc}\\]/u.test(address)) return undefined;
  return URL.parse(address) ?? undefined;
}
