import type { Command } from "commander";
import { addLedgerAdjust } from "../../adjustments/cli/commands.ts";
import { addLedgerVerdicts } from "../../approvals/cli/commands.ts";
import { addLedgerBalances, addLedgerExport } from "../../books/cli/commands.ts";
import type { Run } from "../../deps/run.ts";
import { addLedgerRelease, addLedgerVerify } from "../../orders/cli/ledger-commands.ts";
import { addLedgerAccept, addLedgerHead } from "../../receipts/cli/commands.ts";

/** Adds the commands about the ledger. */
export function addLedgerCommands(noun: Command, run: Run): void {
  addLedgerBalances(noun, run);
  addLedgerVerify(noun, run);
  addLedgerAccept(noun, run);
  addLedgerHead(noun, run);
  addLedgerExport(noun, run);
  addLedgerRelease(noun, run);
  addLedgerAdjust(noun, run);
  addLedgerVerdicts(noun, run);
}
