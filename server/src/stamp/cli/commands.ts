import { writeFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import { withSource, writeCopy } from "./copy.ts";
import { planFields, summarise } from "./plan-text.ts";
import { addStampRead } from "./read.ts";
import { addStampWrite } from "./write.ts";

/** Adds the commands about stamps. `stamp FILE` is short for `stamp write FILE`. */
export function addStampCommands(noun: Command, run: Run): void {
  noun.addHelpText(
    "after",
    "\n`stamp FILE …` is short for `stamp write FILE …`. A file that is named like a command is written ./read.\n" +
      "\nExample:\n  tallystick stamp setup.exe --partner north-shop --product acme-paint --out north/setup.exe",
  );
  addStampWrite(noun, run);
  addStampRead(noun, run);
  addStampRemove(noun, run);
  addStampPlaceholder(noun, run);
  addStampPrepare(noun, run);
}

const defaultBytes = 2048;
const maxBytes = 4114;

/** `stamp placeholder`: the file that a vendor puts into a CD or DVD image, or gives a macOS app as an attribute. */
function addStampPlaceholder(parent: Command, run: Run): void {
  describeCommand(parent, "placeholder", {
    summary: "make the room for a token that an ISO or DMG image needs before it can be stamped",
    example: "stamp placeholder --out disc/tallystick.token",
  })
    .requiredOption("--out <file>", "where it goes; at the root of a disc it is named tallystick.token")
    .option(
      "--bytes <count>",
      `its size, which a stamp cannot change: 64 to ${maxBytes}`,
      readSize,
      defaultBytes,
    )
    .action(
      run(async (cli, { out, bytes }: { out: string; bytes: number }) => {
        const { encodePlaceholder } = await import("@tallystick/sdk/stamp");
        const { explainFileError } = await import("../stamp-file-error.ts");
        try {
          await writeFile(out, encodePlaceholder(bytes), { flag: "wx" });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === "EEXIST")
            throw new CommandRefusal("files_exist", `${out} exists already, and is left as it is.`);
          throw explainFileError(error, out);
        }
        cli.print({ out, bytes }, () => formatFields([["bytes", String(bytes)]]));
        cli.say(`Wrote ${out}. docs/stamping.md tells how it gets into an image.`);
      }),
    );
}

function readSize(text: string): number {
  const size = Number(text);
  if (!/^\d{2,4}$/.test(text) || size < 64 || size > maxBytes)
    throw new InvalidArgumentError(`Expected a number of bytes from 64 to ${maxBytes}.`);
  return size;
}

/** `stamp prepare FILE`: a macOS disk image whose placeholder can be filled without unpacking the image again. */
function addStampPrepare(parent: Command, run: Run): void {
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

/** `stamp remove FILE`: the original, byte for byte. */
function addStampRemove(parent: Command, run: Run): void {
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
