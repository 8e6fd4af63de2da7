import type { Command } from "commander";
import { countOf } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { cleanText } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";

/** `ledger verify`: checks every invariant from the stored rows. */
export function addLedgerVerify(parent: Command, run: Run): void {
  describeCommand(parent, "verify", {
    summary: "check every invariant of the ledger from the stored rows",
    example: "ledger verify",
  }).action(
    run(async (cli) => {
      const { verifyLedger } = await import("../verify.ts");
      const report = await cli.withDeps((deps) => verifyLedger(deps));
      const { orders, transfers, balances } = report.checked;
      const checked = [
        countOf(orders, "order"),
        countOf(transfers, "transfer"),
        countOf(balances, "balance"),
      ].join(", ");
      cli.print(report, () =>
        report.ok
          ? `The ledger adds up: ${checked}.\n`
          : report.failures.map((failure) => `${cleanText(failure)}\n`).join(""),
      );
      if (report.ok) return;
      cli.say(`The ledger does not add up, checked ${checked}.`);
      cli.exitWith(1);
    }),
  );
}
