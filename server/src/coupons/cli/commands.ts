import type { Command } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { addCouponAdd } from "./add.ts";
import { addCouponEnd } from "./end.ts";
import { addCouponList } from "./list.ts";

/** Adds the commands about coupons. */
export function addCouponCommands(program: Command, run: Run): void {
  const noun = describeNoun(
    program,
    "coupon",
    "codes for the checkout that name the partner who gave them out",
  );
  addCouponAdd(noun, run);
  addCouponList(noun, run);
  addCouponEnd(noun, run);
}
