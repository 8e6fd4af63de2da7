import type { Command } from "commander";
import type { Run } from "../../deps/run.ts";
import { addPlanCommands } from "../../plans/cli/commands.ts";
import { addPlanAnnounce, addPlanSimulate } from "../../simulations/cli/commands.ts";

/** Adds the commands about plans. */
export function addPlanNoun(noun: Command, run: Run): void {
  addPlanCommands(noun, run);
  addPlanSimulate(noun, run);
  addPlanAnnounce(noun, run);
}
