import type { Readable } from "node:stream";
import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { SerialRecord } from "../batches.ts";
import { historyText } from "./history-text.ts";

/** `serial show`: which batch a serial or a box's number is of, and who sold it. */
export function addSerialShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", {
    summary: "say which batch a serial or an open number is of, and who sold it",
    example: "serial show - < serial.txt",
  })
    .argument(
      "[serial]",
      "a serial or an open number; without it, or with -, read from standard input, where no history of commands keeps it",
    )
    .action(
      run(async (cli, serial: string | undefined) => {
        const { showSerial } = await import("../batches.ts");
        const text = serial === undefined || serial === "-" ? await readLine(cli.terminal.stdin) : serial;
        const found = await cli.withDeps((deps) => showSerial(deps, text));
        cli.print({ found }, () => found.map(serialText).join("\n"));
      }),
    );
}

const longestInput = 4_096;

async function readLine(stdin: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.length > longestInput) throw new CommandRefusal("usage", "Give one serial on one line.");
  }
  return text.trim();
}

function serialText(record: SerialRecord): string {
  const { batch, product, kind, open, isPrintedNumber, partner, activatedAt, revokedAt, assignments } =
    record;
  const fields = formatFields([
    ["batch", revokedAt === null ? batch : `${batch}, revoked ${formatTime(revokedAt)}`],
    ["product", product],
    ["what it is", isPrintedNumber ? "a box's number; its serial is a secret" : wordsOf[kind]],
    ["open number", open],
    ["partner", partner],
    ["activated", isPrintedNumber ? "see its serial" : activatedAt === null ? null : formatTime(activatedAt)],
  ]);
  return `${fields}Given to\n${historyText(assignments)}`;
}

const wordsOf = {
  secret: "a secret serial",
  open: "an open number that is a serial",
  pool: "a serial of a pool for vouchers",
} as const;
