import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";

/** `network unlink NETWORK PARTNER`: the network hears of no further sale. */
export function addNetworkUnlink(parent: Command, run: Run): void {
  describeCommand(parent, "unlink", {
    summary: "end a partner's membership: the network hears of no further sale, what waits is dropped",
    example: "network unlink impact north-shop",
  })
    .argument("<network>", "the network's name in the configuration")
    .argument("<partner>", "the partner's id")
    .action(
      run(async (cli, network: string, partner: string) => {
        const { unlinkNetwork } = await import("../network-links.ts");
        const link = await cli.withDeps((deps) => unlinkNetwork(deps, { network, partner }));
        cli.print(link, () => `${network} hears no more of the sales of ${partner}.\n`);
      }),
    );
}
