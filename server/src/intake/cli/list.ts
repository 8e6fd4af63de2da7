import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";

interface ListedShop {
  shop: string;
  kind: string;
  webhook: string;
  testMode: boolean;
}

const columns: readonly Column<ListedShop>[] = [
  { heading: "shop", of: ({ shop }) => shop },
  { heading: "kind", of: ({ kind }) => kind },
  { heading: "webhook", of: ({ webhook }) => webhook },
  { heading: "takes", of: ({ testMode }) => (testMode ? "tests" : "live orders") },
];

/** `shop list`: the shops of the configuration, and where they send their webhooks. */
export function addShopList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the shops of the configuration and the addresses of their webhooks",
    example: "shop list",
  }).action(
    run(async (cli) => {
      const { issuer, shops } = await cli.loadConfig();
      const listed = [...shops].map(([shop, settings]): ListedShop => {
        const key = settings.kind === "gumroad" ? "/KEY" : "";
        const testMode = "testMode" in settings && settings.testMode === true;
        return { shop, kind: settings.kind, webhook: `${issuer}/webhooks/${shop}${key}`, testMode };
      });
      cli.print({ shops: listed }, () =>
        listed.length === 0 ? "The configuration has no shop.\n" : formatTable(columns, listed),
      );
    }),
  );
}
