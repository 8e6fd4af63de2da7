import { type Command, Option } from "commander";
import { formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { readCount, readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderFilter, OrderSummary } from "../orders.ts";

const columns: readonly Column<OrderSummary>[] = [
  { heading: "received", of: ({ receivedAt }) => formatTime(receivedAt) },
  { heading: "shop", of: ({ shop }) => shop },
  { heading: "order", of: ({ order }) => order },
  { heading: "outcome", of: ({ outcome }) => outcome },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "reason", of: ({ reason }) => reason },
  { heading: "net", of: ({ netMinor, currency }) => formatMoney(netMinor, currency), align: "right" },
];

interface ListOptions {
  outcome?: NonNullable<OrderFilter["outcome"]>;
  since?: Instant;
  limit: number;
  after?: string;
}

/** `order list`: orders, the newest first, a page at a time. */
export function addOrderList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list orders, the newest first",
    example: "order list --outcome unattributed --since 2026-11-01",
  })
    .addOption(
      new Option("--outcome <outcome>", "only orders of this outcome").choices([
        "credited",
        "held",
        "unattributed",
      ]),
    )
    .option("--since <date>", "only orders received since then (UTC)", readStart)
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, options: ListOptions) => {
        const { outcome, since, limit, after } = options;
        const { listOrders } = await import("../orders.ts");
        const page = await cli.withDeps((deps) =>
          listOrders(deps, {
            limit,
            ...(outcome === undefined ? {} : { outcome }),
            ...(since === undefined ? {} : { since }),
            ...(after === undefined ? {} : { after }),
          }),
        );
        cli.print(page, () =>
          page.orders.length === 0 ? "There are no such orders.\n" : formatTable(columns, page.orders),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
}
