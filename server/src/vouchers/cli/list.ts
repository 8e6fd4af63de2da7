import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { VoucherBatch } from "../batch.ts";

const columns: readonly Column<VoucherBatch>[] = [
  { heading: "batch", of: ({ batch }) => batch },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "product", of: ({ product }) => product },
  { heading: "issued", of: ({ issued }) => issued, align: "right" },
  { heading: "exchanged", of: ({ exchanged }) => exchanged, align: "right" },
  { heading: "revoked", of: ({ revoked }) => revoked, align: "right" },
  { heading: "expired", of: ({ expired }) => expired, align: "right" },
  { heading: "left", of: ({ left }) => left, align: "right" },
  { heading: "expires", of: ({ expiresAt }) => (expiresAt === null ? null : formatTime(expiresAt)) },
];

interface ListOptions {
  partner?: string;
  limit: number;
  after?: string;
}

/** `voucher list`: the batches, with how many vouchers of each are left. */
export function addVoucherList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the batches of vouchers, with how many are left",
    example: "voucher list --partner north-shop",
  })
    .option("--partner <id>", "only batches of this partner")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, options: ListOptions) => {
        const { listVoucherBatches } = await import("../batches.ts");
        const page = await cli.withDeps((deps) => listVoucherBatches(deps, options));
        cli.print(page, () =>
          page.batches.length === 0
            ? "There are no vouchers yet: `tallystick voucher issue --help` says how to issue some.\n"
            : formatTable(columns, page.batches),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
}
