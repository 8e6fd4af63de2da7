import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { CheckedConfig } from "./check-config.ts";

/** Adds the command about the configuration itself: would a receiver start with it, and what is unfinished in it. */
export function addConfigCommands(noun: Command, run: Run): void {
  describeCommand(noun, "check", {
    summary:
      "read the configuration with every secret and file that it names, and say what is wrong or unfinished; opens no database",
    example: "config check --config /etc/tallystick/tallystick.config.json",
  }).action(
    run(async (cli) => {
      const config = await cli.loadConfig();
      const { checkConfig } = await import("./check-config.ts");
      const checked = await checkConfig(config, cli.terminal.env);
      cli.print(checked, () => textOf(checked));
    }),
  );
}

function textOf({ config, issuer, database, products, shops, notes }: CheckedConfig): string {
  const facts = formatFields(
    [
      ["issuer", issuer],
      ["database", database],
      ["products", products.join(", ")],
      ["shops", shops.join(", ")],
    ],
    "  ",
  );
  const unfinished =
    notes.length === 0
      ? ""
      : `\nBefore others use it\n${notes.map(({ path, message }) => `  ${path}: ${message}\n`).join("")}`;
  return `A receiver can start with ${config}.\n\n${facts}${unfinished}`;
}
