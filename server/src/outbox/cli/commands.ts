import type { Command } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { addOutboxDrop } from "./drop.ts";
import { addOutboxList } from "./list.ts";
import { addOutboxReplay } from "./replay.ts";
import { addOutboxShow } from "./show.ts";

/** Adds the commands about what is told to partners and networks, and returns their noun: sending is hung in beside them. */
export function addOutboxCommands(program: Command, run: Run): Command {
  const noun = describeNoun(program, "outbox", "what is told to partners' webhooks and affiliate networks");
  addOutboxList(noun, run);
  addOutboxShow(noun, run);
  addOutboxReplay(noun, run);
  addOutboxDrop(noun, run);
  return noun;
}
