import type { Command } from "commander";
import { formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { readCount, readEnd, readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { type Column, formatFields, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import { minorOf } from "../../words/money.ts";
import type { PartnerReward, Reward } from "../rewards.ts";
import type { RewardOffer } from "../shown-offers.ts";

/** Adds the commands about rewards. */
export function addRewardCommands(noun: Command, run: Run): void {
  addRewardList(noun, run);
  addRewardShow(noun, run);
  addRewardRedeem(noun, run);
  addRewardEnd(noun, run);
  addRewardOffers(noun, run);
  addRewardOffer(noun, run);
  addRewardStart(noun, run);
  addRewardCodes(noun, run);
}

const whatOf = ({ kind, points, costMinor, currency }: PartnerReward): string =>
  kind === "points" ? `${points} points` : `coupon, ${formatMoney(costMinor, currency)}`;

const columns: readonly Column<Reward>[] = [
  { heading: "reward", of: ({ reward }) => reward },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "order", of: ({ order }) => `${order.shop} ${order.order}` },
  { heading: "product", of: ({ product }) => product },
  { heading: "what", of: whatOf },
  { heading: "cost", of: ({ costMinor, currency }) => formatMoney(costMinor, currency) },
  { heading: "state", of: ({ state }) => state },
  { heading: "until", of: ({ expiresAt }) => expiresAt && formatTime(expiresAt) },
];

interface PageOptions {
  partner?: string;
  limit: number;
  after?: string;
}

const paged = (command: Command): Command =>
  command
    .option("--partner <id>", "only this partner's")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`");

/** `reward list`: what renewals earned their customers. */
function addRewardList(parent: Command, run: Run): void {
  paged(
    describeCommand(parent, "list", {
      summary: "list what renewals earned their customers, the newest first",
      example: "reward list --partner north-shop",
    }),
  ).action(
    run(async (cli, filter: PageOptions) => {
      const { listRewards } = await import("../rewards.ts");
      const page = await cli.looking((deps) => listRewards(deps, filter));
      cli.print(page, () =>
        page.rewards.length === 0 ? "There are no rewards.\n" : formatTable(columns, page.rewards),
      );
      if (!cli.json && page.next !== null) cli.say(`More with --after ${page.next}`);
    }),
  );
}

/** `reward show ID`: one reward, with what became of it. */
function addRewardShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", {
    summary: "show a reward and what became of it",
    example: "reward show rw_…",
  })
    .argument("<id>", "the reward's id")
    .action(
      run(async (cli, id: string) => {
        const { showReward } = await import("../rewards.ts");
        const reward = await cli.looking((deps) => showReward(deps, id));
        cli.print(reward, () => rewardText(reward));
      }),
    );
}

const rewardText = (reward: Reward): string =>
  formatFields([
    ["reward", reward.reward],
    ["partner", reward.partner],
    ["order", `${reward.order.shop} ${reward.order.order}`],
    ["what", whatOf(reward)],
    ["partner bears", formatMoney(reward.partnerMinor, reward.currency)],
    ["vendor bears", formatMoney(reward.vendorMinor, reward.currency)],
    ["commission", formatMoney(reward.full.commissionMinor, reward.currency)],
    ["plan", `${reward.plan.id} ${reward.plan.version}`],
    ["state", reward.state],
    ...reward.history.map(
      ({ step, at, note }) =>
        [step, note === null ? formatTime(at) : `${formatTime(at)}: ${note}`] as [string, string],
    ),
  ]);

/** `reward redeem ID`: the customer was given it. */
function addRewardRedeem(parent: Command, run: Run): void {
  describeCommand(parent, "redeem", {
    summary: "mark a reward as redeemed, once the customer was given it; it cannot be undone",
    example: 'reward redeem rw_… --note "credited to invoice 4711"',
  })
    .argument("<id>", "the reward's id, as the customer reads it on her page")
    .option("--note <text>", "how, for the record")
    .action(
      run(async (cli, id: string, { note }: { note?: string }) => {
        const { takeRewardDeed } = await import("../rewards.ts");
        const reward = await cli.withDeps((deps) => takeRewardDeed(deps, id, { step: "redeemed", note }));
        cli.print(reward, () => rewardText(reward));
      }),
    );
}

/** `reward end ID`: ends an offer, or takes a reward back. */
function addRewardEnd(parent: Command, run: Run): void {
  describeCommand(parent, "end", {
    summary:
      "end an offer, so that later renewals earn nothing by it, discard a draft, or take one reward back",
    example: 'reward end ro_… --note "the spring is over"',
  })
    .argument("<id>", "an offer's id (ro_…) or a reward's (rw_…)")
    .option("--note <text>", "why, for the record")
    .action(
      run(async (cli, id: string, { note }: { note?: string }) => {
        if (id.startsWith("rw_")) {
          const { takeRewardDeed } = await import("../rewards.ts");
          const reward = await cli.withDeps((deps) => takeRewardDeed(deps, id, { step: "revoked", note }));
          return cli.print(reward, () => rewardText(reward));
        }
        const { takeOfferStep } = await import("../offers.ts");
        const offer = await cli.withDeps((deps) => takeOfferStep(deps, id, { step: "ended", note }));
        cli.print(offer, () => formatTable(offerColumns, [offer]));
      }),
    );
}

const offerText = ({ kind, points, pointsPerUnit, coupon }: RewardOffer): string => {
  if (kind === "coupon") return `coupon, ${formatMoney(coupon?.amountMinor ?? 0, coupon?.currency ?? "")}`;
  return points === null ? `${pointsPerUnit} points per unit of currency` : `${points} points`;
};

const offerColumns: readonly Column<RewardOffer>[] = [
  { heading: "offer", of: ({ offer }) => offer },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "title", of: ({ title }) => title },
  { heading: "what", of: offerText },
  { heading: "product", of: ({ product }) => product ?? "every" },
  { heading: "state", of: ({ state }) => state },
  {
    heading: "from",
    of: ({ from, offeredAt }) => (from ?? offeredAt) && formatTime(from ?? offeredAt ?? ""),
  },
  { heading: "until", of: ({ until }) => until && formatTime(until) },
  { heading: "codes left", of: ({ codesLeft }) => (codesLeft === null ? null : String(codesLeft)) },
];

/** `reward offers`: what partners offer. */
function addRewardOffers(parent: Command, run: Run): void {
  paged(
    describeCommand(parent, "offers", {
      summary: "list what partners offer for renewals, the newest first",
      example: "reward offers --partner north-shop",
    }),
  ).action(
    run(async (cli, filter: PageOptions) => {
      const { listOffers } = await import("../shown-offers.ts");
      const page = await cli.looking((deps) => listOffers(deps, filter));
      cli.print(page, () =>
        page.offers.length === 0 ? "There are no offers.\n" : formatTable(offerColumns, page.offers),
      );
      if (!cli.json && page.next !== null) cli.say(`More with --after ${page.next}`);
    }),
  );
}

interface OfferOptions {
  title: string;
  points?: number;
  pointsPerUnit?: number;
  coupon?: string;
  product?: string;
  from?: Instant;
  until?: Instant;
  draft?: boolean;
}

/** `reward offer PARTNER`: offers something for a partner. */
function addRewardOffer(parent: Command, run: Run): void {
  describeCommand(parent, "offer", {
    summary: "offer something for renewals in a partner's name; partners do so themselves in their portal",
    example: 'reward offer north-shop --title "100 points for each renewal" --points 100',
  })
    .argument("<partner>", "the partner's id")
    .requiredOption("--title <text>", "what customers read")
    .option("--points <count>", "points for each renewal", readCount)
    .option("--points-per-unit <count>", "points for each whole unit of currency", readCount)
    .option("--coupon <amount>", "a code of the shop worth this much, such as 10.00EUR")
    .option("--product <id>", "this product alone")
    .option("--from <date>", "sales from then on (UTC; default: now)", readStart)
    .option("--until <date>", "sales until then, that day included (UTC; default: no end)", readEnd)
    .option("--draft", "only draft it: `reward start` offers it")
    .action(
      run(async (cli, partner: string, { draft, coupon, ...more }: OfferOptions) => {
        const { draftOffer } = await import("../offers.ts");
        const worth = coupon === undefined ? undefined : readWorth(coupon);
        const asked = { partner, ...more, coupon: worth };
        const offer = await cli.withDeps((deps) => draftOffer(deps, asked, { isOffered: draft !== true }));
        cli.print(offer, () => formatTable(offerColumns, [offer]));
      }),
    );
}

function readWorth(text: string): { currency: string; amountMinor: number } {
  const [, amount = "", currency = ""] = /^([0-9.]+) ?([A-Z]{3})$/.exec(text) ?? [];
  const amountMinor = minorOf(amount, currency);
  if (amountMinor === undefined)
    throw new CommandRefusal("usage", "A coupon's worth is an amount and a currency, such as 10.00EUR.");
  return { currency, amountMinor };
}

/** `reward start OFFER`: offers what was drafted. */
function addRewardStart(parent: Command, run: Run): void {
  describeCommand(parent, "start", {
    summary: "offer what was drafted",
    example: "reward start ro_…",
  })
    .argument("<offer>", "the offer's id")
    .action(
      run(async (cli, id: string) => {
        const { takeOfferStep } = await import("../offers.ts");
        const offer = await cli.withDeps((deps) => takeOfferStep(deps, id, { step: "offered" }));
        cli.print(offer, () => formatTable(offerColumns, [offer]));
      }),
    );
}

/** `reward codes OFFER FILE`: adds a shop's codes to an offer. */
function addRewardCodes(parent: Command, run: Run): void {
  describeCommand(parent, "codes", {
    summary: "add a shop's codes to an offer of coupons; each goes to one customer",
    example: "reward codes ro_… codes.txt",
  })
    .argument("<offer>", "the offer's id")
    .argument("<file>", "a file with one code a line")
    .action(
      run(async (cli, id: string, file: string) => {
        const [{ addCodes }, { readFile }] = await Promise.all([
          import("../codes.ts"),
          import("node:fs/promises"),
        ]);
        const lines = (await readFile(file, "utf8")).split(/\r?\n/);
        const done = await cli.withDeps((deps) => addCodes(deps, id, lines));
        cli.print(done, () => `${done.added} codes added, ${done.known} were known.\n`);
      }),
    );
}
