import type { Command } from "commander";
import { countOf } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { cleanText } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";

/** `ledger accept`: a person answers for rows that the receiver did not write. */
export function addLedgerAccept(parent: Command, run: Run): void {
  describeCommand(parent, "accept", {
    summary:
      "answer for rows that ledger verify says the receiver did not write: a repair, or an older version beside it",
    example: "ledger accept --dry-run",
  })
    .option("--dry-run", "only list them")
    .action(
      run(async (cli, { dryRun = false }: { dryRun?: boolean }) => {
        const { acceptRows } = await import("../accept-rows.ts");
        const accepted = await cli.withDeps((deps) => acceptRows(deps, { dryRun }));
        cli.print(accepted, () =>
          accepted.count === 0
            ? "The receiver wrote every row.\n"
            : accepted.rows.map((name) => `${cleanText(name)}\n`).join(""),
        );
        if (!cli.json && accepted.count > 0)
          cli.say(
            dryRun
              ? `The receiver did not write ${countOf(accepted.count, "row")}.`
              : `You answer for ${countOf(accepted.count, "row")} from now on.`,
          );
      }),
    );
}
