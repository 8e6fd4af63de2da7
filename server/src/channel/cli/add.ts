import { type Command, Option } from "commander";
import { readPercent } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { type NewPartner, partnerKinds, sharingLevels } from "../partner.ts";
import { partnerText } from "./partner-text.ts";

/** `partner add ID`: adds a partner to the channel. */
export function addPartnerAdd(parent: Command, run: Run): void {
  describeCommand(parent, "add", {
    summary: "add a partner",
    example: 'partner add north-shop --name "North Shop" --percent 20',
  })
    .argument("<id>", "the id in tokens and the ledger: a-z, 0-9, dot, underscore and hyphen")
    .requiredOption("--name <name>", "the name people read")
    .addOption(new Option("--kind <kind>", "what it is").choices(partnerKinds).default("reseller"))
    .option("--parent <id>", "the partner above it")
    .option("--percent <percent>", "commission of the net amount, at most two decimals", readPercent)
    .option("--email <address>", "its address, to notice its own purchases; only a keyed hash is kept")
    .addOption(
      new Option("--sharing <level>", "how much of its customers' purchases it is shown")
        .choices(sharingLevels)
        .default("none"),
    )
    .action(
      run(async (cli, id: string, options: Omit<NewPartner, "id">) => {
        const { name, kind, parent, percent, email, sharing } = options;
        const { addPartner } = await import("../partners.ts");
        const partner = await cli.withDeps((deps) =>
          addPartner(deps, { id, name, kind, parent, percent, email, sharing }),
        );
        cli.print(partner, () => partnerText(partner));
      }),
    );
}
