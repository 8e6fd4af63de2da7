import { type Command, Option } from "commander";
import { readPercent } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { type Partner, type PartnerChanges, sharingLevels } from "../partner.ts";
import { partnerText } from "./partner-text.ts";

interface EditOptions {
  name?: string;
  percent?: number;
  /** False for `--no-email`. */
  email?: string | false;
  sharing?: Partner["sharing"];
}

/** `partner edit ID`: changes what is known of a partner. */
export function addPartnerEdit(parent: Command, run: Run): void {
  describeCommand(parent, "edit", {
    summary: "change a partner; what is not named stays, and so does what was decided",
    example: "partner edit north-shop --email sales@north.example",
  })
    .argument("<id>", "the partner's id")
    .option("--name <name>", "the name people read")
    .option("--percent <percent>", "commission of the net amount, for orders to come", readPercent)
    .option("--email <address>", "its address, to notice its own purchases; only a keyed hash is kept")
    .option("--no-email", "forget its address")
    .addOption(
      new Option("--sharing <level>", "how much of its customers' purchases it is shown").choices(
        sharingLevels,
      ),
    )
    .action(
      run(async (cli, id: string, { name, percent, email, sharing }: EditOptions) => {
        const { editPartner } = await import("../edit-partner.ts");
        const changes: PartnerChanges = { name, percent, email: email === false ? null : email, sharing };
        const partner = await cli.withDeps((deps) => editPartner(deps, id, changes));
        cli.print(partner, () => partnerText(partner));
      }),
    );
}
