import { type Command, Option } from "commander";
import { formatMoney } from "../../cli/amounts-and-times.ts";
import { readEnd, readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { Earnings } from "../report-earnings.ts";

const choices = ["partner", "product", "month", "tier", "campaign", "evidence", "reason"] as const;

interface EarningsOptions {
  by: (typeof choices)[number];
  since?: Instant;
  until?: Instant;
  csv?: boolean;
}

/** `report earnings`: what orders brought and who earned what. */
export function addReportCommands(noun: Command, run: Run): void {
  describeCommand(noun, "earnings", {
    summary: "net, commission and share by partner, product, month, tier, campaign, evidence or reason",
    example: "report earnings --by month --since 2027-01-01",
  })
    .addOption(new Option("--by <what>", "what is added up apart").choices(choices).default("partner"))
    .option("--since <date>", "purchases from this day on (UTC)", readStart)
    .option("--until <date>", "purchases up to the end of this day (UTC)", readEnd)
    .option("--csv", "print a CSV file, amounts in minor units")
    .action(
      run(async (cli, { by, since, until, csv = false }: EarningsOptions) => {
        const [{ reportEarnings }, { csvLine }] = await Promise.all([
          import("../report-earnings.ts"),
          import("../../words/csv.ts"),
        ]);
        let told = 0;
        const onProgress = (orders: number) => {
          if (orders - told < 50_000) return;
          told = orders;
          cli.say(`${orders} orders read.`);
        };
        const rows = await cli.withDeps((deps) => reportEarnings(deps, { by, since, until }, { onProgress }));
        if (!csv || cli.json)
          return cli.print(rows, () => (rows.length === 0 ? "Nothing was sold then.\n" : tableOf(by, rows)));
        cli.terminal.stdout.write(
          csvLine([by, "currency", "orders", "net_minor", "commission_minor", "share_percent"]) +
            rows
              .map((row) =>
                csvLine([
                  row.value,
                  row.currency,
                  row.orders,
                  row.netMinor,
                  row.commissionMinor,
                  row.sharePercent,
                ]),
              )
              .join(""),
        );
      }),
    );
}

function tableOf(by: EarningsOptions["by"], rows: readonly Earnings[]): string {
  const columns: readonly Column<Earnings>[] = [
    { heading: by, of: ({ value }) => value },
    { heading: "orders", of: ({ orders }) => orders, align: "right" },
    { heading: "net", of: (row) => formatMoney(row.netMinor, row.currency), align: "right" },
    { heading: "commission", of: (row) => formatMoney(row.commissionMinor, row.currency), align: "right" },
    {
      heading: "share",
      of: ({ sharePercent }) => (sharePercent === null ? null : `${sharePercent} %`),
      align: "right",
    },
  ];
  return formatTable(columns, rows);
}
