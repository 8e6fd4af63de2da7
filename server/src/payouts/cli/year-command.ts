import { type Command, InvalidArgumentError } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { refuseTakenFile, writeNewFile } from "../../cli/new-file.ts";
import type { Run } from "../../deps/run.ts";
import { yearTable } from "./payout-text.ts";

/** `payout year YEAR`: what each partner was paid in a calendar year. */
export function addPayoutYear(parent: Command, run: Run): void {
  describeCommand(parent, "year", {
    summary: "what each partner was paid in a calendar year, with tax facts",
    example: "payout year 2026 --csv --out 1099.csv",
  })
    .argument("<year>", "the year", readYear)
    .option("--csv", "for tax software; it holds whole tax numbers")
    .option("--out <file>", "where to write the csv, readable for you alone (default: standard output)")
    .action(
      run(async (cli, year: number, { csv, out }: { csv?: boolean; out?: string }) => {
        const { readTaxYear, taxYearCsv } = await import("../tax-year.ts");
        if (csv !== true) {
          const rows = await cli.looking((deps) => readTaxYear(deps, year));
          cli.print(rows, () => (rows.length === 0 ? `Nothing was paid in ${year}.\n` : yearTable(rows)));
          return;
        }
        if (out !== undefined) refuseTakenFile(out);
        const content = await cli.withDeps((deps) => taxYearCsv(deps, year));
        if (out === undefined) cli.print({ csv: content }, () => content);
        else {
          await writeNewFile(out, content);
          cli.print({ file: out }, () => `Wrote ${out}.\n`);
        }
      }),
    );
}

function readYear(text: string): number {
  if (!/^2[01]\d\d$/.test(text)) throw new InvalidArgumentError("Expected a year such as 2026.");
  return Number(text);
}
