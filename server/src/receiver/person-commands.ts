import type { Command } from "commander";
import { describeNoun } from "../cli/describe-command.ts";
import type { Run } from "../deps/run.ts";
import { addPeopleCommands } from "../people/cli/commands.ts";
import { addPersonDataCommands } from "../persons/cli/commands.ts";

/** Adds the commands about people: those who sign in, and what is kept of a customer. */
export function addPersonCommands(program: Command, run: Run): void {
  const noun = describeNoun(
    program,
    "person",
    "who may sign in, and everything that is kept of one customer",
  );
  addPeopleCommands(noun, run);
  addPersonDataCommands(noun, run);
}
