import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import type { Terminal } from "../../cli/terminal.ts";
import type { OpenedDeps } from "../../deps/open-deps.ts";
import type { Run } from "../../deps/run.ts";
import type { OpenImportReport } from "../import-open-numbers.ts";
import type { SerialImportReport } from "../import-serials.ts";
import type { OpenRange } from "../open-range.ts";
import { readOpenOption } from "./open-option.ts";
import { tellProgress } from "./progress.ts";

interface ImportOptions {
  batch: string;
  product?: string;
  partner?: string;
  open?: OpenRange;
  pool?: boolean;
  dryRun?: boolean;
}

const details = `
FILE has one serial a line, or is CSV whose first line names the columns: serial, and
open for the number printed on the box. Case, spaces and hyphens in a serial do not
matter. Serials are kept as keyed hashes. Nothing is written when a line is wrong; an
import that was cut short is finished by running it again. Orders that nobody was
credited for and that named one of the serials before are decided anew.`;

/** `serial import`: brings a file of serials, or a range of consecutive open numbers, into a batch. */
export function addSerialImport(parent: Command, run: Run): void {
  describeCommand(parent, "import", {
    summary: "import serials into a batch, from a file or as a range of consecutive numbers",
    example: "serial import --batch spring-27 --product acme-paint --partner north-shop serials.csv",
  })
    .argument("[file]", "serials, one a line or CSV; - reads standard input")
    .requiredOption("--batch <name>", "the batch; a new name makes a new one")
    .option("--product <id>", "the product; needed for a new batch when several are sold")
    .option("--partner <id>", "whom the batch is given to; `serial assign` can do so later")
    .option("--open <range>", "no file: consecutive numbers that are the serials themselves", readOpenOption)
    .option("--pool", "the receiver gives these out itself, in exchange for vouchers; kept sealed")
    .option("--dry-run", "read and check all, and write nothing")
    .addHelpText("after", details)
    .action(
      run(async (cli, file: string | undefined, options: ImportOptions) => {
        refuseMisuse(file, options);
        const { open } = options;
        if (open === undefined) {
          const report = await cli.withDeps((deps) => importFile(deps, cli.terminal, file ?? "-", options));
          cli.print(report, () => fileText(report));
          return;
        }
        const { importOpenNumbers } = await import("../import-open-numbers.ts");
        const report = await cli.withDeps((deps) => importOpenNumbers(deps, { ...options, open }));
        cli.print(report, () => openText(report));
      }),
    );
}

function refuseMisuse(file: string | undefined, { open, pool }: ImportOptions): void {
  if (file === undefined && open === undefined)
    throw new CommandRefusal("usage", "Name a file, - for standard input, or a range with --open.");
  if (open !== undefined && (file !== undefined || pool === true))
    throw new CommandRefusal("usage", "--open takes neither a file nor --pool: the numbers are the serials.");
}

async function importFile(
  deps: OpenedDeps,
  terminal: Terminal,
  file: string,
  { batch, product, partner, pool, dryRun }: ImportOptions,
): Promise<SerialImportReport> {
  const { importSerials } = await import("../import-serials.ts");
  if (file !== "-") await access(file);
  const source = file === "-" ? terminal.stdin : createReadStream(file, { highWaterMark: 2 ** 18 });
  const progress = tellProgress(terminal.stderr);
  try {
    const order = { batch, product, partner, pool, dryRun, source };
    return await importSerials(deps, order, progress.onProgress);
  } finally {
    progress.end();
  }
}

const counted = (count: number) => count.toLocaleString("en");

function fileText(report: SerialImportReport): string {
  const { batch, partner, added, serials, duplicates, known, elsewhere, elsewhereLines, dryRun } = report;
  const given = partner === null ? "" : `, for ${partner}`;
  const lines = [
    `${counted(added)} of ${counted(serials)} serials ${dryRun ? "would be" : "were"} added to ${batch}${given}.`,
  ];
  if (duplicates > 0) lines.push(`Lines that repeat a serial of the file: ${counted(duplicates)}.`);
  if (known > 0) lines.push(`Serials that the batch had already: ${counted(known)}.`);
  if (elsewhere > 0) {
    const more = elsewhere > elsewhereLines.length ? ", …" : "";
    const where = `${elsewhereLines.join(", ")}${more}`;
    lines.push(`Serials that another batch has and keeps: ${counted(elsewhere)}, on lines ${where}.`);
  }
  if (report.ordersDecided > 0)
    lines.push(`Orders that came in before their serial, decided anew: ${counted(report.ordersDecided)}.`);
  return `${lines.join("\n")}\n`;
}

function openText({ batch, partner, open, serials, added, dryRun }: OpenImportReport): string {
  const given = partner === null ? "" : `, for ${partner}`;
  const what = `${counted(added)} of ${counted(serials)} numbers (${open})`;
  return `${what} ${dryRun ? "would be" : "were"} added to ${batch}${given}.\n`;
}
