import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { linkText } from "./link-text.ts";
import { readSetting } from "./settings-option.ts";

/** `network link NETWORK PARTNER --id ID`: from now on the network hears of the partner's sales. */
export function addNetworkLink(parent: Command, run: Run): void {
  describeCommand(parent, "link", {
    summary: "note that a partner is a member of a network, which then hears of its sales",
    example: "network link impact north-shop --id 10023",
  })
    .argument("<network>", "the network's name in the configuration")
    .argument("<partner>", "the partner's id")
    .requiredOption("--id <id>", "what the network calls the partner; `network list` says which id that is")
    .option(
      "--set <name=value>",
      "a further setting, {member.NAME} in a template; may be repeated",
      readSetting,
    )
    .action(
      run(
        async (
          cli,
          network: string,
          partner: string,
          options: { id: string; set?: Record<string, string> },
        ) => {
          const { linkNetwork } = await import("../network-links.ts");
          const settings = { ...options.set, id: options.id };
          const link = await cli.withDeps((deps) => linkNetwork(deps, { network, partner, settings }));
          cli.print(link, () => linkText(link));
        },
      ),
    );
}
