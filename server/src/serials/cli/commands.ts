import type { Readable } from "node:stream";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { countOf, formatTime } from "../../cli/amounts-and-times.ts";
import { readCount, readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { openInput } from "../../cli/open-input.ts";
import { type Column, formatFields, formatTable } from "../../cli/table.ts";
import type { Terminal } from "../../cli/terminal.ts";
import type { OpenedDeps } from "../../deps/open-deps.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { SerialAssignmentReport } from "../assign-serials.ts";
import type { SerialBatchRecord, SerialRecord } from "../batches.ts";
import type { OpenImportReport } from "../import-open-numbers.ts";
import type { SerialImportReport } from "../import-serials.ts";
import { type OpenRange, readOpenRange } from "../open-range.ts";
import { historyText } from "./history-text.ts";
import { tellProgress } from "./progress.ts";

/** Adds the commands about serials. */
export function addSerialCommands(noun: Command, run: Run): void {
  addSerialImport(noun, run);
  addSerialAssign(noun, run);
  addSerialList(noun, run);
  addSerialShow(noun, run);
  addSerialRevoke(noun, run);
}

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
function addSerialImport(parent: Command, run: Run): void {
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
  const source = await openInput(file, terminal);
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

interface AssignOptions {
  batch: string;
  partner: string;
  open?: OpenRange;
  from?: Instant;
  note?: string;
  dryRun?: boolean;
}

/** `serial assign`: gives a batch, or a part of it, to a partner; also when it moves on. */
function addSerialAssign(parent: Command, run: Run): void {
  describeCommand(parent, "assign", {
    summary: "give a batch, or a range of its open numbers, to a partner from a date on; history is kept",
    example: "serial assign --batch spring-27 --open 1000000..1000499 --partner north-shop --from 2027-03-01",
  })
    .requiredOption("--batch <name>", "the batch")
    .requiredOption("--partner <id>", "whose customers the copies activated from then on are")
    .option("--open <range>", "only these open numbers (default: the whole batch)", readOpenOption)
    .option("--from <date>", "from when on (UTC), also in the past (default: now)", readStart)
    .option("--note <text>", "for the record")
    .option("--dry-run", "only say what would be done")
    .action(
      run(async (cli, options: AssignOptions) => {
        const { assignSerials } = await import("../assign-serials.ts");
        const report = await cli.withDeps((deps) => assignSerials(deps, options));
        cli.print(report, () => assignmentText(report));
        if (!cli.json && report.ordersDecided > 0)
          cli.say(`${countOf(report.ordersDecided, "order")} that nobody was credited for decided anew.`);
      }),
    );
}

function assignmentText({ batch, open, partner, from, isNew, dryRun }: SerialAssignmentReport): string {
  const what = open === null ? `Batch ${batch}` : `Open numbers ${open} of batch ${batch}`;
  const verb = dryRun ? "would be" : isNew ? "is" : "was already";
  return `${what} ${verb} ${partner}'s from ${formatTime(from)} on.\n`;
}

const columns: readonly Column<SerialBatchRecord>[] = [
  { heading: "batch", of: ({ batch }) => batch },
  { heading: "product", of: ({ product }) => product },
  { heading: "kind", of: ({ kind, revokedAt }) => (revokedAt === null ? kind : `${kind}, revoked`) },
  { heading: "serials", of: ({ serials }) => serials.toLocaleString("en"), align: "right" },
  { heading: "left", of: ({ left }) => left?.toLocaleString("en") ?? null, align: "right" },
  { heading: "open numbers", of: ({ open }) => open },
  { heading: "partner", of: partnersOf },
];

interface ListOptions {
  product?: string;
  limit: number;
  after?: string;
}

/** `serial list`: the batches with their counts and whom they were given to. */
function addSerialList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the batches of serials, with counts and whom they were given to",
    example: "serial list --product acme-paint",
  })
    .option("--product <id>", "only batches of this product")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, options: ListOptions) => {
        const { listSerialBatches } = await import("../batches.ts");
        const page = await cli.looking((deps) => listSerialBatches(deps, options));
        cli.print(page, () =>
          page.batches.length === 0
            ? "There are no serials yet: `tallystick serial import --help` says how to bring some in.\n"
            : formatTable(columns, page.batches),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after "${page.next}"`);
      }),
    );
}

/** The whole batch's partner, and how many others ranges of it were given to. */
function partnersOf({ partner, assignments }: SerialBatchRecord): string | null {
  const ranges = assignments.filter(({ open }) => open !== null).length;
  if (ranges === 0) return partner;
  const parts = `${ranges} ${ranges === 1 ? "range" : "ranges"}`;
  return partner === null ? parts : `${partner}, and ${parts}`;
}

/** `serial show`: which batch a serial or a box's number is of, and who sold it. */
function addSerialShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", {
    summary: "say which batch a serial or an open number is of, and who sold it",
    example: "serial show - < serial.txt",
  })
    .argument(
      "[serial]",
      "a serial or an open number; without it, or with -, read from standard input, where no history of commands keeps it",
    )
    .action(
      run(async (cli, serial: string | undefined) => {
        const { showSerial } = await import("../batches.ts");
        const text = serial === undefined || serial === "-" ? await readLine(cli.terminal.stdin) : serial;
        const found = await cli.looking((deps) => showSerial(deps, text));
        cli.print({ found }, () => found.map(serialText).join("\n"));
      }),
    );
}

const longestInput = 4_096;

async function readLine(stdin: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.length > longestInput) throw new CommandRefusal("usage", "Give one serial on one line.");
  }
  return text.trim();
}

function serialText(record: SerialRecord): string {
  const { batch, product, kind, open, isPrintedNumber, partner, activatedAt, revokedAt, assignments } =
    record;
  const fields = formatFields([
    ["batch", revokedAt === null ? batch : `${batch}, revoked ${formatTime(revokedAt)}`],
    ["product", product],
    ["what it is", isPrintedNumber ? "a box's number; its serial is a secret" : wordsOf[kind]],
    ["open number", open],
    ["partner", partner],
    ["activated", isPrintedNumber ? "see its serial" : activatedAt === null ? null : formatTime(activatedAt)],
  ]);
  return `${fields}Given to\n${historyText(assignments)}`;
}

const wordsOf = {
  secret: "a secret serial",
  open: "an open number that is a serial",
  pool: "a serial of a pool for vouchers",
} as const;

/** `serial revoke --batch B`: a batch that counts no more. */
function addSerialRevoke(parent: Command, run: Run): void {
  describeCommand(parent, "revoke", {
    summary: "revoke a batch: its serials are activated no more, and later purchases earn nobody anything",
    example: "serial revoke --batch stolen-pallet",
  })
    .requiredOption("--batch <name>", "the batch")
    .option("--dry-run", "only show the batch")
    .action(
      run(async (cli, { batch, dryRun = false }: { batch: string; dryRun?: boolean }) => {
        const { revokeSerialBatch, showSerialBatch } = await import("../batches.ts");
        const record = await cli.withDeps((deps) =>
          (dryRun ? showSerialBatch : revokeSerialBatch)(deps, batch),
        );
        const { revokedAt, serials } = record;
        const size = `${serials.toLocaleString("en")} serials`;
        cli.print(record, () =>
          revokedAt === null
            ? `Batch ${batch} with ${size} would be revoked.\n`
            : `Batch ${batch} with ${size} is revoked since ${formatTime(revokedAt)}.\n`,
        );
      }),
    );
}

/** Reads a range of open numbers. */
function readOpenOption(text: string): OpenRange {
  const range = readOpenRange(text);
  if (range === undefined)
    throw new InvalidArgumentError(
      "Expected a number of up to 15 digits, or a range such as 1000000..1004999.",
    );
  return range;
}
