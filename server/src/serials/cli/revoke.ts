import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";

/** `serial revoke --batch B`: a batch that counts no more. */
export function addSerialRevoke(parent: Command, run: Run): void {
  describeCommand(parent, "revoke", {
    summary: "revoke a batch: its serials are activated no more, and later purchases earn nobody anything",
    example: "serial revoke --batch stolen-pallet",
  })
    .requiredOption("--batch <name>", "the batch")
    .option("--dry-run", "only show the batch")
    .action(
      run(async (cli, { batch, dryRun = false }: { batch: string; dryRun?: boolean }) => {
        const { revokeSerialBatch, showSerialBatch } = await import("../batches.ts");
        const record = await cli.withDeps((deps) =>
          (dryRun ? showSerialBatch : revokeSerialBatch)(deps, batch),
        );
        const { revokedAt, serials } = record;
        const size = `${serials.toLocaleString("en")} serials`;
        cli.print(record, () =>
          revokedAt === null
            ? `Batch ${batch} with ${size} would be revoked.\n`
            : `Batch ${batch} with ${size} is revoked since ${formatTime(revokedAt)}.\n`,
        );
      }),
    );
}
