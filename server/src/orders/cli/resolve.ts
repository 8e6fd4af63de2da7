import { type Command, Option } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import type { Run } from "../../deps/run.ts";
import { decisionText } from "./decision-text.ts";

interface ResolveOptions {
  partner?: string;
  none?: boolean;
  note: string;
  dryRun?: boolean;
}

/** `order resolve SHOP ORDER_ID`: the vendor rules on an order. */
export function addOrderResolve(parent: Command, run: Run): void {
  describeCommand(parent, "resolve", {
    summary: "rule on an order: one that waits for it, or any other that somebody disputes",
    example: 'order resolve stripe cs_live_a1b2c3 --partner north-shop --note "North sold it at the fair"',
  })
    .argument("<shop>", "the shop, as the configuration names it")
    .argument("<order-id>", "any id the shop gave the order: session, payment intent, invoice or charge")
    .addOption(new Option("--partner <id>", "who earned it").conflicts("none"))
    .option("--none", "nobody earned it")
    .requiredOption("--note <text>", "why you rule so; it stays on record")
    .option("--dry-run", "only say what would come of it")
    .action(
      run(async (cli, shop: string, order: string, options: ResolveOptions) => {
        const { partner, none, note, dryRun = false } = options;
        if (partner === undefined && none !== true)
          throw new CommandRefusal(
            "usage",
            "Say who earned it with --partner ID, or that nobody did with --none.",
          );
        const { resolveOrder } = await import("../resolve-order.ts");
        const resolved = await cli.withDeps((deps) =>
          resolveOrder(deps, { shop, order, partner: partner ?? null, note, dryRun }),
        );
        cli.print(resolved, () => decisionText(resolved.order));
        if (cli.json) return;
        for (const other of resolved.alsoDecided)
          cli.say(
            `Order ${other.order} of ${other.shop} too: ${other.outcome} ${other.partner ?? ""}`.trim(),
          );
        if (dryRun) cli.say("Nothing was changed: leave out --dry-run to rule so.");
      }),
    );
}
