import type { Command } from "commander";
import { countOf, formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { readEnd, readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { tellCount } from "../../cli/progress.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { SimulatedOrder } from "../simulate-plan.ts";
import type { PartnerDifference, SimulationSum } from "../sum-differences.ts";

interface SimulateOptions {
  since?: Instant;
  until?: Instant;
  partner?: string;
  csv?: boolean;
}

/** `plan simulate FILE`: what another plan would have paid for the orders that are stored. */
export function addPlanSimulate(parent: Command, run: Run): void {
  describeCommand(parent, "simulate", {
    summary: "what a plan would have paid for the stored orders; nothing is written",
    example: "plan simulate resellers.json --since 2027-01-01 --until 2027-03-31",
  })
    .argument("<file>", "the plan, JSON; it need not be added")
    .option(
      "--since <date>",
      "sales from then on, as if it had been assigned that day (UTC; default: all)",
      readStart,
    )
    .option("--until <date>", "sales up to and including then (UTC)", readEnd)
    .option("--partner <id>", "sales of this partner alone")
    .option("--csv", "print the orders that would be paid otherwise, a line for each partner")
    .action(
      run(async (cli, file: string, { since, until, partner, csv = false }: SimulateOptions) => {
        if (csv && cli.json) throw new CommandRefusal("usage", "--csv and --json do not go together.");
        const [{ readDocument }, { simulatePlan }, { createSum }, { csvLine }] = await Promise.all([
          import("../../cli/read-document.ts"),
          import("../simulate-plan.ts"),
          import("../sum-differences.ts"),
          import("../../words/csv.ts"),
        ]);
        const document = await readDocument(file);
        const sums = createSum();
        let read = 0;
        const progress = tellCount(cli.terminal.stderr, "orders read");
        if (csv) cli.terminal.stdout.write(csvLine(csvColumns));
        try {
          await cli.withDeps(async (deps) => {
            for await (const page of simulatePlan(deps, document, { since, until, partner })) {
              sums.add(page);
              if (csv)
                for (const line of page.orders.flatMap(csvLinesOf)) cli.terminal.stdout.write(csvLine(line));
              read += page.read;
              progress.tell(read);
            }
          });
        } finally {
          progress.end();
        }
        const sum = sums.sum();
        if (csv) cli.say(`${wordsOf(sum)} Nothing was written.`);
        else cli.print(sum, () => textOf(sum));
      }),
    );
}

const csvColumns = [
  "shop",
  "order",
  "occurredAt",
  "seller",
  "partner",
  "currency",
  "nowMinor",
  "thenMinor",
  "differenceMinor",
];

const csvLinesOf = ({ shop, order, occurredAt, seller, currency, credits }: SimulatedOrder) =>
  credits
    .filter(({ nowMinor, thenMinor }) => nowMinor !== thenMinor)
    .map(({ partner, nowMinor, thenMinor }) => [
      shop,
      order,
      occurredAt,
      seller,
      partner,
      currency,
      nowMinor,
      thenMinor,
      thenMinor - nowMinor,
    ]);

/** Sums that would differ, as a table. */
export const differenceColumns: readonly Column<PartnerDifference>[] = [
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "now", of: (row) => formatMoney(row.nowMinor, row.currency), align: "right" },
  { heading: "then", of: (row) => formatMoney(row.thenMinor, row.currency), align: "right" },
  { heading: "difference", of: (row) => signed(row.differenceMinor, row.currency), align: "right" },
  { heading: "orders", of: ({ orders }) => orders, align: "right" },
];

const orderColumns: readonly Column<SimulatedOrder>[] = [
  { heading: "order", of: ({ shop, order }) => `${shop} ${order}` },
  { heading: "sold", of: ({ occurredAt }) => formatTime(occurredAt) },
  { heading: "now", of: (order) => sharesOf(order, "nowMinor") },
  { heading: "then", of: (order) => sharesOf(order, "thenMinor") },
];

const sharesOf = ({ credits, currency }: SimulatedOrder, which: "nowMinor" | "thenMinor"): string =>
  credits
    .filter((one) => one[which] !== 0)
    .map((one) => `${one.partner} ${formatMoney(one[which], currency)}`)
    .join(", ");

const signed = (minor: number, currency: string): string =>
  `${minor > 0 ? "+" : ""}${formatMoney(minor, currency)}`;

const wordsOf = ({ orders: { read, changed, promised } }: SimulationSum): string =>
  `${countOf(read, "order")} read, ${changed} would be paid otherwise${
    promised === 0 ? "" : `, ${countOf(promised, "renewal")} would keep what was promised`
  }.`;

/** A simulation for a person. */
export function textOf(sum: SimulationSum): string {
  if (sum.partners.length === 0) return `${wordsOf(sum)} Nothing was written.\n`;
  return [
    formatTable(differenceColumns, sum.partners),
    `\nThe orders that differ most:\n${formatTable(orderColumns, sum.furthest)}`,
    `\n${wordsOf(sum)} Nothing was written.\n`,
  ].join("");
}

/** `partner edit ID --parent P --dry-run`: what the move would have changed in the last year. */
export async function printMove(
  cli: Parameters<Parameters<Run>[0]>[0],
  move: { partner: string; parent: string | null },
): Promise<void> {
  const [{ simulateMove }, { createSum }] = await Promise.all([
    import("../simulate-move.ts"),
    import("../sum-differences.ts"),
  ]);
  const sums = createSum();
  await cli.withDeps(async (deps) => {
    for await (const page of simulateMove(deps, move)) sums.add(page);
  });
  const sum = sums.sum();
  cli.print(sum, () => textOf(sum));
}

/** `plan announce ID`: tells partners whom the next change of a plan would pay less. */
export function addPlanAnnounce(parent: Command, run: Run): void {
  describeCommand(parent, "announce", {
    summary: "tell the partners whom the plan's next change will pay less, days before it takes effect",
    example: "plan announce resellers --dry-run",
  })
    .argument("<id>", "the plan, assigned from a day to come")
    .option("--dry-run", "only say who would be told")
    .action(
      run(async (cli, plan: string, { dryRun }: { dryRun?: boolean }) => {
        const { announcePlan } = await import("../announce-plan.ts");
        const announced = await cli.withDeps((deps) => announcePlan(deps, plan, { dryRun }));
        const { lowered, since, version, told } = announced;
        cli.print(announced, () =>
          lowered.length === 0
            ? `Version ${version} pays nobody less from ${formatTime(since)} on.\n`
            : formatTable(differenceColumns, lowered),
        );
        if (cli.json || lowered.length === 0) return;
        cli.say(
          dryRun === true
            ? "Nobody was told: leave out --dry-run to tell them."
            : `${countOf(told.length, "partner")} told; who was told before is not told again.`,
        );
      }),
    );
}
