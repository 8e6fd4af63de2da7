import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { decisionText } from "./decision-text.ts";

/** `order explain SHOP ORDER_ID`: the decision record of an order. */
export function addOrderExplain(parent: Command, run: Run): void {
  describeCommand(parent, "explain", {
    summary: "say why an order was credited, or was not",
    example: "order explain stripe cs_live_a1b2c3",
  })
    .argument("<shop>", "the shop, as the configuration names it")
    .argument("<order-id>", "any id the shop gave the order: session, payment intent, invoice or charge")
    .action(
      run(async (cli, shop: string, orderId: string) => {
        const { explainOrder } = await import("../orders.ts");
        const record = await cli.withDeps((deps) => explainOrder(deps, shop, orderId));
        cli.print(record, () => decisionText(record));
      }),
    );
}
