import type { Command } from "commander";
import type { Run } from "../command-line.ts";
import { describeNoun } from "../describe-command.ts";
import { addOutboxDrop } from "./drop.ts";
import { addOutboxList } from "./list.ts";
import { addOutboxReplay } from "./replay.ts";
import { addOutboxRun } from "./run.ts";
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
