import type { Command } from "commander";
import { formatPercent } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Partner } from "../partner.ts";

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
      const { listPartners } = await import("../partners.ts");
      const partners = await cli.withDeps(listPartners);
      cli.print(partners, () =>
        partners.length === 0
          ? "There are no partners yet: `tallystick partner add --help` says how to add one.\n"
          : formatTable(columns, partners),
      );
    }),
  );
}
