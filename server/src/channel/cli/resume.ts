import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { partnerText } from "./partner-text.ts";

/** `partner resume ID`: the agreement with a partner holds again. */
export function addPartnerResume(parent: Command, run: Run): void {
  describeCommand(parent, "resume", {
    summary: "take the end of an agreement back: purchases from then on earn the partner again",
    example: "partner resume north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, id: string) => {
        const { resumePartner } = await import("../partners.ts");
        const partner = await cli.withDeps((deps) => resumePartner(deps, id));
        cli.print(partner, () => partnerText(partner));
        if (!cli.json) cli.say("What was bought while it had ended stays as it was decided.");
      }),
    );
}
