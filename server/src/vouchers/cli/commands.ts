import type { Command } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { addVoucherIssue } from "./issue.ts";
import { addVoucherList } from "./list.ts";
import { addVoucherRevoke } from "./revoke.ts";

/** Adds the commands about vouchers. */
export function addVoucherCommands(program: Command, run: Run): void {
  const noun = describeNoun(
    program,
    "voucher",
    "codes on cards, each exchanged once for a serial of the pool",
  );
  addVoucherIssue(noun, run);
  addVoucherList(noun, run);
  addVoucherRevoke(noun, run);
}
