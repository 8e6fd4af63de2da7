/** What was asked for on the command line. */
export type Wish = { kind: "play"; once: boolean } | { kind: "help" } | { kind: "unknown"; word: string };

/** What `--help` prints. */
export const helpText = `Usage: npm run demo -- [--once] [--help]

Starts the receiver, a small product (Acme Paint) and its shop on loopback ports,
then plays the main job by itself: from a reseller's token to the reseller's credit.
Afterwards it stays up for you to do the same by hand in a browser. Ctrl-C ends it.

  --once   plays the journey and exits: 0 when every step went well, 1 when one failed
  --help   this text

Environment:
  ACME_SHOP_SECRET   what the shop signs its webhooks with; by default what the receiver
                     expects. Set another, and see how the receiver refuses them.
  NO_COLOR           no colours
`;

/** Reads the words behind the program's name. */
export function readArguments(words: readonly string[]): Wish {
  const unknown = words.find((word) => !["--once", "--help", "-h"].includes(word));
  if (unknown !== undefined) return { kind: "unknown", word: unknown };
  if (words.includes("--help") || words.includes("-h")) return { kind: "help" };
  return { kind: "play", once: words.includes("--once") };
}
