import type { Command } from "commander";
import type { Run } from "../../deps/run.ts";
import { addOrderCommands } from "../../orders/cli/commands.ts";

/** Hangs the commands about orders into the noun `order`; `order explain` says too what a renewal earned. */
export const addOrders = (noun: Command, run: Run): void =>
  addOrderCommands(noun, run, async (deps, order) => {
    const { readOrderRewards } = await import("../../rewards/order-rewards.ts");
    return readOrderRewards(deps, order);
  });
