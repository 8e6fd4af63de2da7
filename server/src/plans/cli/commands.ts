import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { Assignment, listPlans, ShownPlan } from "../plans.ts";

/** Adds the commands about plans; others hang theirs into the noun. */
export function addPlanCommands(noun: Command, run: Run): void {
  addPlanAdd(noun, run);
  addPlanList(noun, run);
  addPlanShow(noun, run);
  addPlanAssign(noun, run);
  addPlanSchema(noun, run);
}

/** `plan add FILE`: adds a plan, or the next version of one. */
function addPlanAdd(parent: Command, run: Run): void {
  describeCommand(parent, "add", {
    summary: "add a plan, or its next version; it pays nobody until it is assigned",
    example: "plan add resellers.json",
  })
    .argument("<file>", "the plan, JSON; docs/plans.md has ten of them")
    .action(
      run(async (cli, file: string) => {
        const [{ addPlan }, { readDocument }] = await Promise.all([
          import("../plans.ts"),
          import("../../cli/read-document.ts"),
        ]);
        const document = await readDocument(file);
        const plan = await cli.withDeps((deps) => addPlan(deps, document));
        cli.print(plan, () => `Plan ${plan.plan} has version ${plan.version}.\n`);
      }),
    );
}

const planColumns: readonly Column<ShownPlan>[] = [
  { heading: "plan", of: ({ plan }) => plan },
  { heading: "version", of: ({ version }) => version, align: "right" },
  { heading: "name", of: ({ name }) => name },
  { heading: "promise", of: ({ document }) => document.promise.replace("_", " ") },
  { heading: "added", of: ({ addedAt }) => formatTime(addedAt) },
];

const assignmentColumns: readonly Column<Assignment>[] = [
  { heading: "pays", of: ({ target, of }) => (of === null ? "everybody" : `${target} ${of}`) },
  { heading: "plan", of: ({ plan }) => plan },
  { heading: "version", of: ({ version }) => version, align: "right" },
  { heading: "since", of: ({ since }) => formatTime(since) },
];

/** Plans and whom they pay as lines of one list: the column `row` says which of the two a line is. */
const rowsOf = ({ plans, assignments }: Awaited<ReturnType<typeof listPlans>>): object[] => [
  ...plans.map((plan) => ({ row: "plan", ...plan })),
  ...assignments.map((assignment) => ({ row: "assignment", ...assignment })),
];

/** `plan list`: all plans, and whom they pay. */
function addPlanList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the plans, and whom they pay",
    example: "plan list",
  }).action(
    run(async (cli) => {
      const { listPlans } = await import("../plans.ts");
      const found = await cli.looking(listPlans);
      cli.print(
        found,
        () =>
          found.plans.length === 0
            ? "There are no plans: partners are paid their percentage.\n"
            : `${formatTable(planColumns, found.plans)}\n${
                found.assignments.length === 0
                  ? "None of them is assigned.\n"
                  : formatTable(assignmentColumns, found.assignments)
              }`,
        rowsOf(found),
      );
    }),
  );
}

/** `plan show ID`: a plan's document. */
function addPlanShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", { summary: "show a plan", example: "plan show resellers --version 2" })
    .argument("<id>", "the plan's id")
    .option("--version <number>", "a version (default: the newest)", readVersion)
    .action(
      run(async (cli, id: string, { version }: { version?: number }) => {
        const { showPlan } = await import("../plans.ts");
        const plan = await cli.looking((deps) => showPlan(deps, id, { version }));
        cli.print(plan, () => `${JSON.stringify(plan.document, null, 2)}\n`);
      }),
    );
}

interface AssignOptions {
  version?: number;
  partner?: string;
  kind?: string;
  default?: boolean;
  since?: Instant;
}

/** `plan assign ID`: whom a plan pays. */
function addPlanAssign(parent: Command, run: Run): void {
  describeCommand(parent, "assign", {
    summary: "have a plan pay a partner, a kind of partners, or everybody, from a day on",
    example: "plan assign resellers --kind reseller --since 2027-01-01",
  })
    .argument("<id>", "the plan's id")
    .addOption(new Option("--partner <id>", "this partner").conflicts(["kind", "default"]))
    .addOption(
      new Option("--kind <kind>", "partners of this kind")
        .choices(["distributor", "reseller", "affiliate"])
        .conflicts(["partner", "default"]),
    )
    .addOption(new Option("--default", "everybody else").conflicts(["partner", "kind"]))
    .option("--version <number>", "a version (default: the newest)", readVersion)
    .option("--since <date>", "sales from then on (UTC; default: now)", readStart)
    .action(
      run(async (cli, plan: string, options: AssignOptions) => {
        const { version, partner, kind, since } = options;
        if (partner === undefined && kind === undefined && options.default !== true)
          throw new CommandRefusal("usage", "Say whom it pays: --partner ID, --kind KIND or --default.");
        const { assignPlan } = await import("../plans.ts");
        const assigned = await cli.withDeps((deps) =>
          assignPlan(deps, { plan, version, partner, kind, since }),
        );
        cli.print(assigned, () => formatTable(assignmentColumns, [assigned]));
        if (assigned.waits !== null && !cli.json)
          cli.say(`It waits for a second person: ledger approve ${assigned.waits.id}`);
      }),
    );
}

/** `plan schema`: the JSON Schema of plans. */
function addPlanSchema(parent: Command, run: Run): void {
  describeCommand(parent, "schema", {
    summary: "print the JSON Schema of plans, for editors",
    example: "plan schema > plan.schema.json",
  }).action(
    run(async (cli) => {
      const { planJsonSchema } = await import("../plan-schema.ts");
      const schema = planJsonSchema();
      cli.print(schema, () => `${JSON.stringify(schema, null, 2)}\n`);
    }),
  );
}

function readVersion(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("Expected a version, such as 2.");
  return Number(text);
}
