import type { Command } from "commander";
import { countOf } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import type { Run } from "../../deps/run.ts";

interface ReplayOptions {
  allFailed?: boolean;
  dryRun?: boolean;
}

/** `outbox replay`: sends again what was given up. */
export function addOutboxReplay(parent: Command, run: Run): void {
  describeCommand(parent, "replay", {
    summary: "send a message again that was given up, or all of them",
    example: "outbox replay --all-failed --dry-run",
  })
    .argument("[id]", "the message's id, see `outbox list --state failed`")
    .option("--all-failed", "every message that was given up")
    .option("--dry-run", "only say how many; with --all-failed")
    .action(
      run(async (cli, id: string | undefined, { allFailed = false, dryRun = false }: ReplayOptions) => {
        if ((id === undefined) !== allFailed || (dryRun && !allFailed))
          throw new CommandRefusal(
            "usage",
            "Name a message, or give --all-failed; --dry-run goes with --all-failed.",
          );
        const { replayAllFailed, replayMessage } = await import("../outbox.ts");
        if (id !== undefined) {
          const entry = await cli.withDeps((deps) => replayMessage(deps, id));
          return cli.print(entry, () => `${entry.id} is sent again.\n`);
        }
        const report = await cli.withDeps((deps) => replayAllFailed(deps, { dryRun }));
        const count = countOf(report.messages, "message");
        cli.print(report, () =>
          dryRun ? `${count} would be sent again.\n` : `${count} will be sent again.\n`,
        );
      }),
    );
}
