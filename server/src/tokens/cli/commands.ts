import type { Command } from "commander";
import type { Run } from "../../cli/command-line.ts";
import { describeNoun } from "../../cli/describe-command.ts";
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
