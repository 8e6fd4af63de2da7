import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { PartnerHistoryEntry } from "../partner-history.ts";

const columns: readonly Column<PartnerHistoryEntry>[] = [
  { heading: "when", of: ({ recordedAt }) => formatTime(recordedAt) },
  { heading: "change", of: ({ change }) => change },
  {
    heading: "to",
    of: ({ changed }) =>
      Object.entries(changed)
        .map(([name, value]) => `${name} ${value}`)
        .join(", "),
  },
];

/** `partner history ID`: what was changed of a partner. */
export function addPartnerHistory(parent: Command, run: Run): void {
  describeCommand(parent, "history", {
    summary: "show what was changed of a partner, the oldest change first",
    example: "partner history north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, id: string) => {
        const { readPartnerHistory } = await import("../partner-history.ts");
        const history = await cli.withDeps((deps) => readPartnerHistory(deps, id));
        cli.print(history, () =>
          history.length === 0
            ? `Nothing of ${id} was changed since it was added.\n`
            : formatTable(columns, history),
        );
      }),
    );
}
