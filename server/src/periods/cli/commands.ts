import type { Command } from "commander";
import { countOf, formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { tellCount } from "../../cli/progress.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { ClosedTerm, PeriodClose } from "../close-period.ts";
import type { ForecastTerm, ListedPeriod } from "../periods.ts";

/** Adds the commands about periods. */
export function addPeriodCommands(noun: Command, run: Run): void {
  addPeriodList(noun, run);
  addPeriodForecast(noun, run);
  addPeriodClose(noun, run);
}

const listColumns: readonly Column<ListedPeriod>[] = [
  { heading: "period", of: ({ period }) => period },
  { heading: "state", of: ({ state }) => state },
  { heading: "ends", of: ({ until }) => formatTime(until) },
  { heading: "closed", of: ({ closedAt }) => (closedAt === null ? null : formatTime(closedAt)) },
  {
    heading: "booked",
    of: ({ booked }) => booked.map((one) => formatMoney(one.amountMinor, one.currency)).join(", ") || null,
  },
];

/** `period list`: which periods run, which are due to be closed and which are closed. */
function addPeriodList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the periods: open, due to be closed, closed",
    example: "period list",
  }).action(
    run(async (cli) => {
      const { listPeriods } = await import("../periods.ts");
      const periods = await cli.looking(listPeriods);
      cli.print(periods, () =>
        periods.length === 0 ? "No assigned plan has period terms.\n" : formatTable(listColumns, periods),
      );
    }),
  );
}

/** What a term counts, as people write it. */
const countText = (
  { measure, currency }: Pick<ForecastTerm, "measure" | "currency">,
  count: number,
): string => (measure === "net" ? formatMoney(count, currency) : String(count));

const termColumns: readonly Column<ClosedTerm | ForecastTerm>[] = [
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "period", of: ({ period }) => period },
  { heading: "term", of: ({ term }) => term },
  { heading: "plan", of: ({ plan, version }) => `${plan} ${version}` },
  {
    heading: "counted",
    of: (one) => ("measure" in one ? countText(one, one.counted) : one.counted),
    align: "right",
  },
  {
    heading: "comes to",
    of: ({ amountMinor, currency }) => formatMoney(amountMinor, currency),
    align: "right",
  },
  { heading: "why", of: ({ why }) => why.replaceAll("_", " ") },
];

const forecastColumns: readonly Column<ForecastTerm>[] = [
  ...termColumns,
  {
    heading: "more from",
    of: (one) => (one.nextAt === null ? null : countText(one, one.nextAt)),
    align: "right",
  },
  {
    heading: "booked",
    of: ({ bookedMinor, currency }) => formatMoney(bookedMinor, currency),
    align: "right",
  },
];

/** `period forecast [PERIOD]`: what terms come to by what was sold until now. */
function addPeriodForecast(parent: Command, run: Run): void {
  describeCommand(parent, "forecast", {
    summary: "what period terms come to by what was sold until now; never a balance",
    example: "period forecast 2027-Q1 --partner north-shop",
  })
    .argument(
      "[period]",
      "a month, a quarter or a year: 2027-03, 2027-Q1, 2027 (default: those that run now)",
    )
    .option("--partner <id>", "only this partner")
    .action(
      run(async (cli, period: string | undefined, { partner }: { partner?: string }) => {
        const { forecastPeriod } = await import("../periods.ts");
        const terms = await cli.withDeps((deps) => forecastPeriod(deps, { period, partner }));
        cli.print(terms, () =>
          terms.length === 0 ? "No plan has terms for it.\n" : formatTable(forecastColumns, terms),
        );
      }),
    );
}

const closeColumns: readonly Column<ClosedTerm>[] = [
  ...termColumns,
  { heading: "books", of: ({ changeMinor, currency }) => formatMoney(changeMinor, currency), align: "right" },
];

/** `period close PERIOD`: books what its terms come to. */
function addPeriodClose(parent: Command, run: Run): void {
  describeCommand(parent, "close", {
    summary: "work out the terms of a period that is over, and book them once",
    example: "period close 2027-Q1 --dry-run",
  })
    .argument("<period>", "a month, a quarter or a year: 2027-03, 2027-Q1, 2027")
    .option("--dry-run", "only say what would be booked")
    .action(
      run(async (cli, period: string, { dryRun = false }: { dryRun?: boolean }) => {
        const { closePeriod } = await import("../close-period.ts");
        const progress = tellCount(cli.terminal.stderr, "partners done");
        const close = await cli
          .withDeps((deps) => closePeriod(deps, period, { dryRun, onPartner: progress.tell }))
          .finally(progress.end);
        cli.print(close, () => closeText(close));
      }),
    );
}

function closeText({ period, terms, closedAt, closedBefore }: PeriodClose): string {
  const table = terms.length === 0 ? "" : formatTable(closeColumns, terms);
  const said =
    closedAt === null
      ? "Nothing was booked: leave out --dry-run to close it."
      : closedBefore
        ? `It was closed on ${formatTime(closedAt)}; nothing was booked now.`
        : `Period ${period} is closed: ${countOf(terms.length, "term")}.`;
  return `${table}${said}\n`;
}
