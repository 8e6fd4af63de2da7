import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Coupon, CouponFilter } from "../coupons.ts";

const columns: readonly Column<Coupon>[] = [
  { heading: "code", of: ({ code }) => code },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "products", of: ({ products }) => products?.join(", ") ?? "all" },
  { heading: "from", of: ({ validFrom }) => formatTime(validFrom) },
  { heading: "until", of: ({ validUntil }) => (validUntil === null ? null : formatTime(validUntil)) },
  { heading: "status", of: ({ status }) => status.replaceAll("_", " ") },
];

/** `coupon list`: coupons by code, a page at a time. */
export function addCouponList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the coupons by code, those that have ended too",
    example: "coupon list --partner north-shop",
  })
    .option("--partner <id>", "only this partner's")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: CouponFilter) => {
        const { listCoupons } = await import("../coupons.ts");
        const page = await cli.withDeps((deps) => listCoupons(deps, filter));
        cli.print(page, () =>
          page.coupons.length === 0 ? "There are no such coupons.\n" : formatTable(columns, page.coupons),
        );
        if (page.next !== null && !cli.json)
          cli.say(`There are more: add --after ${JSON.stringify(page.next)}`);
      }),
    );
}
