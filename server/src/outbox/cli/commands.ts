import { type Command, Option } from "commander";
import { countOf, formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { type Column, formatFields, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { OutboxEntry, OutboxRecord } from "../outbox.ts";
import { type OutboxState, outboxStates } from "../rows/schema.ts";

/** Adds the commands about what is told to partners and networks, and returns their noun: sending is hung in beside them. */
export function addOutboxCommands(noun: Command, run: Run): void {
  addOutboxList(noun, run);
  addOutboxShow(noun, run);
  addOutboxReplay(noun, run);
  addOutboxDrop(noun, run);
}

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
function addOutboxList(parent: Command, run: Run): void {
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
        const page = await cli.looking((deps) => listOutbox(deps, options));
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

/** `outbox show`: one message with what it says. */
function addOutboxShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", {
    summary: "show a message, what it says and what came of it",
    example: "outbox show msg_0mijk3v0h8a1f0c2e4b6d8f0a2c4e6f8a",
  })
    .argument("<id>", "the message's id, see `outbox list`")
    .action(
      run(async (cli, id: string) => {
        const { showOutboxMessage } = await import("../outbox.ts");
        const record = await cli.looking((deps) => showOutboxMessage(deps, id));
        cli.print(record, () => recordText(record));
      }),
    );
}

function recordText({ facts, ...record }: OutboxRecord): string {
  const money = (amountMinor: number) => formatMoney(amountMinor, facts.currency);
  return formatFields([
    ["message", record.id],
    ["destination", record.destination],
    ["order", `${facts.shop} ${facts.shopOrder}`],
    ["says", `${record.kind}: ${money(facts.previousCreditMinor)} is now ${money(facts.creditMinor)}`],
    ["because of", facts.cause],
    ["written", formatTime(record.createdAt)],
    ["state", record.state],
    ["attempts", record.attempts],
    ["next attempt", record.dueAt === null ? null : formatTime(record.dueAt)],
    ["last answer", record.status],
    ["problem", record.problem],
    ["conversion", record.conversionId],
    ["settled", record.settledAt === null ? null : formatTime(record.settledAt)],
    ["note", record.note],
  ]);
}

interface ReplayOptions {
  allFailed?: boolean;
  dryRun?: boolean;
}

/** `outbox replay`: sends again what was given up. */
function addOutboxReplay(parent: Command, run: Run): void {
  describeCommand(parent, "replay", {
    summary: "send a message again that was given up, or all of them",
    example: "outbox replay --all-failed --dry-run",
  })
    .argument("[id]", "the message's id, see `outbox list --state failed`")
    .option("--all-failed", "every message that was given up")
    .option("--dry-run", "only say how many; with --all-failed")
    .action(
      run(async (cli, id: string | undefined, { allFailed = false, dryRun = false }: ReplayOptions) => {
        if ((id === undefined) !== allFailed || (dryRun && !allFailed))
          throw new CommandRefusal(
            "usage",
            "Name a message, or give --all-failed; --dry-run goes with --all-failed.",
          );
        const { replayAllFailed, replayMessage } = await import("../outbox.ts");
        if (id !== undefined) {
          const entry = await cli.withDeps((deps) => replayMessage(deps, id));
          return cli.print(entry, () => `${entry.id} is sent again.\n`);
        }
        const report = await cli.withDeps((deps) => replayAllFailed(deps, { dryRun }));
        const count = countOf(report.messages, "message");
        cli.print(report, () =>
          dryRun ? `${count} would be sent again.\n` : `${count} will be sent again.\n`,
        );
      }),
    );
}

/** `outbox drop`: ends a message that need not be sent. */
function addOutboxDrop(parent: Command, run: Run): void {
  describeCommand(parent, "drop", {
    summary: "drop a message: it was told by hand, or need not be told",
    example: 'outbox drop msg_0mijk3v0h8a1f0c2e4b6d8f0a2c4e6f8a --note "reversed in their dashboard"',
  })
    .argument("<id>", "the message's id, see `outbox list --state manual`")
    .requiredOption("--note <text>", "why, for whoever looks at it later")
    .action(
      run(async (cli, id: string, { note }: { note: string }) => {
        const { dropMessage } = await import("../outbox.ts");
        const entry = await cli.withDeps((deps) => dropMessage(deps, { id, note }));
        cli.print(entry, () => `${entry.id} is dropped.\n`);
      }),
    );
}
