import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import type { Run } from "../../deps/run.ts";

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
        await cli.withDeps((deps) =>
          pipeline(Readable.from(exportLedger(deps, format)), cli.terminal.stdout, { end: false }),
        );
      }),
    );
}
