import ipaddr from "ipaddr.js";

/** RFC 9637: documentation, newer than the table of ipaddr.js. RFC 4291, section 2.4: only 2000::/3 is handed out. */
const documentationV6 = rangeOf("3fff::/20");
const globalV6 = rangeOf("2000::/3");

/** Read when it is first asked for: commands that ask for no address load this file, too. */
function rangeOf(text: string): () => ReturnType<typeof ipaddr.IPv6.parseCIDR> {
  let range: ReturnType<typeof ipaddr.IPv6.parseCIDR> | undefined;
  return () => {
    range ??= ipaddr.IPv6.parseCIDR(text);
    return range;
  };
}

/**
 * Whether a numeric address is one of the public Internet's: not private, loopback, link-local, shared (RFC 6598),
 * multicast, reserved or for documentation, and none that carries an IPv4 address within (mapped, NAT64, 6to4, Teredo),
 * whatever that address is. Ranges as in the IANA special-purpose registries (RFC 6890). False for what is no address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  if (parsed.kind() === "ipv4") return true;
  return parsed.match(globalV6()) && !parsed.match(documentationV6());
}
