import type { Command } from "commander";
import { Option } from "commander";
import { formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { type Column, formatFields, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import { minorOf } from "../../words/money.ts";
import type { NewAdjustment } from "../adjust.ts";
import {
  type Adjustment,
  type AdjustmentKind,
  type AllowanceKind,
  adjustmentKinds,
  adjustmentStatuses,
  allowanceKinds,
} from "../adjustment.ts";
import type { AdjustmentFilter } from "../list-adjustments.ts";

interface AdjustOptions {
  kind?: AdjustmentKind;
  reference?: string;
  note: string;
  allowance?: AllowanceKind;
  budget?: string;
  claim?: string;
  reverse?: string;
}

/** `ledger adjust`: what no shop tells, booked by a person. */
export function addLedgerAdjust(parent: Command, run: Run): void {
  describeCommand(parent, "adjust", {
    summary: "book an amount for a partner, with its reason; less than zero takes from what is payable",
    example:
      'ledger adjust north-shop -12.50 EUR --kind adjustment --reference T-481 --note "Paid twice in October"',
  })
    .argument("[partner]", "the partner's id")
    .argument("[amount]", "a decimal number, such as 12.50 or -12.50")
    .argument("[currency]", "an ISO 4217 code, such as EUR")
    .addOption(new Option("--kind <kind>", "what it is").choices(adjustmentKinds))
    .option("--reference <text>", "the paper behind it: a contract, a ticket")
    .requiredOption("--note <text>", "why, on one line; the partner reads it")
    .addOption(new Option("--allowance <purpose>", "what an allowance is for").choices(allowanceKinds))
    .option("--budget <name>", "the budget that an allowance is paid out of")
    .option("--claim <id>", "the partner's claim that an allowance pays; it is paid once")
    .option("--reverse <id>", "take this adjustment back instead, by a counter-booking that names it")
    .action(
      run(
        async (
          cli,
          partner: string | undefined,
          amount: string | undefined,
          currency: string | undefined,
          options: AdjustOptions,
        ) => {
          const { adjust, reverseAdjustment } = await import("../adjust.ts");
          const { reverse, reference, note } = options;
          const entered = await cli.withDeps((deps) =>
            reverse !== undefined && partner === undefined
              ? reverseAdjustment(deps, reverse, { reference, note })
              : adjust(deps, readNew({ partner, amount, currency, options })),
          );
          cli.print(entered, () => adjustmentText(entered));
          if (entered.status === "pending")
            cli.say(`A second person must approve it: ledger approve ${entered.id}`);
        },
      ),
    );
}

function readNew(given: {
  partner: string | undefined;
  amount: string | undefined;
  currency: string | undefined;
  options: AdjustOptions;
}): NewAdjustment {
  const { partner, amount, currency, options } = given;
  const { kind, reference, note, allowance, budget, claim } = options;
  if (options.reverse !== undefined)
    throw new CommandRefusal("usage", "--reverse goes with --note and --reference alone.");
  if (partner === undefined || amount === undefined || currency === undefined)
    throw new CommandRefusal("usage", "Say whom, how much and in which currency: north-shop 12.50 EUR.");
  if (kind === undefined || reference === undefined)
    throw new CommandRefusal("usage", "Say what it is with --kind, and what is behind it with --reference.");
  const amountMinor = minorOf(amount, currency.toUpperCase());
  if (amountMinor === undefined)
    throw new CommandRefusal("usage", `Expected an amount of ${currency}, such as 12.50 or -12.50.`);
  const parts = [allowance, budget, claim].filter((part) => part !== undefined);
  if (parts.length !== (kind === "allowance" ? 3 : 0))
    throw new CommandRefusal(
      "usage",
      "--allowance, --budget and --claim go with --kind allowance, all three.",
    );
  const about =
    allowance === undefined || budget === undefined || claim === undefined
      ? undefined
      : { for: allowance, budget, claim };
  return { partner, amountMinor, currency, kind, reference, note, allowance: about };
}

const columns: readonly Column<Adjustment>[] = [
  { heading: "id", of: ({ id }) => id },
  { heading: "entered", of: ({ enteredAt }) => formatTime(enteredAt) },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "kind", of: ({ kind, allowance }) => allowance?.for ?? kind },
  { heading: "amount", of: (row) => formatMoney(row.amountMinor, row.currency), align: "right" },
  { heading: "reference", of: ({ reference }) => reference },
  { heading: "status", of: ({ status, reverses }) => (reverses === null ? status : `${status}, reversal`) },
];

/** Adds the commands that show what people booked. */
export function addAdjustmentCommands(noun: Command, run: Run): void {
  describeCommand(noun, "list", {
    summary: "list adjustments, the newest first",
    example: "adjustment list --status pending",
  })
    .option("--partner <id>", "only this partner's")
    .addOption(new Option("--status <status>", "only those in this state").choices(adjustmentStatuses))
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: AdjustmentFilter) => {
        const { listAdjustments } = await import("../list-adjustments.ts");
        const page = await cli.looking((deps) => listAdjustments(deps, filter));
        cli.print(page, () =>
          page.adjustments.length === 0
            ? "There are no such adjustments.\n"
            : formatTable(columns, page.adjustments),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
  describeCommand(noun, "show", {
    summary: "show an adjustment",
    example: "adjustment show adj_0a1b2c3d4e5f6a7b8c9d",
  })
    .argument("<id>", "the adjustment's id")
    .action(
      run(async (cli, id: string) => {
        const { showAdjustment } = await import("../list-adjustments.ts");
        const shown = await cli.looking((deps) => showAdjustment(deps, id));
        cli.print(shown, () => adjustmentText(shown));
      }),
    );
}

/** An adjustment for a person, a line for each of its members. */
function adjustmentText(shown: Adjustment): string {
  const { allowance } = shown;
  return formatFields([
    ["id", shown.id],
    ["partner", shown.partner],
    ["kind", shown.kind],
    ["amount", formatMoney(shown.amountMinor, shown.currency)],
    ["reference", shown.reference],
    ["note", shown.note],
    ["allowance", allowance && `${allowance.for}, budget ${allowance.budget}, claim ${allowance.claim}`],
    ["reverses", shown.reverses],
    ["status", shown.status],
    ["entered", `${formatTime(shown.enteredAt)} by ${shown.enteredBy}`],
    ["decided", shown.decidedAt && `${formatTime(shown.decidedAt)} by ${shown.decidedBy}`],
  ]);
}
