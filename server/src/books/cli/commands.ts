import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import { formatMoney } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Balance } from "../balances.ts";

const columns: readonly Column<Balance>[] = [
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "held", of: (row) => formatMoney(row.heldMinor, row.currency), align: "right" },
  { heading: "payable", of: (row) => formatMoney(row.payableMinor, row.currency), align: "right" },
  { heading: "paid", of: (row) => formatMoney(row.paidMinor, row.currency), align: "right" },
];

/** `ledger balances`: what partners have, by currency. */
export function addLedgerBalances(parent: Command, run: Run): void {
  describeCommand(parent, "balances", {
    summary: "what partners have, by currency",
    example: "ledger balances --partner north-shop",
  })
    .option("--partner <id>", "only this partner")
    .action(
      run(async (cli, { partner }: { partner?: string }) => {
        const { readBalances } = await import("../balances.ts");
        const balances = await cli.looking(async (deps) => {
          if (partner === undefined) return readBalances(deps);
          const { showPartner } = await import("../../channel/partners.ts");
          await showPartner(deps, partner);
          return readBalances(deps, { partner });
        });
        cli.print(balances, () =>
          balances.length === 0 ? "Nothing was credited yet.\n" : formatTable(columns, balances),
        );
      }),
    );
}

const formats = ["csv", "json", "hledger"] as const;

/** `ledger export`: the journal, streamed. */
export function addLedgerExport(parent: Command, run: Run): void {
  describeCommand(parent, "export", {
    summary: "print the journal",
    example: "ledger export --format hledger > tallystick.journal",
  })
    .addOption(
      new Option(
        "--format <format>",
        "csv (RFC 4180), json (one array, as with --json) or hledger; needed without --json",
      ).choices(formats),
    )
    .action(
      run(async (cli, options: { format?: (typeof formats)[number] }) => {
        const format = options.format ?? (cli.json ? "json" : undefined);
        if (format === undefined)
          throw new CommandRefusal("usage", "Say in which form: --format csv, json or hledger.");
        if (cli.json && format !== "json")
          throw new CommandRefusal("usage", "--json goes with --format json alone.");
        const { exportLedger } = await import("../export.ts");
        await cli.looking((deps) =>
          pipeline(exportLedger(deps, format), cli.terminal.stdout, { end: false }),
        );
      }),
    );
}
