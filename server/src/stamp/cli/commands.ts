import type { Command } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { addStampPlaceholder } from "./placeholder.ts";
import { addStampPrepare } from "./prepare.ts";
import { addStampRead } from "./read.ts";
import { addStampRemove } from "./remove.ts";
import { addStampWrite } from "./write.ts";

/** Adds the commands about stamps. `stamp FILE` is short for `stamp write FILE`. */
export function addStampCommands(program: Command, run: Run): void {
  const noun = describeNoun(
    program,
    "stamp",
    "tokens inside installers, archives and media: put in, read, taken out",
  ).addHelpText(
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
