import { type Command, InvalidArgumentError, Option } from "commander";
import { countOf } from "../../cli/amounts-and-times.ts";
import { readCount, readEnd } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { refuseTakenFile, writeNewFile } from "../../cli/new-file.ts";
import type { ReceiverCommandLine, Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import { isCurrencyCode } from "../../words/currency-code.ts";
import type { ToldOfBatch } from "../confirm.ts";
import type { ExportTerms } from "../export.ts";
import type { PayoutFilter } from "../payout.ts";
import type { PayoutBlockSource } from "../payout-block.ts";
import type { TakenOut } from "../recheck.ts";
import { batchStates } from "../rows/schema.ts";
import { batchTable, excludedTable, payoutText, plannedTable } from "./payout-text.ts";
import { addPayoutYear } from "./year-command.ts";

/** Gives the sources of blocks when a command needs them: what they are made of is not loaded for others. */
export type LoadBlocks = () => Promise<readonly PayoutBlockSource[]>;

/** Adds the commands about payouts. */
export function addPayoutCommands(noun: Command, run: Run, loadBlocks: LoadBlocks): void {
  addPayoutPropose(noun, run, loadBlocks);
  addPayoutApprove(noun, run, loadBlocks);
  addPayoutExport(noun, run, loadBlocks);
  addPayoutConfirm(noun, run);
  addPayoutList(noun, run);
  addPayoutShow(noun, run);
  addPayoutCancel(noun, run);
  addPayoutYear(noun, run);
}

interface ProposeOptions {
  currency?: string;
  minimum?: string;
  until?: Instant;
  dryRun?: boolean;
}

/** `payout propose`: proposes to pay what is payable. */
function addPayoutPropose(parent: Command, run: Run, loadBlocks: LoadBlocks): void {
  describeCommand(parent, "propose", {
    summary: "propose to pay what is payable: a batch for each currency and channel",
    example: "payout propose --currency EUR --minimum 50",
  })
    .option("--currency <code>", "only this currency", readCurrency)
    .option("--minimum <amount>", "the least that is paid, such as 50 or 49.90; needs --currency")
    .option("--until <date>", "only what was payable by the end of that day (UTC)", readEnd)
    .option("--dry-run", "only say what would be proposed")
    .action(
      run(async (cli, { currency, minimum, until, dryRun }: ProposeOptions) => {
        const minimumMinor = minimum === undefined ? undefined : await readMinimum(minimum, currency);
        const { proposePayouts } = await import("../propose.ts");
        const blocks = await loadBlocks();
        const proposal = await cli.withDeps((deps) =>
          proposePayouts({ ...deps, blocks }, { currency, minimumMinor, until, dryRun }),
        );
        const { batches, payouts, excluded } = proposal;
        cli.print(proposal, () => {
          const shown = dryRun === true && payouts.length > 0 ? plannedTable(payouts) : "";
          const made = batches.length > 0 ? batchTable(batches) : "";
          return (
            `${shown}${made}${excluded.length > 0 ? excludedTable(excluded) : ""}` || "Nothing is payable.\n"
          );
        });
        if (!cli.json && batches.length > 0)
          cli.say(
            "Now another person approves: `payout approve ID`. Nothing is booked before it is confirmed.",
          );
      }),
    );
}

function readCurrency(text: string): string {
  if (!isCurrencyCode(text.toUpperCase()))
    throw new InvalidArgumentError("Expected an ISO 4217 code, such as EUR.");
  return text.toUpperCase();
}

async function readMinimum(text: string, currency: string | undefined): Promise<number> {
  if (currency === undefined)
    throw new CommandRefusal("usage", "--minimum needs --currency: an amount is one of a currency.");
  const { minorOf } = await import("../../words/money.ts");
  const minor = minorOf(text, currency);
  if (minor === undefined || minor < 1)
    throw new CommandRefusal("usage", `--minimum: expected an amount of ${currency}, such as 50.`);
  return minor;
}

/** `payout approve ID`: by another person than the one who proposed it. */
function addPayoutApprove(parent: Command, run: Run, loadBlocks: LoadBlocks): void {
  describeCommand(parent, "approve", {
    summary: "approve a batch that another person or key proposed",
    example: "payout approve po_0mh8l5x2k0123456789abcdef0123",
  })
    .argument("<id>", "the batch")
    .action(
      run(async (cli, id: string) => {
        const { approvePayout } = await import("../change-batch.ts");
        const blocks = await loadBlocks();
        const changed = await cli.withDeps((deps) => approvePayout({ ...deps, blocks }, id));
        cli.print(changed, () => payoutText(changed.payout));
        sayTakenOut(cli, changed.takenOut);
      }),
    );
}

function sayTakenOut(cli: ReceiverCommandLine, takenOut: readonly TakenOut[]): void {
  for (const { partner, reason } of takenOut)
    cli.say(`Taken out: ${partner} (${reason.replaceAll("_", " ")}). It stays payable.`);
}

interface ExportOptions extends ExportTerms {
  out?: string;
}

/** `payout export ID`: the payment file. */
function addPayoutExport(parent: Command, run: Run, loadBlocks: LoadBlocks): void {
  describeCommand(parent, "export", {
    summary: "write the payment file of an approved batch; the same file each time",
    example: "payout export po_0mh8l5x2k0123456789abcdef0123 --format pain.001 --out november.xml",
  })
    .argument("<id>", "the batch")
    .addOption(
      new Option("--format <format>", "pain.001 (ISO 20022, version 09) or csv")
        .choices(["pain.001", "csv"])
        .makeOptionMandatory(),
    )
    .option("--columns <list>", "which csv: bank, wise, paypal or one of the configuration")
    .option("--execute-on <date>", "the day on which the bank is to pay (default: today)", readDay)
    .option("--out <file>", "where to write it, readable for you alone (default: standard output)")
    .action(
      run(async (cli, id: string, { out, format, columns, executeOn }: ExportOptions) => {
        if (out !== undefined) refuseTakenFile(out);
        const { exportPayout } = await import("../export.ts");
        const blocks = await loadBlocks();
        const file = await cli.withDeps((deps) =>
          exportPayout({ ...deps, blocks }, id, { format, columns, executeOn }),
        );
        if (out !== undefined) await writeNewFile(out, file.content);
        const { content, ...told } = file;
        if (out === undefined) cli.print(file, () => content);
        else
          cli.print(
            { ...told, file: out },
            () => `Wrote ${countOf(file.payout.items, "payment")} to ${out}.\n`,
          );
        sayTakenOut(cli, file.takenOut);
      }),
    );
}

function readDay(text: string): string {
  readEnd(text);
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new InvalidArgumentError("Expected a day such as 2026-12-01.");
  return text;
}

interface ConfirmOptions {
  file?: string;
  all?: boolean;
  row?: number;
  failed?: string;
}

/** `payout confirm ID`: what became of the payments. */
function addPayoutConfirm(parent: Command, run: Run): void {
  describeCommand(parent, "confirm", {
    summary: "say what became of a batch's payments, by the bank's answer or by hand",
    example: "payout confirm po_0mh8l5x2k0123456789abcdef0123 --file answer.xml",
  })
    .argument("<id>", "the batch")
    .option("--file <file>", "the bank's pain.002, or CSV with the columns id, status and reason")
    .option("--all", "all that is open was paid")
    .option("--row <number>", "this row was paid, or failed with --failed", readRow)
    .option("--failed <why>", "the row was not paid; one that was paid came back")
    .action(
      run(async (cli, id: string, options: ConfirmOptions) => {
        const told = await toldBy(options);
        const { confirmPayout } = await import("../confirm.ts");
        const result = await cli.withDeps((deps) => confirmPayout(deps, id, told));
        cli.print(result, () => payoutText(result.payout));
        const { changed, unmatched, amountsDiffer, contradicted } = result;
        cli.say(
          `${changed.confirmed} confirmed, ${changed.failed} failed, ${changed.returned} returned, ${changed.pending} under way, ${result.unchanged} as before.`,
        );
        for (const one of unmatched) cli.say(`Not of this payout: ${one}`);
        for (const one of amountsDiffer) cli.say(`Another amount than was sent, nothing was changed: ${one}`);
        for (const one of contradicted)
          cli.say(`Said to be paid although it failed before; look at your account: ${one}`);
        if (unmatched.length + amountsDiffer.length + contradicted.length > 0) cli.exitWith(1);
      }),
    );
}

/** The number of a row; a batch has 5,000 at the most. */
function readRow(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("Expected a row's number.");
  return Number(text);
}

async function toldBy({ file, all, row, failed }: ConfirmOptions): Promise<ToldOfBatch> {
  const ways = [file, all, row].filter((one) => one !== undefined).length;
  if (ways !== 1 || (failed !== undefined && row === undefined))
    throw new CommandRefusal("usage", "Say one of --file F, --all, --row N or --row N --failed WHY.");
  if (row !== undefined) return { row, failed };
  if (file === undefined) return { all: true };
  const { readFile, stat } = await import("node:fs/promises");
  const { longestReport } = await import("../pain002.ts");
  if ((await stat(file)).size > longestReport) throw new CommandRefusal("usage", `${file} is too long.`);
  return { file: await readFile(file, "utf8") };
}

/** `payout list`: batches, a page at a time. */
function addPayoutList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list payout batches, the newest first",
    example: "payout list --state exported",
  })
    .addOption(new Option("--state <state>", "only batches in it").choices(batchStates))
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: PayoutFilter) => {
        const { listPayouts } = await import("../payout.ts");
        const page = await cli.looking((deps) => listPayouts(deps, filter));
        cli.print(page, () => (page.payouts.length === 0 ? "There are none.\n" : batchTable(page.payouts)));
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
}

/** `payout show ID`: a batch with its rows. */
function addPayoutShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", {
    summary: "show a payout batch with its rows",
    example: "payout show po_0mh8l5x2k0123456789abcdef0123",
  })
    .argument("<id>", "the batch")
    .action(
      run(async (cli, id: string) => {
        const { showPayout } = await import("../payout.ts");
        const payout = await cli.looking((deps) => showPayout(deps, id));
        cli.print(payout, () => payoutText(payout));
      }),
    );
}

/** `payout cancel ID`: gives back what a batch reserved. */
function addPayoutCancel(parent: Command, run: Run): void {
  describeCommand(parent, "cancel", {
    summary: "cancel a batch that was not exported: what it reserved is payable again",
    example: "payout cancel po_0mh8l5x2k0123456789abcdef0123",
  })
    .argument("<id>", "the batch")
    .action(
      run(async (cli, id: string) => {
        const { cancelPayout } = await import("../change-batch.ts");
        const payout = await cli.withDeps((deps) => cancelPayout(deps, id));
        cli.print(payout, () => payoutText(payout));
      }),
    );
}
