import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";

interface ListedNetwork {
  network: string;
  kind: string;
  name: string;
  host: string;
  /** Which of the effects a person has to do. */
  byHand: string[];
  hasTestMode: boolean;
  /** What `network link --id` takes. */
  memberId: string;
  sources: readonly string[];
  unverified: string | null;
}

const columns: readonly Column<ListedNetwork>[] = [
  { heading: "network", of: ({ network }) => network },
  { heading: "kind", of: ({ kind }) => kind },
  { heading: "host", of: ({ host }) => host },
  { heading: "by hand", of: ({ byHand }) => byHand.join(", ") || "nothing" },
  { heading: "test mode", of: ({ hasTestMode }) => (hasTestMode ? "yes" : "no") },
  { heading: "id of a partner", of: ({ memberId }) => memberId },
];

/** `network list`: the networks of the configuration, and what each can be told. */
export function addNetworkList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the networks of the configuration, and what has to be done by hand",
    example: "network list",
  }).action(
    run(async (cli) => {
      const { readNetwork } = await import("../../config/network-config.ts");
      const { openNetwork } = await import("../open-networks.ts");
      const config = await cli.loadConfig();
      const listed = [...config.networks].map(([id, given]): ListedNetwork => {
        const { kind, name, base, effects, memberId, sources, unverified } = openNetwork(
          id,
          readNetwork(given, id, () => "***"),
        );
        const kinds = ["convert", "adjust", "reverse"] as const;
        return {
          network: id,
          kind,
          name,
          host: base.host,
          byHand: kinds.filter((effect) => "byHand" in effects[effect]),
          hasTestMode: effects.test !== undefined,
          memberId,
          sources,
          unverified,
        };
      });
      cli.print({ networks: listed }, () =>
        listed.length === 0
          ? "There are no networks in the configuration; docs/networks.md says how to add one.\n"
          : formatTable(columns, listed),
      );
    }),
  );
}
