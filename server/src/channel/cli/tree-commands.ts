import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, cleanText, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { PositionEntry, TreeEntry } from "../partner-tree.ts";

/** `partner tree`: who stands above whom. */
export function addPartnerTree(parent: Command, run: Run): void {
  describeCommand(parent, "tree", {
    summary: "show who stands above whom, now or on a day",
    example: "partner tree --at 2027-01-01",
  })
    .option("--at <date>", "the moment (UTC; default: now)", readStart)
    .action(
      run(async (cli, { at }: { at?: Instant }) => {
        const { readPartnerTree } = await import("../partner-tree.ts");
        const tree = await cli.looking((deps) => readPartnerTree(deps, { at }));
        cli.print(
          tree,
          () => (tree.partners.length === 0 ? "There are no partners then.\n" : treeText(tree.partners)),
          tree.partners,
        );
      }),
    );
}

/** The tree as a picture: one partner a line, those below it indented under it. */
export function treeText(partners: readonly TreeEntry[]): string {
  const byParent = Map.groupBy(partners, ({ parent }) => parent);
  const below = (parent: TreeEntry["parent"], indent: string): string => {
    const children = byParent.get(parent) ?? [];
    return children
      .map((child, at) => {
        const isLast = at === children.length - 1;
        const branch = parent === null ? "" : isLast ? "└─ " : "├─ ";
        const deeper = parent === null ? "" : isLast ? "   " : "│  ";
        return indent + branch + lineOf(child) + below(child.id, indent + deeper);
      })
      .join("");
  };
  return below(null, "");
}

const lineOf = ({ id, name, kind, status }: TreeEntry): string =>
  `${cleanText(`${id}  ${name} (${status === "ended" ? `${kind}, ended` : kind})`)}\n`;

const columns: readonly Column<PositionEntry>[] = [
  { heading: "since", of: ({ since }) => formatTime(since) },
  { heading: "until", of: ({ until }) => (until === null ? null : formatTime(until)) },
  { heading: "parent", of: ({ parent }) => parent },
  { heading: "recorded", of: ({ recordedAt }) => formatTime(recordedAt) },
];

/** `partner position ID`: where a partner stood, and since when. */
export function addPartnerPosition(parent: Command, run: Run): void {
  describeCommand(parent, "position", {
    summary: "show who stood above a partner, and since when",
    example: "partner position north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, id: string) => {
        const { readPartnerPositions } = await import("../partner-tree.ts");
        const positions = await cli.looking((deps) => readPartnerPositions(deps, id));
        cli.print(positions, () =>
          positions.length === 0 ? `Nobody ever stood above ${id}.\n` : formatTable(columns, positions),
        );
      }),
    );
}
