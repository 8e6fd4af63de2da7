import type { Readable } from "node:stream";
import type { Command } from "commander";
import { countOf } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import type { Run } from "../../deps/run.ts";

/** `email erase ADDRESS`: erases an address on its owner's wish. */
export function addEmailErase(parent: Command, run: Run): void {
  describeCommand(parent, "erase", {
    summary: "erase a customer's address: no later purchase is credited by it",
    example: "email erase customer@example.com",
  })
    .argument("<address>", "the address; - reads it from standard input, so that no shell remembers it")
    .option("--orders", "also take its keyed hash off all orders, which reads the whole history")
    .option("--dry-run", "count and erase nothing")
    .action(
      run(async (cli, address: string, options: { orders?: boolean; dryRun?: boolean }) => {
        const email = address === "-" ? await readLine(cli.terminal.stdin) : address;
        const { orders = false, dryRun = false } = options;
        const { eraseEmail } = await import("../erase-email.ts");
        const report = await cli.withDeps((deps) => eraseEmail(deps, { email, orders, dryRun }));
        cli.print(report, () => {
          const counts = [
            countOf(report.registrations, "registration"),
            ...(orders ? [countOf(report.orders, "order")] : []),
          ];
          return `${dryRun ? "Would be erased" : "Erased"}: ${counts.join(", ")}.\n`;
        });
      }),
    );
}

const bytesAtMost = 4_096;

async function readLine(input: Readable): Promise<string> {
  let text = "";
  for await (const chunk of input) {
    text += String(chunk);
    if (text.length > bytesAtMost)
      throw new CommandRefusal("usage", "Standard input is to hold one address.");
  }
  return text.trim();
}
