import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { EmailSummary } from "../summarise-emails.ts";

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
        const { summariseEmails } = await import("../summarise-emails.ts");
        const rows = await cli.withDeps((deps) => summariseEmails(deps, partner));
        cli.print(rows, () =>
          rows.length === 0 ? `${partner} has registered no addresses.\n` : formatTable(columns, rows),
        );
      }),
    );
}
