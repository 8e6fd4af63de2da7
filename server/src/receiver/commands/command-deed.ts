import { userInfo } from "node:os";
import type { Command } from "commander";
import type { Deed } from "../../deps/actor.ts";

/** Nouns whose commands are given ids; others are given serials, codes, files and tokens. */
const namedByIds: ReadonlySet<string> = new Set([
  "partner",
  "agreement",
  "period",
  "key",
  "order",
  "coupon",
  "webhook",
  "outbox",
  "payout",
  "statement",
  "dispute",
]);

/** Verbs of other nouns that are given an id. A customer that is registered is nobody's subject. */
const namedVerbs: readonly string[] = [
  "token revoke",
  "plan assign",
  "plan announce",
  "rule apply",
  "deal decide",
  "deal extend",
  "deal end",
  "reward redeem",
  "reward end",
  "reward start",
  "customer remove",
  "customer move",
  "network link",
  "network unlink",
  "mail retry",
];

/** A command as a deed of whoever runs it. A serial, a code or a token among its words is never its subject. */
export function deedOf(command: Command): Omit<Deed, "recorded"> {
  const words: string[] = [];
  for (let one: Command | null = command; one?.parent != null; one = one.parent) words.unshift(one.name());
  const [noun = ""] = words;
  const ids = command.processedArgs.filter((word): word is string => typeof word === "string");
  const isNamed = namedByIds.has(noun) || namedVerbs.includes(words.join(" "));
  // Batches are named by an option, and so is what a ruling on a class is about.
  const { batch, reason } = command.opts<{ batch?: string; reason?: string }>();
  return {
    actor: `cli:${userName()}`,
    action: words.join(" "),
    subject: isNamed && ids.length > 0 ? ids.join(" ") : (batch ?? reason),
  };
}

/** A container may run under a number that no name belongs to. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}
