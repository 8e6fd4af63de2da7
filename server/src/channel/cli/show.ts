import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { partnerText } from "./partner-text.ts";

/** `partner show ID`: one partner. */
export function addPartnerShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", { summary: "show a partner", example: "partner show north-shop" })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, id: string) => {
        const { showPartner } = await import("../partners.ts");
        const partner = await cli.withDeps((deps) => showPartner(deps, id));
        cli.print(partner, () => partnerText(partner));
      }),
    );
}
