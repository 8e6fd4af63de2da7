import type { Command } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import type { Run } from "../../cli/run.ts";
import type { KeyDeps } from "../signing-keys.ts";
import { addKeyList } from "./list.ts";
import { addKeyRevoke } from "./revoke.ts";
import { addKeyRotate } from "./rotate.ts";

/** Adds the commands about signing keys. */
export function addKeyCommands(program: Command, run: Run<KeyDeps>): void {
  const noun = describeNoun(program, "key", "the keys that sign tokens");
  addKeyList(noun, run);
  addKeyRotate(noun, run);
  addKeyRevoke(noun, run);
}
