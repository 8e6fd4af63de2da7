import type { Command } from "commander";
import { countOf } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { cleanText } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";

/** `ledger head`: what an auditor notes, and comes back with. */
export function addLedgerHead(parent: Command, run: Run): void {
  describeCommand(parent, "head", {
    summary:
      "sum up all that was told, decided, booked and ruled, to note elsewhere; or compare with what was noted",
    example: "ledger head --against head-2027-01.json",
  })
    .option("--against <file>", "a head that was noted before: fails where history until then is another")
    .action(
      run(async (cli, { against }: { against?: string }) => {
        const { compareHead, readHead, sumHead } = await import("../history-head.ts");
        if (against === undefined) {
          const head = await cli.withDeps((deps) => sumHead(deps));
          cli.print(head, () => `${JSON.stringify(head, null, 2)}\n`);
          return;
        }
        const { readDocument } = await import("../../cli/read-document.ts");
        const noted = readHead(await readDocument(against));
        const report = await cli.withDeps((deps) => compareHead(deps, noted));
        cli.print(report, () =>
          report.ok
            ? `History until ${noted.until} is as it was noted.\n`
            : report.failures.map((one) => `${cleanText(one)}\n`).join(""),
        );
        if (!report.ok) cli.exitWith(1);
      }),
    );
}

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
