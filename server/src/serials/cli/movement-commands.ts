import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Movement } from "../movements.ts";

const columns: readonly Column<Movement>[] = [
  { heading: "since", of: ({ since }) => formatTime(since) },
  { heading: "batch", of: ({ batch }) => batch },
  { heading: "open numbers", of: ({ open }) => open ?? "all" },
  { heading: "from", of: ({ from }) => from ?? "you" },
  { heading: "to", of: ({ to }) => to },
  { heading: "until", of: ({ until }) => (until === null ? null : formatTime(until)) },
  { heading: "recorded", of: ({ recordedAt }) => formatTime(recordedAt) },
  { heading: "note", of: ({ note }) => note },
];

/** Adds the command about the way of goods through the channel. */
export function addMovementCommands(noun: Command, run: Run): void {
  describeCommand(noun, "list", {
    summary: "list who gave what to whom, and when",
    example: "movement list --batch spring-27",
  })
    .option("--batch <name>", "only this batch")
    .option("--partner <id>", "only what this partner was given or gave")
    .action(
      run(async (cli, about: { batch?: string; partner?: string }) => {
        const { listMovements } = await import("../movements.ts");
        const movements = await cli.looking((deps) => listMovements(deps, about));
        cli.print(movements, () =>
          movements.length === 0 ? "Nothing has moved yet.\n" : formatTable(columns, movements),
        );
      }),
    );
}
