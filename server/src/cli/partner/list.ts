import type { Command } from "commander";
import type { Partner } from "../../channel/partner.ts";
import type { Run } from "../command-line.ts";
import { describeCommand } from "../describe-command.ts";
import { formatPercent } from "../output/amounts-and-times.ts";
import { type Column, formatTable } from "../output/table.ts";

const columns: readonly Column<Partner>[] = [
  { heading: "id", of: ({ id }) => id },
  { heading: "name", of: ({ name }) => name },
  { heading: "kind", of: ({ kind }) => kind },
  { heading: "parent", of: ({ parent }) => parent },
  { heading: "percent", of: ({ percent }) => formatPercent(percent), align: "right" },
  { heading: "sharing", of: ({ sharing }) => sharing },
  { heading: "status", of: ({ status }) => status },
];

/** `partner list`: all partners by id. */
export function addPartnerList(parent: Command, run: Run): void {
  describeCommand(parent, "list", { summary: "list the partners", example: "partner list" }).action(
    run(async (cli) => {
      const { listPartners } = await import("../../channel/partners.ts");
      const partners = await cli.withDeps(listPartners);
      cli.print(partners, () =>
        partners.length === 0
          ? "There are no partners yet: `tallystick partner add --help` says how to add one.\n"
          : formatTable(columns, partners),
      );
    }),
  );
}
