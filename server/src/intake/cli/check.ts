import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import type { ShopCheck } from "../check-shop.ts";

const details = `
Sends the running receiver a signed event of a type that no shop has, at the address
the shop sends to; nothing is recorded. Exits with 1 when something is to be changed.`;

/** `shop check NAME`: whether the shop's webhooks would be taken, and if not, what to change. */
export function addShopCheck(parent: Command, run: Run): void {
  describeCommand(parent, "check", {
    summary: "send the running receiver a test event as the shop would, and say what is wrong",
    example: "shop check stripe",
  })
    .argument("<name>", "the shop, as the configuration names it")
    .option("--url <url>", "the webhook's address, where it is another than the issuer's")
    .addHelpText("after", details)
    .action(
      run(async (cli, shop: string, { url }: { url?: string }) => {
        const config = await cli.loadConfig();
        const { checkShop } = await import("../check-shop.ts");
        const { systemClock } = await import("../../words/clock.ts");
        const check = await checkShop(config, { shop, url }, { env: cli.terminal.env, clock: systemClock });
        cli.print(check, () => checkText(check));
        if (!check.ok) cli.exitWith(1);
      }),
    );
}

function checkText({ shop, kind, url, ok, findings }: ShopCheck): string {
  if (ok) return `${shop} (${kind}): a signed test event was taken at ${url}.\n`;
  const lines = findings.flatMap(({ message, change }) => [message, `  To change: ${change}`]);
  return `${shop} (${kind}):\n${lines.join("\n")}\n`;
}
