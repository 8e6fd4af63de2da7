import type { Command } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { addEmailErase } from "./erase.ts";
import { addEmailImport } from "./import.ts";
import { addEmailList } from "./list.ts";

/** Adds the commands about the addresses that partners registered. */
export function addEmailCommands(program: Command, run: Run): void {
  const noun = describeNoun(program, "email", "customers' addresses that partners registered");
  addEmailImport(noun, run);
  addEmailList(noun, run);
  addEmailErase(noun, run);
}
