import type { Command } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { addSerialAssign } from "./assign.ts";
import { addSerialImport } from "./import.ts";
import { addSerialList } from "./list.ts";
import { addSerialRevoke } from "./revoke.ts";
import { addSerialShow } from "./show.ts";

/** Adds the commands about serials. */
export function addSerialCommands(program: Command, run: Run): void {
  const noun = describeNoun(program, "serial", "batches of serials, and who was given them to sell");
  addSerialImport(noun, run);
  addSerialAssign(noun, run);
  addSerialList(noun, run);
  addSerialShow(noun, run);
  addSerialRevoke(noun, run);
}
