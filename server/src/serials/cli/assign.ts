import type { Command } from "commander";
import { countOf, formatTime } from "../../cli/amounts-and-times.ts";
import { readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { SerialAssignmentReport } from "../assign-serials.ts";
import type { OpenRange } from "../open-range.ts";
import { readOpenOption } from "./open-option.ts";

interface AssignOptions {
  batch: string;
  partner: string;
  open?: OpenRange;
  from?: Instant;
  note?: string;
  dryRun?: boolean;
}

/** `serial assign`: gives a batch, or a part of it, to a partner; also when it moves on. */
export function addSerialAssign(parent: Command, run: Run): void {
  describeCommand(parent, "assign", {
    summary: "give a batch, or a range of its open numbers, to a partner from a date on; history is kept",
    example: "serial assign --batch spring-27 --open 1000000..1000499 --partner north-shop --from 2027-03-01",
  })
    .requiredOption("--batch <name>", "the batch")
    .requiredOption("--partner <id>", "whose customers the copies activated from then on are")
    .option("--open <range>", "only these open numbers; the whole batch unless told", readOpenOption)
    .option("--from <date>", "from when on (UTC), also in the past; from now on unless told", readStart)
    .option("--note <text>", "for the record")
    .option("--dry-run", "only say what would be done")
    .action(
      run(async (cli, options: AssignOptions) => {
        const { assignSerials } = await import("../assign-serials.ts");
        const report = await cli.withDeps((deps) => assignSerials(deps, options));
        cli.print(report, () => assignmentText(report));
        if (!cli.json && report.ordersDecided > 0)
          cli.say(`${countOf(report.ordersDecided, "order")} that nobody was credited for decided anew.`);
      }),
    );
}

function assignmentText({ batch, open, partner, from, isNew, dryRun }: SerialAssignmentReport): string {
  const what = open === null ? `Batch ${batch}` : `Open numbers ${open} of batch ${batch}`;
  const verb = dryRun ? "would be" : isNew ? "is" : "was already";
  return `${what} ${verb} ${partner}'s from ${formatTime(from)} on.\n`;
}
