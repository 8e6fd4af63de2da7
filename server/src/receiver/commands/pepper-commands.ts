import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import type { PepperStatus } from "../../secrets/pepper-status.ts";

/** Adds the command about the pepper: where a rotation of it stands. */
export function addPepperCommands(noun: Command, run: Run): void {
  describeCommand(noun, "status", {
    summary: "how much still hangs on the former pepper",
    example: "pepper status",
  }).action(
    run(async (cli) => {
      const { pepperStatus } = await import("../../secrets/pepper-status.ts");
      const status = await cli.looking(pepperStatus);
      cli.print(status, () => textOf(status));
    }),
  );
}

function textOf({ pepper, since, former, left, leftInAll }: PepperStatus): string {
  const inForce = `Pepper ${pepper} is in force${since === null ? "" : ` since ${formatTime(since)}`}.\n`;
  if (former === null) return `${inForce}There was none before.\n`;
  const until = `Before it, until ${formatTime(former.until)}: ${former.pepper}${former.configured ? "" : ", which is not configured as formerPepper"}.\n`;
  if (leftInAll === 0) return `${inForce}${until}Nothing hangs on it: formerPepper may go.\n`;
  const { licences, addresses, domains, serials, batchSerials, vouchers } = left;
  return `${inForce}${until}Still on it: ${licences} licences, ${addresses} addresses, ${domains} domains, ${serials} activated serials, ${batchSerials} serials in batches, ${vouchers} vouchers.\n`;
}
