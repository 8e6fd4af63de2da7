import type { Command } from "commander";
import type { Run } from "../../cli/command-line.ts";
import { describeNoun } from "../../cli/describe-command.ts";
import { addKeyList } from "./list.ts";
import { addKeyRevoke } from "./revoke.ts";
import { addKeyRotate } from "./rotate.ts";

/** Adds the commands about signing keys. */
export function addKeyCommands(program: Command, run: Run): void {
  const noun = describeNoun(program, "key", "the keys that sign tokens");
  addKeyList(noun, run);
  addKeyRotate(noun, run);
  addKeyRevoke(noun, run);
}
