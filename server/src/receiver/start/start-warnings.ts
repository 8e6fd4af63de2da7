import { readFileSync } from "node:fs";
import { findUnaddressed } from "../../channel/rows/partners.ts";
import type { Config } from "../../config/config.ts";
import { findBrokenDeals } from "../../deals/settle-deal-sites.ts";
import type { Deps } from "../../deps/deps.ts";
import { insertIssuer, listIssuers } from "../../keys/rows/issuers.ts";
import { canHavePasskeys } from "../../sign-in/relying-party.ts";

/** Descriptors that a busy receiver needs beside its downloads: connections, the database, logs. */
const otherDescriptors = 1_200;

/** What a person who starts the receiver should know, a sentence each. Nothing of it keeps the receiver from starting. */
export async function startWarnings(
  deps: Pick<Deps, "config" | "store" | "clock" | "hashes">,
): Promise<string[]> {
  return [
    ...(await issuerWarnings(deps)),
    ...(await dealWarnings(deps)),
    ...signInWarnings(deps.config),
    ...descriptorWarnings(deps.config.downloads.inAll, openFilesLimit()),
  ];
}

/** Tokens carry the issuer letter by letter: after a change of it the older ones are refused, by copies and here. */
async function issuerWarnings({ config, store, clock }: Pick<Deps, "config" | "store" | "clock">) {
  const { issuer, formerIssuers } = config;
  const known = await store.read(listIssuers);
  if (!known.some((one) => one.issuer === issuer))
    await store.write((tx) => insertIssuer(tx, { issuer, first_used_at: clock() }));
  return known
    .filter((one) => one.issuer !== issuer && !formerIssuers.includes(one.issuer))
    .map(
      (one) =>
        `Tokens that were issued at ${one.issuer} are refused: add it to formerIssuers, unless they are to die.`,
    );
}

const namedAtMost = 5;

/** A row that was changed by hand keeps no receiver from starting, and is said each time. */
async function dealWarnings(deps: Pick<Deps, "store" | "hashes">): Promise<string[]> {
  const { broken, named } = await findBrokenDeals(deps);
  if (broken === 0) return [];
  const more = broken > named.length ? ` and ${broken - named.length} more` : "";
  return [
    `Nobody can tell whom these deals are about, their rows were changed by hand: ${named.join(", ")}${more}. See: ledger verify`,
  ];
}

/** A partner that buys from itself is known by its address, or not at all. */
export async function addressWarnings({ store }: Pick<Deps, "store">): Promise<string[]> {
  const { ids, all } = await store.read((tx) => findUnaddressed(tx, namedAtMost));
  if (all === 0) return [];
  const named = all > ids.length ? `${ids.join(", ")} and ${all - ids.length} more` : ids.join(", ");
  return [
    `No e-mail address is known of ${named}: their own purchases cannot be noticed. See: partner edit --email`,
  ];
}

/** Passkeys belong to a host's name: a receiver that is reached by a number can have none. */
const signInWarnings = ({ signIn, issuer }: Pick<Config, "signIn" | "issuer">): string[] =>
  signIn.passkeys && !canHavePasskeys(issuer)
    ? [`signIn.passkeys has no effect: ${issuer} is a numeric address, and passkeys belong to a host's name.`]
    : [];

/** @param limit how many files the process may have open; nothing where the system does not tell */
export function descriptorWarnings(downloads: number, limit: number | undefined): string[] {
  const needed = downloads + otherDescriptors;
  return limit === undefined || limit >= needed
    ? []
    : [
        `The process may open ${limit} files; ${downloads} downloads at once need ${needed}: raise nofile, or lower downloads.inAll.`,
      ];
}

/** What the receiver needs whoever calls: the database, logs, stamped copies' sources, other hosts. */
const ownDescriptors = 200;
const fewestConnections = 50;

/**
 * How many connections may be open at once, so that those that strangers open leave files for all else.
 *
 * @param limit how many files the process may have open; nothing where the system does not tell
 */
export const connectionsFor = (downloads: number, limit = openFilesLimit()): number =>
  limit === undefined ? Infinity : Math.max(fewestConnections, limit - downloads - ownDescriptors);

function openFilesLimit(): number | undefined {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    return undefined;
  }
}
