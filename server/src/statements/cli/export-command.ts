import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { refuseTakenFile } from "../../cli/new-file.ts";
import type { Run } from "../../deps/run.ts";

const formats = ["html", "pdf", "csv", "json"] as const;

/** `statement export NUMBER`: one statement as a document. */
export function addStatementExport(parent: Command, run: Run): void {
  describeCommand(parent, "export", {
    summary: "print a statement as a document, in its partner's language",
    example: "statement export ST-2026-00001 --format pdf --out north-shop.pdf",
  })
    .argument("<number>", "the statement's number")
    .addOption(
      new Option("--format <format>", "html, pdf, csv or json").choices(formats).makeOptionMandatory(),
    )
    .option("--out <file>", "write it to a file, which must not be there yet")
    .addOption(new Option("--to <file>", "the same as --out").hideHelp())
    .option("--language <tag>", "another language than the partner's, such as de")
    .action(
      run(
        async (
          cli,
          number: string,
          options: { format: (typeof formats)[number]; out?: string; to?: string; language?: string },
        ) => {
          const { format, language, out: to = options.to } = options;
          if (cli.json && format !== "json" && to === undefined)
            throw new CommandRefusal("usage", "--json goes with --format json, or with --out.");
          if (format === "pdf" && to === undefined && cli.terminal.stdout.isTTY === true)
            throw new CommandRefusal("usage", "A PDF is not for a terminal: add --out FILE, or send it on.");
          if (to !== undefined) refuseTakenFile(to);
          const { exportStatement } = await import("../paper/export-statement.ts");
          await cli.looking(async (deps) => {
            const pieces = await exportStatement(deps, number, { format, language });
            if (to === undefined) return pipeline(pieces, cli.terminal.stdout, { end: false });
            const { createWriteStream } = await import("node:fs");
            await pipeline(pieces, createWriteStream(to, { flags: "wx", mode: 0o600 }));
            cli.print({ file: to }, () => `Wrote ${to}.\n`);
          });
        },
      ),
    );
}
