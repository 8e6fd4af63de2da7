import type { Command } from "commander";
import type { Run } from "../../cli/command-line.ts";
import { describeNoun } from "../../cli/describe-command.ts";
import { addOutboxRun } from "../../networks/cli/run-outbox.ts";
import { addOutboxDrop } from "./drop.ts";
import { addOutboxList } from "./list.ts";
import { addOutboxReplay } from "./replay.ts";
import { addOutboxShow } from "./show.ts";

/** Adds the commands about what is told to partners and networks. */
export function addOutboxCommands(program: Command, run: Run): void {
  const noun = describeNoun(program, "outbox", "what is told to partners' webhooks and affiliate networks");
  addOutboxList(noun, run);
  addOutboxShow(noun, run);
  addOutboxReplay(noun, run);
  addOutboxDrop(noun, run);
  addOutboxRun(noun, run);
}
