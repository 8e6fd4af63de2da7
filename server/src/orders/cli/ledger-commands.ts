import type { Command } from "commander";
import { countOf, formatMoney } from "../../cli/amounts-and-times.ts";
import { readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, cleanText, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import { type Instant, isoTime } from "../../words/clock.ts";
import type { ReleaseReport } from "../rule/release.ts";

/** After so many orders a check of the ledger says how far it is. */
const ordersASay = 50_000;

/** `ledger verify`: checks every invariant from the stored rows. */
export function addLedgerVerify(parent: Command, run: Run): void {
  describeCommand(parent, "verify", {
    summary: "check every invariant of the ledger from the stored rows",
    example: "ledger verify",
  })
    .option(
      "--since <date>",
      "of the orders only those that something was told, decided or booked for since then (UTC); goes on where a check was interrupted",
      readStart,
    )
    .action(
      run(async (cli, { since }: { since?: Instant }) => {
        const { verifyLedger } = await import("../verify/verify.ts");
        let said = 0;
        const onPage = (orders: number, heardAt: Instant) => {
          if (orders - said < ordersASay) return;
          said = orders;
          cli.say(
            `Checked ${countOf(orders, "order")}, up to those first heard of on ${isoTime(heardAt).slice(0, 10)}.`,
          );
        };
        const report = await cli.withDeps((deps) => verifyLedger(deps, { since, onPage }));
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

const columns: readonly Column<ReleaseReport["released"][number]>[] = [
  { heading: "partner", of: ({ partner }) => partner },
  {
    heading: "released",
    of: ({ amountMinor, currency }) => formatMoney(amountMinor, currency),
    align: "right",
  },
];

/** `ledger release`: credits whose holding period has ended become payable. A running receiver does it by itself. */
export function addLedgerRelease(parent: Command, run: Run): void {
  describeCommand(parent, "release", {
    summary: "make payable what was held long enough; a running receiver does so every minute",
    example: "ledger release --dry-run",
  })
    .option("--dry-run", "only say what would be released")
    .action(
      run(async (cli, { dryRun = false }: { dryRun?: boolean }) => {
        const { releaseDue } = await import("../rule/release.ts");
        const report = await cli.withDeps((deps) => releaseDue(deps, { dryRun }));
        cli.print(
          report,
          () => (report.orders === 0 ? "Nothing is due.\n" : formatTable(columns, report.released)),
          report.released,
        );
        if (!cli.json && report.orders > 0) {
          cli.say(`${dryRun ? "Would release" : "Released"} what ${countOf(report.orders, "order")} held.`);
        }
      }),
    );
}
