import type { Command } from "commander";
import { readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import type { Terminal } from "../../cli/terminal.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { ReconcileReport } from "../reconcile-orders.ts";

/** `shop reconcile NAME --since DATE`: reads a shop's orders by its API, where deliveries were lost. */
export function addShopReconcile(parent: Command, run: Run): void {
  describeCommand(parent, "reconcile", {
    summary: "read a WooCommerce shop's orders by its API, to make up for lost deliveries",
    example: "shop reconcile woocommerce --since 2026-11-01 --dry-run",
  })
    .argument("<name>", "the shop, as the configuration names it")
    .requiredOption("--since <date>", "orders that changed since then (UTC)", readStart)
    .option("--dry-run", "do all of it and keep nothing")
    .action(
      run(async (cli, shop: string, { since, dryRun = false }: { since: Instant; dryRun?: boolean }) => {
        const config = await cli.loadConfig();
        const configured = [...config.shops].find(([name]) => name === shop)?.[1];
        if (configured?.kind !== "woocommerce" || configured.api === undefined)
          throw new CommandRefusal(
            "usage",
            `${shop} is no WooCommerce shop whose \`api\` stands in the configuration: see docs/shops/woocommerce.md.`,
          );
        const { readShopSecrets } = await import("../../config/secrets.ts");
        const settings = readShopSecrets(configured, shop, cli.terminal.env);
        if (settings.kind !== "woocommerce" || settings.api === undefined) return;
        const { reconcileOrders } = await import("../reconcile-orders.ts");
        const order = { shop, api: settings.api, since, dryRun };
        const tell = teller(cli.terminal.stderr);
        const report = await cli.withDeps((deps) => reconcileOrders(deps, order, tell), config);
        cli.print(report, () => reportText(report));
        if (report.refused > 0) cli.exitWith(1);
      }),
    );
}

const everyMs = 5_000;

/** Tells now and then, on standard error, how far it is. */
function teller(stderr: Terminal["stderr"]) {
  let toldAt = performance.now();
  return ({ orders, subscriptions }: { orders: number; subscriptions: number }) => {
    if (performance.now() - toldAt < everyMs) return;
    toldAt = performance.now();
    stderr.write(`${orders} orders and ${subscriptions} subscriptions read\n`);
  };
}

function reportText(report: ReconcileReport): string {
  const { orders, subscriptions, recorded, known, ignored, refused, dryRun } = report;
  const read = `${orders} orders and ${subscriptions} subscriptions changed.`;
  const sums = `${recorded} told something new, ${known} nothing new, ${ignored} are not paid, ${refused} made no sense.`;
  return `${read} ${sums}${dryRun ? " Nothing was kept: leave out --dry-run to take them." : ""}\n`;
}
