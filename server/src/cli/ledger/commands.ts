import type { Command } from "commander";
import type { Run } from "../command-line.ts";
import { describeNoun } from "../describe-command.ts";
import { addLedgerBalances } from "./balances.ts";
import { addLedgerExport } from "./export.ts";
import { addLedgerRelease } from "./release.ts";
import { addLedgerVerify } from "./verify.ts";

/** Adds the commands about the ledger. */
export function addLedgerCommands(program: Command, run: Run): void {
  const noun = describeNoun(program, "ledger", "what partners are owed, and the journal behind it");
  addLedgerBalances(noun, run);
  addLedgerVerify(noun, run);
  addLedgerExport(noun, run);
  addLedgerRelease(noun, run);
}
