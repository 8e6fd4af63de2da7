import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readCount, readEnd } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { DealStep } from "../deals.ts";
import type { Deal, PartnerDeal } from "../shown-deal.ts";

/** Adds the commands about deals. */
export function addDealCommands(noun: Command, run: Run): void {
  addDealRegister(noun, run);
  addDealList(noun, run);
  addDealDecide(noun, run);
  addDealExtend(noun, run);
  addDealEnd(noun, run);
}

const ownColumns: readonly Column<PartnerDeal>[] = [
  { heading: "deal", of: ({ deal }) => deal },
  { heading: "customer", of: ({ customer }) => customer },
  { heading: "product", of: ({ product }) => product ?? "every" },
  { heading: "state", of: ({ state }) => state },
  { heading: "decide by", of: ({ decideBy }) => formatTime(decideBy) },
  { heading: "protected until", of: ({ protectedUntil }) => protectedUntil && formatTime(protectedUntil) },
];

const columns: readonly Column<Deal>[] = [
  { heading: "partner", of: ({ partner }) => partner },
  ...ownColumns,
  { heading: "overdue", of: ({ overdue }) => (overdue ? "overdue" : null) },
  {
    heading: "in conflict with",
    of: ({ conflicts }) => conflicts.map(({ deal, partner }) => `${deal} of ${partner}`).join(", ") || null,
  },
];

/** `deal register PARTNER CUSTOMER`: registers a customer for a partner. */
function addDealRegister(parent: Command, run: Run): void {
  describeCommand(parent, "register", {
    summary: "register a customer for a partner; partners do so themselves by their API",
    example: "deal register north-shop acme.example --product acme-paint",
  })
    .argument("<partner>", "the partner's id")
    .argument("<customer>", "an e-mail address, or a domain for everybody in it")
    .option("--product <id>", "this product alone")
    .option("--territory <country>", "where it is sold, ISO 3166-1 alpha-2")
    .action(
      run(async (cli, partner: string, customer: string, more: { product?: string; territory?: string }) => {
        const [{ registerDeal }, { registeredDeal }] = await Promise.all([
          import("../register-deal.ts"),
          import("../deals.ts"),
        ]);
        const deal = await cli.withDeps(async (deps) =>
          registeredDeal(deps, await registerDeal(deps, { partner, customer, ...more })),
        );
        cli.print(deal, () => formatTable(ownColumns, [deal]));
      }),
    );
}

/** `deal list`: deals, and those that they are in conflict with. */
function addDealList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list deals, the newest first, with those they are in conflict with",
    example: "deal list --partner north-shop",
  })
    .option("--partner <id>", "only this partner's")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: { partner?: string; limit: number; after?: string }) => {
        const { listDeals } = await import("../deals.ts");
        const page = await cli.looking((deps) => listDeals(deps, filter));
        cli.print(page, () =>
          page.deals.length === 0 ? "There are no deals.\n" : formatTable(columns, page.deals),
        );
        if (!cli.json && page.next !== null) cli.say(`More with --after ${page.next}`);
      }),
    );
}

interface DecideOptions {
  accept?: boolean;
  refuse?: boolean;
  until?: Instant;
  note: string;
}

/** `deal decide ID`: says yes or no to a deal. */
function addDealDecide(parent: Command, run: Run): void {
  describeCommand(parent, "decide", {
    summary: "say yes or no to a deal, with the reason that the partner reads",
    example: 'deal decide dl_… --accept --until 2027-06-30 --note "a new customer of yours"',
  })
    .argument("<id>", "the deal's id")
    .option("--accept", "protect the partner's sales to the customer")
    .option("--refuse", "do not")
    .option("--until <date>", "how long it is protected (UTC; default: as the configuration says)", readEnd)
    .requiredOption("--note <text>", "why")
    .action(
      run(async (cli, id: string, { accept, refuse, until, note }: DecideOptions) => {
        if ((accept === true) === (refuse === true))
          throw new CommandRefusal("usage", "Say either --accept or --refuse.");
        await takeStep(cli, id, accept ? { step: "accepted", until, note } : { step: "refused", note });
      }),
    );
}

/** `deal extend ID`: lets a deal hold until another day. */
function addDealExtend(parent: Command, run: Run): void {
  describeCommand(parent, "extend", {
    summary: "let a deal hold until another day",
    example: 'deal extend dl_… --until 2027-12-31 --note "the tender was put off"',
  })
    .argument("<id>", "the deal's id")
    .requiredOption("--until <date>", "the last day (UTC)", readEnd)
    .requiredOption("--note <text>", "why")
    .action(
      run(async (cli, id: string, { until, note }: { until: Instant; note: string }) =>
        takeStep(cli, id, { step: "extended", until, note }),
      ),
    );
}

/** `deal end ID`: ends a deal before its day. */
function addDealEnd(parent: Command, run: Run): void {
  describeCommand(parent, "end", {
    summary: "end a deal before its day",
    example: 'deal end dl_… --note "the customer asked for another seller"',
  })
    .argument("<id>", "the deal's id")
    .requiredOption("--note <text>", "why")
    .action(
      run(async (cli, id: string, { note }: { note: string }) => takeStep(cli, id, { step: "ended", note })),
    );
}

async function takeStep(cli: Parameters<Parameters<Run>[0]>[0], id: string, step: DealStep): Promise<void> {
  const { takeDealStep } = await import("../deals.ts");
  const deal = await cli.withDeps((deps) => takeDealStep(deps, id, step));
  cli.print(deal, () => formatTable(columns, [deal]));
  if (step.step === "accepted" || step.step === "extended")
    for (const { partner, orders, lastSoldAt } of deal.soldBy)
      cli.say(
        `${partner} sold to this customer before: orders credited to it ${orders}, the last on ${formatTime(lastSoldAt)}.`,
      );
}
