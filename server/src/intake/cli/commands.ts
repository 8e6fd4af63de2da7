import type { Command } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { addShopCheck } from "./check.ts";
import { addShopList } from "./list.ts";
import { addShopReconcile } from "./reconcile.ts";
import { addShopReplay } from "./replay.ts";

/** Adds the commands about the vendor's shops. */
export function addShopCommands(program: Command, run: Run): void {
  const noun = describeNoun(program, "shop", "the vendor's shops: their webhooks, and what was lost of them");
  addShopCheck(noun, run);
  addShopList(noun, run);
  addShopReconcile(noun, run);
  addShopReplay(noun, run);
}
