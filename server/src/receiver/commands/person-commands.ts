import type { Command } from "commander";
import type { Run } from "../../deps/run.ts";
import { addPeopleCommands } from "../../people/cli/commands.ts";
import { addPersonDataCommands } from "../../persons/cli/commands.ts";

/** Adds the commands about people: those who sign in, and what is kept of a customer. */
export function addPersonCommands(noun: Command, run: Run): void {
  addPeopleCommands(noun, run);
  addPersonDataCommands(noun, run);
}
