import type { Command } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { addOrderExplain } from "./explain.ts";
import { addOrderList } from "./list.ts";
import { addOrderResolve } from "./resolve.ts";

/** Adds the commands about orders. */
export function addOrderCommands(program: Command, run: Run): void {
  const noun = describeNoun(program, "order", "orders, and why somebody was credited for them or nobody");
  addOrderExplain(noun, run);
  addOrderList(noun, run);
  addOrderResolve(noun, run);
}
