import type { Command } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { addNetworkLink } from "./link.ts";
import { addNetworkList } from "./list.ts";
import { addNetworkTest } from "./test.ts";
import { addNetworkUnlink } from "./unlink.ts";

/** Adds the commands about affiliate networks. */
export function addNetworkCommands(program: Command, run: Run): void {
  const noun = describeNoun(program, "network", "affiliate networks that hear of their members' sales");
  addNetworkList(noun, run);
  addNetworkLink(noun, run);
  addNetworkUnlink(noun, run);
  addNetworkTest(noun, run);
}
