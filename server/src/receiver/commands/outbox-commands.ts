import type { Command } from "commander";
import type { Run } from "../../deps/run.ts";
import { addOutboxRun } from "../../networks/cli/commands.ts";
import { addOutboxCommands } from "../../outbox/cli/commands.ts";

/** Adds the commands about what is told to others. */
export function addOutboxNoun(noun: Command, run: Run): void {
  addOutboxCommands(noun, run);
  addOutboxRun(noun, run);
}
