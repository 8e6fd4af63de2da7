import { type Command, Option } from "commander";
import { formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { OutboxEntry } from "../outbox.ts";
import { type OutboxState, outboxStates } from "../rows/schema.ts";

const columns: readonly Column<OutboxEntry>[] = [
  { heading: "message", of: ({ id }) => id },
  { heading: "destination", of: ({ destination }) => destination },
  { heading: "order", of: ({ shop, order }) => `${shop} ${order}` },
  { heading: "kind", of: ({ kind }) => kind },
  {
    heading: "credit",
    of: ({ creditMinor, currency }) => formatMoney(creditMinor, currency),
    align: "right",
  },
  { heading: "state", of: ({ state }) => state },
  { heading: "tries", of: ({ attempts }) => attempts, align: "right" },
  { heading: "next", of: nextOf },
  { heading: "problem", of: ({ problem }) => problem },
];

interface ListOptions {
  state?: OutboxState;
  limit: number;
  after?: string;
}

/** `outbox list`: messages, the newest first, a page at a time. */
export function addOutboxList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list messages to partners and networks, the newest first",
    example: "outbox list --state failed",
  })
    .addOption(new Option("--state <state>", "only messages in this state").choices(outboxStates))
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, options: ListOptions) => {
        const { listOutbox } = await import("../outbox.ts");
        const page = await cli.withDeps((deps) => listOutbox(deps, options));
        cli.print(page, () =>
          page.messages.length === 0 ? "There are no such messages.\n" : formatTable(columns, page.messages),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
}

function nextOf({ state, dueAt }: OutboxEntry): string | null {
  if (state !== "pending") return null;
  return dueAt === null ? "after the one before" : formatTime(dueAt);
}
