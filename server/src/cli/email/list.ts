import type { Command } from "commander";
import type { EmailSummary } from "../../registered-emails/summarise-emails.ts";
import type { Run } from "../command-line.ts";
import { describeCommand } from "../describe-command.ts";
import { formatTime } from "../output/amounts-and-times.ts";
import { type Column, formatTable } from "../output/table.ts";

const columns: readonly Column<EmailSummary>[] = [
  { heading: "product", of: ({ product }) => product ?? "(every one)" },
  { heading: "by", of: ({ origin }) => origin },
  { heading: "consent", of: ({ consent }) => consent },
  { heading: "counting", of: ({ counting }) => counting, align: "right" },
  { heading: "ended", of: ({ ended }) => ended, align: "right" },
  { heading: "first", of: ({ firstAt }) => formatTime(firstAt) },
  { heading: "last", of: ({ lastAt }) => formatTime(lastAt) },
];

/** `email list --partner P`: counts and dates, since there are no addresses. */
export function addEmailList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "count the addresses a partner registered; the addresses themselves are not kept",
    example: "email list --partner north-shop",
  })
    .requiredOption("--partner <id>", "whose customers they are")
    .action(
      run(async (cli, { partner }: { partner: string }) => {
        const { summariseEmails } = await import("../../registered-emails/summarise-emails.ts");
        const rows = await cli.withDeps((deps) => summariseEmails(deps, partner));
        cli.print(rows, () =>
          rows.length === 0 ? `${partner} has registered no addresses.\n` : formatTable(columns, rows),
        );
      }),
    );
}
