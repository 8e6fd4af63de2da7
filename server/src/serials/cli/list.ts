import type { Command } from "commander";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { SerialBatchRecord } from "../batches.ts";

const columns: readonly Column<SerialBatchRecord>[] = [
  { heading: "batch", of: ({ batch }) => batch },
  { heading: "product", of: ({ product }) => product },
  { heading: "kind", of: ({ kind, revokedAt }) => (revokedAt === null ? kind : `${kind}, revoked`) },
  { heading: "serials", of: ({ serials }) => serials.toLocaleString("en"), align: "right" },
  { heading: "left", of: ({ left }) => left?.toLocaleString("en") ?? null, align: "right" },
  { heading: "open numbers", of: ({ open }) => open },
  { heading: "partner", of: partnersOf },
];

interface ListOptions {
  product?: string;
  limit: number;
  after?: string;
}

/** `serial list`: the batches with their counts and whom they were given to. */
export function addSerialList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the batches of serials, with counts and whom they were given to",
    example: "serial list --product acme-paint",
  })
    .option("--product <id>", "only batches of this product")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, options: ListOptions) => {
        const { listSerialBatches } = await import("../batches.ts");
        const page = await cli.withDeps((deps) => listSerialBatches(deps, options));
        cli.print(page, () =>
          page.batches.length === 0
            ? "There are no serials yet: `tallystick serial import --help` says how to bring some in.\n"
            : formatTable(columns, page.batches),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after "${page.next}"`);
      }),
    );
}

/** The whole batch's partner, and how many others ranges of it were given to. */
function partnersOf({ partner, assignments }: SerialBatchRecord): string | null {
  const ranges = assignments.filter(({ open }) => open !== null).length;
  if (ranges === 0) return partner;
  const parts = `${ranges} ${ranges === 1 ? "range" : "ranges"}`;
  return partner === null ? parts : `${partner}, and ${parts}`;
}
