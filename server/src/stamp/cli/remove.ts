import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import { withSource, writeCopy } from "./copy.ts";
import { planFields, summarise } from "./plan-text.ts";

/** `stamp remove FILE`: the original, byte for byte. */
export function addStampRemove(parent: Command, run: Run): void {
  describeCommand(parent, "remove", {
    summary: "write a copy without its stamp: the original, byte for byte",
    example: "stamp remove north/setup.exe --out setup.exe",
  })
    .argument("<file>", "the stamped file")
    .option("--out <file>", "where the original goes; never the stamped file itself")
    .option("--dry-run", "say what would be done; write nothing")
    .action(
      run(async (cli, file: string, { out, dryRun }: { out?: string; dryRun?: boolean }) => {
        if (out === undefined && dryRun !== true)
          throw new CommandRefusal("usage", "Name the copy with --out, or look first with --dry-run.");
        const { planRemoval } = await import("../plan-stamp.ts");
        const target = out === undefined || dryRun === true ? null : out;
        const result = await withSource(file, async (source) => {
          const plan = await planRemoval(source);
          if (target !== null) await writeCopy(cli, source, plan, target);
          return summarise({ source, plan, out: target });
        });
        cli.print(result, () => formatFields(planFields(result)));
        for (const note of result.notes) cli.say(note);
        if (result.out !== null) cli.say(`Wrote ${result.out}.`);
      }),
    );
}
