import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import { withSource, writeCopy } from "./copy.ts";
import { planFields, summarise } from "./plan-text.ts";

/** `stamp prepare FILE`: a macOS disk image whose placeholder can be filled without unpacking the image again. */
export function addStampPrepare(parent: Command, run: Run): void {
  describeCommand(parent, "prepare", {
    summary: "make a compressed macOS disk image fit for stamping, once for each release",
    example: "stamp prepare Paint.dmg --out master/Paint.dmg",
  })
    .argument("<file>", "the disk image, with a placeholder as its application's attribute")
    .requiredOption("--out <file>", "where the prepared image goes; never the original itself")
    .action(
      run(async (cli, file: string, { out }: { out: string }) => {
        const { planDmgPreparation } = await import("../prepare-dmg.ts");
        const result = await withSource(file, async (source) => {
          const plan = await planDmgPreparation(source);
          await writeCopy(cli, source, plan, out);
          return summarise({ source, plan, out });
        });
        cli.print(result, () => formatFields(planFields(result)));
        for (const note of result.notes) cli.say(note);
        cli.say(`Wrote ${out}.`);
      }),
    );
}
