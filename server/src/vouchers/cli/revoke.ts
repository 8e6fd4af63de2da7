import type { Command } from "commander";
import { countOf, formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import type { Run } from "../../deps/run.ts";

interface RevokeOptions {
  batch?: string;
  id?: string;
}

/** `voucher revoke`: one voucher or a whole batch can no longer be exchanged. */
export function addVoucherRevoke(parent: Command, run: Run): void {
  describeCommand(parent, "revoke", {
    summary: "revoke a voucher or a batch: it cannot be exchanged, and credits no purchase after this",
    example: "voucher revoke --id spring-27/17",
  })
    .option("--batch <name>", "all vouchers of this batch")
    .option("--id <batch/number>", "one voucher, as its card names it")
    .action(
      run(async (cli, { batch, id }: RevokeOptions) => {
        const revoking = await import("../batches.ts");
        if (batch !== undefined && id === undefined) {
          const revoked = await cli.withDeps((deps) => revoking.revokeVoucherBatch(deps, batch));
          const { exchanged, revokedAt } = revoked;
          cli.print(
            revoked,
            () =>
              `Batch ${batch} is revoked since ${formatTime(revokedAt ?? "")}: ${countOf(revoked.revoked, "voucher")} can no longer be exchanged, ${exchanged} had been.\n`,
          );
        } else if (id !== undefined && batch === undefined) {
          const revoked = await cli.withDeps((deps) => revoking.revokeVoucher(deps, id));
          const used =
            revoked.exchangedAt === null ? "" : `; it was exchanged at ${formatTime(revoked.exchangedAt)}`;
          cli.print(
            revoked,
            () => `Voucher ${id} is revoked since ${formatTime(revoked.revokedAt)}${used}.\n`,
          );
        } else throw new CommandRefusal("usage", "Say what to revoke: either --batch or --id.");
      }),
    );
}
