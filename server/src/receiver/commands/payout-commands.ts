import type { Command } from "commander";
import type { Run } from "../../deps/run.ts";
import { addPayoutCommands } from "../../payouts/cli/commands.ts";

/** Adds the commands about payouts; what holds one back is known to several rooms. */
export function addPayoutNoun(noun: Command, run: Run): void {
  addPayoutCommands(noun, run, async () => (await import("../payout-blocks.ts")).payoutBlocks);
}
