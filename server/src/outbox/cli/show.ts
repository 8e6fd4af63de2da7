import type { Command } from "commander";
import { formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { OutboxRecord } from "../outbox.ts";

/** `outbox show`: one message with what it says. */
export function addOutboxShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", {
    summary: "show a message, what it says and what came of it",
    example: "outbox show msg_0mijk3v0h8a1f0c2e4b6d8f0a2c4e6f8a",
  })
    .argument("<id>", "the message's id, see `outbox list`")
    .action(
      run(async (cli, id: string) => {
        const { showOutboxMessage } = await import("../outbox.ts");
        const record = await cli.withDeps((deps) => showOutboxMessage(deps, id));
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
