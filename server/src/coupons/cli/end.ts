import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";

/** `coupon end CODE`: purchases from now on count for nobody by it. */
export function addCouponEnd(parent: Command, run: Run): void {
  describeCommand(parent, "end", {
    summary: "end a coupon: purchases from now on count for nobody by it",
    example: "coupon end NORTH10",
  })
    .argument("<code>", "the code, in upper or lower case")
    .action(
      run(async (cli, code: string) => {
        const { endCoupon } = await import("../coupons.ts");
        const coupon = await cli.withDeps((deps) => endCoupon(deps, code));
        const since = coupon.endedAt === null ? "" : ` since ${formatTime(coupon.endedAt)}`;
        cli.print(coupon, () => `Coupon ${coupon.code} of ${coupon.partner} has ended${since}.\n`);
      }),
    );
}
