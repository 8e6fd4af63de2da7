import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readCount, readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { AuditEntry, AuditFilter } from "../list-audit.ts";

const columns: readonly Column<AuditEntry>[] = [
  { heading: "time", of: ({ at }) => formatTime(at) },
  { heading: "who", of: ({ actor }) => actor },
  { heading: "did", of: ({ action }) => action },
  { heading: "about", of: ({ subject }) => subject },
];

/** Adds the commands about what people and keys have changed. */
export function addAuditCommands(noun: Command, run: Run): void {
  describeCommand(noun, "list", {
    summary: "list changes, the newest first",
    example: "audit list --since 2026-11-01 --subject north-shop",
  })
    .option("--since <date>", "only changes since then (UTC)", readStart)
    .option("--actor <actor>", "only this one's: cli:USER or key:ID")
    .option("--subject <id>", "only changes of this partner, token, order or coupon")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: AuditFilter) => {
        const { listAudit } = await import("../list-audit.ts");
        const page = await cli.looking((deps) => listAudit(deps, filter));
        cli.print(page, () =>
          page.entries.length === 0 ? "There are no such changes.\n" : formatTable(columns, page.entries),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
}
