import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";

/** `outbox drop`: ends a message that need not be sent. */
export function addOutboxDrop(parent: Command, run: Run): void {
  describeCommand(parent, "drop", {
    summary: "drop a message: it was told by hand, or need not be told",
    example: 'outbox drop msg_0mijk3v0h8a1f0c2e4b6d8f0a2c4e6f8a --note "reversed in their dashboard"',
  })
    .argument("<id>", "the message's id, see `outbox list --state manual`")
    .requiredOption("--note <text>", "why, for whoever looks at it later")
    .action(
      run(async (cli, id: string, { note }: { note: string }) => {
        const { dropMessage } = await import("../outbox.ts");
        const entry = await cli.withDeps((deps) => dropMessage(deps, { id, note }));
        cli.print(entry, () => `${entry.id} is dropped.\n`);
      }),
    );
}
