import { Argument, type Command } from "commander";
import { countOf, formatMoney } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Move } from "../../four-eyes/limit.ts";
import type { ImportReport, RowReport } from "../import-report.ts";
import { type Programme, programmes } from "../programmes.ts";

interface ImportOptions {
  dryRun?: boolean;
  mapping?: string;
  currency?: string;
  product?: string;
}

/** `import PROGRAMME FILE…`: brings partners, past commissions and customers over from another programme. */
export function addImportCommand(program: Command, run: Run): void {
  describeCommand(program, "import", {
    summary: "bring partners, past commissions and customers over from another programme; safe to repeat",
    example: "import rewardful --dry-run affiliates.json commissions.json",
  })
    .addArgument(new Argument("<programme>", "whose export it is").choices(programmes))
    .argument("<files...>", "CSV, or JSON where the name ends in .json or .jsonl")
    .option("--dry-run", "only say what would become of each row")
    .option(
      "--mapping <file>",
      "what the columns mean, instead of what the programme usually writes; csv needs it",
    )
    .option("--currency <code>", "the currency of rows that say none (ISO 4217)")
    .option("--product <id>", "the product of licences whose rows say none")
    .action(
      run(async (cli, programme: Programme, files: string[], options: ImportOptions) => {
        const [{ importFiles }, { readMapping }] = await Promise.all([
          import("../import-files.ts"),
          import("../read-mapping.ts"),
        ]);
        const { dryRun = false, mapping: file, currency, product } = options;
        const mapping = await readMapping(programme, { file, currency, product });
        const onProgress = (rows: number) => cli.say(`${rows} rows read.`);
        const report = await cli.withDeps((deps) =>
          importFiles(deps, { programme, files, mapping, dryRun, onProgress }),
        );
        cli.print(report, () => reportText(report));
        if (report.waits.length > 0)
          cli.say(
            report.request === null
              ? "A second person would have to approve what is above the limit."
              : `What is above the limit is not booked yet. A second person must approve it: ledger approve ${report.request}`,
          );
        if (report.actions.problem > 0) cli.exitWith(1);
      }),
    );
}

const rowColumns: readonly Column<RowReport>[] = [
  { heading: "file", of: ({ file }) => file },
  { heading: "row", of: ({ row }) => row, align: "right" },
  { heading: "kind", of: ({ kind }) => kind ?? null },
  { heading: "id", of: ({ id }) => id ?? null },
  {
    heading: "partner",
    of: ({ partner, addsPartner }) => (addsPartner ? `${partner} (new)` : (partner ?? null)),
  },
  { heading: "status", of: ({ status }) => status ?? null },
  {
    heading: "amount",
    of: ({ amountMinor, currency, unit, unitAmount }) =>
      amountMinor != null && currency != null
        ? formatMoney(amountMinor, currency)
        : unit == null
          ? null
          : `${unitAmount} ${unit}`,
    align: "right",
  },
  { heading: "account", of: ({ account }) => account ?? null },
  {
    heading: "becomes",
    of: ({ action, problem, waits, taken = [] }) =>
      problem === undefined
        ? [
            action,
            ...(waits === true ? ["waits for a second person"] : []),
            ...taken.map((what) => `${what} is another partner's`),
          ].join("; ")
        : `left out: ${problem}`,
  },
];

const moneyColumns: readonly Column<ImportReport["money"][number]>[] = [
  { heading: "account", of: ({ account }) => account ?? "nothing owed" },
  {
    heading: "amount",
    of: ({ amountMinor, currency }) => formatMoney(amountMinor, currency),
    align: "right",
  },
  { heading: "rows", of: ({ rows }) => rows, align: "right" },
];

const waitColumns: readonly Column<Move>[] = [
  { heading: "waits for a second person", of: ({ partner }) => partner },
  {
    heading: "amount",
    of: ({ amountMinor, currency }) => formatMoney(amountMinor, currency),
    align: "right",
  },
];

const rewardColumns: readonly Column<ImportReport["rewards"][number]>[] = [
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "not money", of: ({ amount, unit }) => `${amount} ${unit}`, align: "right" },
  { heading: "rows", of: ({ rows }) => rows, align: "right" },
];

function reportText(report: ImportReport): string {
  const { actions, rows, partnersAdded, licences, emails, dryRun } = report;
  const parts = [
    report.shown.length > 0 ? formatTable(rowColumns, report.shown) : "",
    report.money.length > 0 ? formatTable(moneyColumns, report.money) : "",
    report.waits.length > 0 ? formatTable(waitColumns, report.waits) : "",
    report.rewards.length > 0 ? formatTable(rewardColumns, report.rewards) : "",
    [
      `${countOf(rows, "row")}: ${actions.new} new, ${actions.changed} changed, ${actions.unchanged} unchanged, ${actions.problem} left out.`,
      `${countOf(partnersAdded, "partner")} ${dryRun ? "would be added" : "added"}${
        dryRun
          ? ""
          : `, ${countOf(licences, "licence")} and ${emails === 1 ? "1 address" : `${emails} addresses`} bound`
      }.`,
    ].join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n")}\n`;
}
