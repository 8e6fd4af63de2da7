import type { Command } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { addTokenIssue } from "./issue.ts";
import { addTokenRevoke } from "./revoke.ts";
import { addTokenVerify } from "./verify.ts";

/** Adds the commands about tokens. */
export function addTokenCommands(program: Command, run: Run): void {
  const noun = describeNoun(program, "token", "the tokens that say which partner sold a copy");
  addTokenIssue(noun, run);
  addTokenVerify(noun, run);
  addTokenRevoke(noun, run);
}
