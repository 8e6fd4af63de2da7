import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readCount, readEnd, readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatFields, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { Coupon, CouponFilter } from "../coupons.ts";

/** Adds the commands about coupons. */
export function addCouponCommands(noun: Command, run: Run): void {
  addCouponAdd(noun, run);
  addCouponList(noun, run);
  addCouponEnd(noun, run);
}

interface AddOptions {
  partner: string;
  product?: string[];
  from?: Instant;
  until?: Instant;
}

/** `coupon add CODE`: gives a code to a partner. */
function addCouponAdd(parent: Command, run: Run): void {
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

const columns: readonly Column<Coupon>[] = [
  { heading: "code", of: ({ code }) => code },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "products", of: ({ products }) => products?.join(", ") ?? "all" },
  { heading: "from", of: ({ validFrom }) => formatTime(validFrom) },
  { heading: "until", of: ({ validUntil }) => (validUntil === null ? null : formatTime(validUntil)) },
  { heading: "status", of: ({ status }) => status.replaceAll("_", " ") },
];

/** `coupon list`: coupons by code, a page at a time. */
function addCouponList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the coupons by code, those that have ended too",
    example: "coupon list --partner north-shop",
  })
    .option("--partner <id>", "only this partner's")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: CouponFilter) => {
        const { listCoupons } = await import("../coupons.ts");
        const page = await cli.looking((deps) => listCoupons(deps, filter));
        cli.print(page, () =>
          page.coupons.length === 0 ? "There are no such coupons.\n" : formatTable(columns, page.coupons),
        );
        if (page.next !== null && !cli.json)
          cli.say(`There are more: add --after ${JSON.stringify(page.next)}`);
      }),
    );
}

/** `coupon end CODE`: purchases from now on count for nobody by it. */
function addCouponEnd(parent: Command, run: Run): void {
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

/** A coupon for a person, a line for each of its members. */
function couponText(coupon: Coupon): string {
  const time = (text: string | null) => (text === null ? null : formatTime(text));
  return formatFields([
    ["code", coupon.code],
    ["partner", coupon.partner],
    ["products", coupon.products?.join(", ") ?? "all"],
    ["from", time(coupon.validFrom)],
    ["until", time(coupon.validUntil)],
    ["ended", time(coupon.endedAt)],
    ["status", coupon.status.replaceAll("_", " ")],
  ]);
}
