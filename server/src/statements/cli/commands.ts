import type { Command } from "commander";
import { countOf, formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, cleanText, formatFields, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { ClosedStatement, CloseReport } from "../close-statements.ts";
import type { StatementFilter, StatementSummary } from "../read-statements.ts";
import type { Sums } from "../statement.ts";
import { addStatementExport } from "./export-command.ts";

/** Adds the commands about statements. */
export function addStatementCommands(noun: Command, run: Run): void {
  addClose(noun, run);
  addList(noun, run);
  addShow(noun, run);
  addStatementExport(noun, run);
  addAnswers(noun, run);
  addVerify(noun, run);
}

/** `statement close PERIOD`: makes the statements of a period. */
function addClose(parent: Command, run: Run): void {
  describeCommand(parent, "close", {
    summary: "close a period: a statement for every partner and currency in which something moved",
    example: "statement close 2026-11 --dry-run",
  })
    .argument("<period>", "a month, a quarter or a year (UTC): 2026-11, 2026-Q4, 2026")
    .option("--partner <id>", "only this partner's")
    .option("--dry-run", "only say what would be closed")
    .action(
      run(async (cli, period: string, options: { partner?: string; dryRun?: boolean }) => {
        const { closeStatements } = await import("../close-statements.ts");
        const onProgress = (accounts: number) => {
          if (accounts % 50 === 0) cli.say(`${countOf(accounts, "account")} looked at.`);
        };
        const report = await cli.withDeps((deps) =>
          closeStatements(deps, { period, ...options, onProgress }),
        );
        cli.print(report, () => closedText(report));
        for (const { partner, currency, why } of report.left)
          cli.say(`${cleanText(partner)} ${currency} is left open: ${whyWords[why] ?? why}.`);
      }),
    );
}

const whyWords: Readonly<Record<string, string>> = {
  later_period_closed: "a later period of it is closed, and the next one takes its movements up",
  vendor_facts_missing: "it is billed by you, and `vendor` is missing in the configuration",
  partner_facts_missing: "it is billed by you, and its legal name, address or tax number is missing",
};

const kindWords = { statement: "statement", invoice: "invoice", credit_note: "credit note" } as const;

const closedColumns: readonly Column<ClosedStatement>[] = [
  { heading: "number", of: ({ number }) => number },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "kind", of: ({ kind }) => kindWords[kind] },
  { heading: "lines", of: ({ lines }) => lines, align: "right" },
  { heading: "payable before", of: (row) => payable(row.opening, row.currency), align: "right" },
  { heading: "payable after", of: (row) => payable(row.closing, row.currency), align: "right" },
  { heading: "due", of: ({ dueAt }) => dueAt?.slice(0, 10) ?? null },
];

const payable = ({ payableMinor }: Sums, currency: string) => formatMoney(payableMinor, currency);

function closedText({ period, dryRun, statements }: CloseReport): string {
  if (statements.length === 0) return `Nothing is left to close in ${period}.\n`;
  const said = `${dryRun ? "Would close" : "Closed"} ${countOf(statements.length, "statement")} of ${period}.\n`;
  return `${formatTable(closedColumns, statements)}${said}`;
}

const columns: readonly Column<StatementSummary>[] = [
  { heading: "number", of: ({ number }) => number },
  { heading: "period", of: ({ period }) => period },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "kind", of: ({ kind }) => kindWords[kind] },
  { heading: "payable", of: (row) => formatMoney(row.closingPayableMinor, row.currency), align: "right" },
  { heading: "due", of: ({ dueAt }) => dueAt?.slice(0, 10) ?? null },
  { heading: "accepted", of: ({ acceptance }) => acceptance.replaceAll("_", " ") },
];

/** `statement list`: statements, a page at a time. */
function addList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list statements, the newest first",
    example: "statement list --partner north-shop",
  })
    .option("--partner <id>", "only this partner's")
    .option("--period <period>", "only of this period")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: StatementFilter) => {
        const { listStatements } = await import("../read-statements.ts");
        const page = await cli.looking((deps) => listStatements(deps, filter));
        cli.print(page, () =>
          page.statements.length === 0
            ? "There are no such statements.\n"
            : formatTable(columns, page.statements),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
}

/** `statement show NUMBER`: one statement. */
function addShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", {
    summary: "show a statement: what it opens and closes with, and its movements",
    example: "statement show ST-2026-00001",
  })
    .argument("<number>", "the statement's number")
    .option("--limit <count>", "how many movements, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, number: string, page: { limit: number; after?: string }) => {
        const { showStatement } = await import("../read-statements.ts");
        const { statementText } = await import("./statement-text.ts");
        const shown = await cli.looking((deps) => showStatement(deps, number, page));
        cli.print(shown, () => statementText(shown));
        if (shown.next !== null && !cli.json) cli.say(`There are more: add --after ${shown.next}`);
      }),
    );
}

/** `statement accept NUMBER` and `statement contest NUMBER`: the partner's word, noted by the vendor. */
function addAnswers(parent: Command, run: Run): void {
  const note = async (cli: Parameters<Parameters<Run>[0]>[0], number: string, answering: Answering) => {
    const { answerStatement } = await import("../answer-statement.ts");
    const summary = await cli.withDeps((deps) => answerStatement(deps, number, answering));
    cli.print(summary, () => answeredText(summary));
  };
  describeCommand(parent, "accept", {
    summary: "note that the partner accepts a statement; partners do so themselves over their API",
    example: "statement accept SB-2026-00001",
  })
    .argument("<number>", "the statement's number")
    .option("--note <text>", "how it was said")
    .action(
      run((cli, number: string, options: { note?: string }) =>
        note(cli, number, { answer: "accepted", ...options }),
      ),
    );
  describeCommand(parent, "contest", {
    summary: "note that the partner contests a statement: silence accepts it no more",
    example: 'statement contest SB-2026-00001 --note "Order 4711 is missing"',
  })
    .argument("<number>", "the statement's number")
    .requiredOption("--note <text>", "why, on one line")
    .action(
      run((cli, number: string, options: { note: string }) =>
        note(cli, number, { answer: "contested", ...options }),
      ),
    );
}

type Answering = Parameters<typeof import("../answer-statement.ts").answerStatement>[2];

const answeredText = (summary: StatementSummary): string =>
  formatFields([
    ["number", summary.number],
    ["partner", summary.partner],
    ["closed", formatTime(summary.closedAt)],
    ["accepted", summary.acceptance.replaceAll("_", " ")],
  ]);

/** `statement verify`: checks all statements from the stored rows. */
function addVerify(parent: Command, run: Run): void {
  describeCommand(parent, "verify", {
    summary: "check every statement: its hash, its chain, its sums against the journal, numbers without gaps",
    example: "statement verify",
  }).action(
    run(async (cli) => {
      const { verifyStatements } = await import("../verify-statements.ts");
      const report = await cli.withDeps((deps) => verifyStatements(deps));
      const { statements, lines } = report.checked;
      const checked = `${countOf(statements, "statement")}, ${countOf(lines, "line")}`;
      cli.print(report, () =>
        report.ok
          ? `The statements are sound: ${checked}.\n`
          : report.failures.map((failure) => `${cleanText(failure)}\n`).join(""),
      );
      if (report.ok) return;
      cli.say(`The statements are not sound, checked ${checked}.`);
      cli.exitWith(1);
    }),
  );
}
