import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import { isPublicAddress } from "./public-network.ts";
import { SendFailure } from "./send-failure.ts";

/** Finds all addresses of a name, as the system does. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** How an agent connects. */
export interface CheckedAgentOptions {
  /** True for a host whose address is not checked: `host` or `host:port`, for tests and the demo. */
  isAllowed?: (host: string, port: string) => boolean;
  /** Which addresses are connected to: those of the public Internet by default; tests name others. */
  isPublic?: (address: string) => boolean;
  /** The system's resolver by default. */
  resolve?: Resolve;
  connectMilliseconds?: number;
  /** Connections kept to one origin. */
  connections?: number;
}

/**
 * An agent that connects to public addresses alone. It resolves a name itself, once for each connection, refuses the
 * name when any of its addresses is not public, and connects to those it has checked: a second look-up, which might
 * tell otherwise, does not happen. Certificates are checked against the name.
 */
export function createCheckedAgent(options: CheckedAgentOptions = {}): Agent {
  const { isAllowed = () => false, isPublic = isPublicAddress, connectMilliseconds = 5_000 } = options;
  const { resolve = resolveBySystem } = options;
  const connectorWith = (find: LookupFunction) =>
    buildConnector({ timeout: connectMilliseconds, lookup: find, allowH2: false });
  const checked = connectorWith(lookupThrough(resolve, isPublic));
  const unchecked = connectorWith(lookupThrough(resolve, () => true));
  return new Agent({
    connections: options.connections ?? 16,
    pipelining: 1,
    maxHeaderSize: 16_384,
    keepAliveTimeout: 10_000,
    connect: (target, callback) => {
      const name = target.hostname.replace(/^\[|\]$/g, "");
      if (isAllowed(name, target.port)) return unchecked(target, callback);
      // A numeric host is not looked up, so it is checked here.
      if (isIP(name) !== 0 && !isPublic(name)) return callback(new SendFailure("address_forbidden"), null);
      return checked(target, callback);
    },
  });
}

/** A look-up in the shape that sockets want, which fails unless all addresses of the name are fit. */
function lookupThrough(resolve: Resolve, isFit: (address: string) => boolean): LookupFunction {
  return (name, { all }, callback) => {
    resolve(name).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) return callback(new SendFailure("name_unresolved"), "");
        if (!addresses.every(({ address }) => isFit(address)))
          return callback(new SendFailure("address_forbidden"), "");
        return all ? callback(null, [...addresses]) : callback(null, first.address, first.family);
      },
      () => callback(new SendFailure("name_unresolved"), ""),
    );
  };
}

const resolveBySystem: Resolve = (name) =>
  new Promise((found, failed) =>
    lookup(name, { all: true }, (error, addresses) => (error ? failed(error) : found(addresses))),
  );
