import ipaddr from "ipaddr.js";
import type { Log } from "../words/log.ts";
import { type AppContext, requestHeader } from "./app-env.ts";

const proxyUnknown =
  "A proxy forwards requests and listen.trustedProxies names none: to all limits its customers are one address.";

type Address = ReturnType<typeof ipaddr.process>;

/** Of a longer header no more than this many entries are looked at, counted from the receiver. */
const hopsAtMost = 16;

/**
 * Makes the function that returns a caller's address, by which limits count. It is the peer of the connection. When
 * the peer is in `listen.trustedProxies`, it is the last entry of X-Forwarded-For; when that is a trusted proxy too, the
 * entry before it, and so on. An entry that is no address ends the search at the proxy that sent it, so a client gains
 * nothing by writing into the header. Of an IPv6 address the /64 counts, since a household may use any address in its own.
 * Without a socket the address is `local`.
 */
export function clientAddressOf(
  trustedProxies: readonly string[],
  log?: Pick<Log, "warn">,
): (c: AppContext) => string {
  let isSaid = trustedProxies.length > 0;
  const trusted = trustedProxies.map(parseRange);
  const isTrusted = (address: Address) => ipaddr.subnetMatch(address, { trusted }, "none") === "trusted";
  return (c) => {
    if (!isSaid && requestHeader(c, "x-forwarded-for") !== undefined) {
      isSaid = true;
      log?.warn("server.warning", { detail: proxyUnknown });
    }
    let client = parseAddress(c.env?.incoming?.socket.remoteAddress ?? "");
    if (client === undefined) return "local";
    const entries = trusted.length === 0 ? [] : forwardedFor(c);
    while (isTrusted(client)) {
      const before = parseAddress(entries.pop() ?? "");
      if (before === undefined) break;
      client = before;
    }
    return networkOf(client);
  };
}

function forwardedFor(c: AppContext): string[] {
  const header = requestHeader(c, "x-forwarded-for");
  return header === undefined ? [] : header.split(",").slice(-hopsAtMost);
}

/** An address as proxies write it: with white space, in brackets, with a port or a zone; IPv4 in IPv6 is IPv4. */
function parseAddress(text: string): Address | undefined {
  const trimmed = text.trim();
  const bare =
    /^\[([^\]]+)\](?::\d{1,5})?$/.exec(trimmed)?.[1] ??
    /^(\d+(?:\.\d+){3})(?::\d{1,5})?$/.exec(trimmed)?.[1] ??
    trimmed;
  const unzoned = bare.replace(/%[\w.-]{1,32}$/, "");
  // Fewer than four numbers would be read as one, in the old way of writing addresses.
  const isWhole = unzoned.includes(":")
    ? ipaddr.IPv6.isValid(unzoned)
    : ipaddr.IPv4.isValidFourPartDecimal(unzoned);
  return isWhole ? ipaddr.process(unzoned) : undefined;
}

function parseRange(text: string): [Address, number] {
  if (text.includes("/")) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

function networkOf(address: Address): string {
  if (address.kind() === "ipv4") return address.toString();
  return `${address.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
