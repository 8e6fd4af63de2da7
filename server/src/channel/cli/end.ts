import type { Command } from "commander";
import { readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import { partnerText } from "./partner-text.ts";

/** `partner end ID`: the agreement with a partner has ended. */
export function addPartnerEnd(parent: Command, run: Run): void {
  describeCommand(parent, "end", {
    summary: "end the agreement with a partner: purchases from then on earn it nothing",
    example: "partner end north-shop --since 2027-11-01",
  })
    .argument("<id>", "the partner's id")
    .option("--since <date>", "when it ended (UTC; default: now)", readStart)
    .action(
      run(async (cli, id: string, { since }: { since?: Instant }) => {
        const { endPartner } = await import("../partners.ts");
        const partner = await cli.withDeps((deps) => endPartner(deps, id, since));
        cli.print(partner, () => partnerText(partner));
      }),
    );
}
