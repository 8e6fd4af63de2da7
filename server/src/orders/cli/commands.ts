import { type Command, Option } from "commander";
import { formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { readCount, readEnd, readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { OrderTrace } from "../explain/find-orders.ts";
import type { OrderFilter, OrderSummary } from "../explain/list-orders.ts";
import type { ReadOrderRewards } from "../explain/order-reward.ts";
import { decisionText } from "./decision-text.ts";
import { type ClassOptions, nothingChanged, resolveClass, waitsText } from "./resolve-class.ts";
import { rewardsText } from "./rewards-text.ts";

/** Adds the commands about orders. */
export function addOrderCommands(noun: Command, run: Run, readRewards: ReadOrderRewards): void {
  addOrderExplain(noun, run, readRewards);
  addOrderList(noun, run);
  addOrderFind(noun, run);
  addOrderResolve(noun, run);
  addOrderCorrect(noun, run);
}

/** `order explain SHOP ORDER_ID`: the decision record of an order. */
function addOrderExplain(parent: Command, run: Run, readRewards: ReadOrderRewards): void {
  describeCommand(parent, "explain", {
    summary: "say why an order was credited, or was not",
    example: "order explain stripe cs_live_a1b2c3",
  })
    .argument("<shop>", "the shop, as the configuration names it")
    .argument("<order-id>", "any id the shop gave the order: session, payment intent, invoice or charge")
    .action(
      run(async (cli, shop: string, orderId: string) => {
        const { explainOrder } = await import("../explain/explain-order.ts");
        const record = await cli.looking(async (deps) => {
          const found = await explainOrder(deps, shop, orderId);
          return { ...found, rewards: await readRewards(deps, found) };
        });
        cli.print(record, () => `${decisionText(record)}${rewardsText(record)}`);
      }),
    );
}

const columns: readonly Column<OrderSummary>[] = [
  { heading: "received", of: ({ receivedAt }) => formatTime(receivedAt) },
  { heading: "shop", of: ({ shop }) => shop },
  { heading: "order", of: ({ order }) => order },
  { heading: "outcome", of: ({ outcome }) => outcome },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "reason", of: ({ reason }) => reason },
  { heading: "net", of: ({ netMinor, currency }) => formatMoney(netMinor, currency), align: "right" },
];

interface ListOptions {
  outcome?: NonNullable<OrderFilter["outcome"]>;
  partner?: string;
  shop?: string;
  product?: string;
  reason?: string;
  since?: Instant;
  until?: Instant;
  limit: number;
  after?: string;
}

/** `order list`: orders, the newest first, a page at a time. */
function addOrderList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list orders, the newest first",
    example: "order list --outcome unattributed --since 2026-11-01",
  })
    .addOption(
      new Option("--outcome <outcome>", "only orders of this outcome").choices([
        "credited",
        "held",
        "unattributed",
      ]),
    )
    .option("--partner <id>", "only orders credited to this partner")
    .option("--shop <name>", "only orders of this shop")
    .option("--product <id>", "only orders of this product")
    .option("--reason <code>", "only orders with this reason, such as no_evidence")
    .option("--since <date>", "only orders received since then (UTC)", readStart)
    .option("--until <date>", "only orders received until then (UTC)", readEnd)
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, options: ListOptions) => {
        const { listOrders } = await import("../explain/list-orders.ts");
        const page = await cli.looking((deps) => listOrders(deps, options));
        cli.print(page, () =>
          page.orders.length === 0 ? "There are no such orders.\n" : formatTable(columns, page.orders),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
}

type FindOptions = { email?: string; licence?: string; serial?: string; number?: string };

/** `order find`: the orders of a customer, a copy, or a number, whatever shop they came from. */
function addOrderFind(parent: Command, run: Run): void {
  const traces = ["email", "licence", "serial", "number"] as const;
  const only = (name: (typeof traces)[number], flags: string, words: string) =>
    new Option(flags, words).conflicts(traces.filter((other) => other !== name));
  describeCommand(parent, "find", {
    summary:
      "find orders by the buyer's address, the licence or serial of the copy, or any id a shop gave them",
    example: "order find --licence AAAA-BBBB",
  })
    .addOption(only("email", "--email <address>", "the buyer's e-mail address"))
    .addOption(only("licence", "--licence <text>", "the licence that was bought or renewed"))
    .addOption(only("serial", "--serial <text>", "the serial that the copy was activated with"))
    .addOption(
      only("number", "--number <id>", "the order's number, or its session, payment, invoice or charge"),
    )
    .action(
      run(async (cli, options: FindOptions) => {
        const [name] = traces.filter((one) => options[one] !== undefined);
        if (name === undefined)
          throw new CommandRefusal("usage", "Say what to find by: --email, --licence, --serial or --number.");
        const { findOrdersBy } = await import("../explain/find-orders.ts");
        const trace = { [name]: options[name] } as OrderTrace;
        const orders = await cli.withDeps((deps) => findOrdersBy(deps, trace));
        cli.print({ orders }, () =>
          orders.length === 0 ? "There are no such orders.\n" : formatTable(columns, orders),
        );
      }),
    );
}

interface CorrectOptions {
  refunded?: string;
  restored?: string;
  void?: boolean;
  reverses?: string;
  note: string;
  reference?: string;
  dryRun?: boolean;
}

/** `order correct SHOP ORDER_ID`: enters what the shop does not tell. */
function addOrderCorrect(parent: Command, run: Run): void {
  describeCommand(parent, "correct", {
    summary: "enter what a shop does not tell of an order's money",
    example: 'order correct stripe cs_live_a1b2c3 --refunded 60.00 --note "by bank transfer"',
  })
    .argument("<shop>", "the shop, as the configuration names it")
    .argument("<order-id>", "any id the shop gave the order: session, payment intent, invoice or charge")
    .addOption(
      new Option(
        "--refunded <amount>",
        "went back to the customer, tax included, in the order's currency",
      ).conflicts(["restored", "void", "reverses"]),
    )
    .addOption(
      new Option("--restored <amount>", "of what went back came back after all, tax included").conflicts([
        "void",
        "reverses",
      ]),
    )
    .addOption(new Option("--void", "nothing of the order stands").conflicts("reverses"))
    .option("--reverses <id>", "take a correction back, by its id in order explain")
    .requiredOption("--note <text>", "why; it stays on record")
    .option(
      "--reference <text>",
      "the paper behind it, such as a ticket; partners read it on their statements",
    )
    .option(
      "--dry-run",
      "only say what would come of it, and whether a second person would have to approve it",
    )
    .action(
      run(
        async (
          cli,
          shop: string,
          order: string,
          { refunded, restored, void: isVoid, reverses, note, reference, dryRun }: CorrectOptions,
        ) => {
          const what =
            refunded !== undefined
              ? { refunded }
              : restored !== undefined
                ? { restored }
                : isVoid === true
                  ? ({ void: true } as const)
                  : reverses !== undefined
                    ? { reverses }
                    : undefined;
          if (what === undefined)
            throw new CommandRefusal(
              "usage",
              "Say what is to be entered: --refunded AMOUNT, --restored AMOUNT, --void or --reverses ID.",
            );
          const { correctOrder } = await import("../rule/correct-order.ts");
          const { waits, ...record } = await cli.withDeps((deps) =>
            correctOrder(deps, { shop, order, what, note, reference }, { dryRun }),
          );
          cli.print(waits === null ? record : { order: record, waits }, () => decisionText(record));
          if (waits !== null)
            cli.say(
              waits.id === undefined
                ? "A second person would have to approve it."
                : `Nothing is changed yet. A second person must approve it: ledger approve ${waits.id}`,
            );
        },
      ),
    );
}

interface ResolveOptions extends ClassOptions {
  none?: boolean;
}

/** `order resolve SHOP ORDER_ID`: the vendor rules on an order. */
function addOrderResolve(parent: Command, run: Run): void {
  describeCommand(parent, "resolve", {
    summary: "rule on an order: one that waits for it, or any other that somebody disputes",
    example: 'order resolve stripe cs_live_a1b2c3 --partner north-shop --note "North sold it at the fair"',
  })
    .argument("[shop]", "the shop, as the configuration names it")
    .argument("[order-id]", "any id the shop gave the order: session, payment intent, invoice or charge")
    .addOption(
      new Option("--partner <id>", "who earned it; with --all: only what it would earn").conflicts("none"),
    )
    .option("--none", "nobody earned it")
    .option("--all", "rule on all orders that are held for --reason, as --to says")
    .option("--reason <code>", "with --all: the reason they wait for")
    .option(
      "--to <whom>",
      "with --all: a partner, `nobody`, or `as-decided` for whom each would have been credited to",
    )
    .requiredOption("--note <text>", "why you rule so; it stays on record")
    .option("--dry-run", "only say what would come of it")
    .action(
      run(async (cli, shop: string | undefined, order: string | undefined, options: ResolveOptions) => {
        const { partner, none, note, dryRun = false } = options;
        if (options.all === true && shop === undefined) return resolveClass(cli, options);
        if (shop === undefined || order === undefined || options.all === true)
          throw new CommandRefusal(
            "usage",
            "Name one order by its shop and id, or all of a reason with --all.",
          );
        if (partner === undefined && none !== true)
          throw new CommandRefusal(
            "usage",
            "Say who earned it with --partner ID, or that nobody did with --none.",
          );
        const { resolveOrder } = await import("../rule/resolve-order.ts");
        const resolved = await cli.withDeps((deps) =>
          resolveOrder(deps, { shop, order, partner: partner ?? null, note, dryRun }),
        );
        cli.print(resolved, () => `${decisionText(resolved.order)}${dryRun ? `\n${nothingChanged}` : ""}`);
        if (cli.json) return;
        if (resolved.waits !== null) cli.say(waitsText(resolved.waits.id, dryRun));
        for (const other of resolved.alsoDecided)
          cli.say(
            `Order ${other.order} of ${other.shop} too: ${other.outcome} ${other.partner ?? ""}`.trim(),
          );
      }),
    );
}
