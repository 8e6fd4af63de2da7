import type { Command } from "commander";
import { readEnd, readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import { couponText } from "./coupon-text.ts";

interface AddOptions {
  partner: string;
  product?: string[];
  from?: Instant;
  until?: Instant;
}

/** `coupon add CODE`: gives a code to a partner. */
export function addCouponAdd(parent: Command, run: Run): void {
  describeCommand(parent, "add", {
    summary: "give a code to a partner: who uses it at the checkout is the partner's customer",
    example: "coupon add NORTH10 --partner north-shop --until 2027-12-31",
  })
    .argument("<code>", "the code as the shop knows it, in upper or lower case")
    .requiredOption("--partner <id>", "the partner who gives it out")
    .option("--product <id>", "a product it counts for; may be repeated (default: all)", collect)
    .option("--from <date>", "purchases from then on (UTC; default: now)", readStart)
    .option("--until <date>", "purchases until then, that day included (UTC; default: no end)", readEnd)
    .action(
      run(async (cli, code: string, { partner, product, from, until }: AddOptions) => {
        const { addCoupon } = await import("../coupons.ts");
        const coupon = await cli.withDeps((deps) =>
          addCoupon(deps, { code, partner, products: product, validFrom: from, validUntil: until }),
        );
        cli.print(coupon, () => couponText(coupon));
      }),
    );
}

const collect = (value: string, before: string[] = []) => [...before, value];
