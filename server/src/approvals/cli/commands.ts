import { type Command, Option } from "commander";
import type { Adjustment } from "../../adjustments/adjustment.ts";
import { formatMoney, formatTime } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatFields, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import { requestStatuses } from "../../four-eyes/request-status.ts";
import type { MoneyRequest } from "../../four-eyes/requests.ts";
import type { RequestFilter } from "../approvals.ts";

/** `ledger approve ID` and `ledger refuse ID`: the second person's word on what waits for it. */
export function addLedgerVerdicts(parent: Command, run: Run): void {
  const answer = (name: string, status: "booked" | "refused", summary: string) =>
    describeCommand(parent, name, { summary, example: `ledger ${name} adj_0a1b2c3d4e5f6a7b8c9d` })
      .argument("<id>", "the id: `adjustment list --status pending` and `approval list` name what waits")
      .action(
        run(async (cli, id: string) => {
          const { settleWaiting } = await import("../approvals.ts");
          const settled = await cli.withDeps((deps) => settleWaiting(deps, id, status));
          cli.print(settled, () => ("moves" in settled ? requestText(settled) : adjustmentText(settled)));
        }),
      );
  answer("approve", "booked", "book what another person entered above the limit");
  answer("refuse", "refused", "refuse what another person entered above the limit: nothing is booked");
}

const whatText = ({ kind, subject }: MoneyRequest): string =>
  kind === "correction" || kind === "ruling" ? `${kind} of ${subject}` : subject;

const columns: readonly Column<MoneyRequest>[] = [
  { heading: "id", of: ({ id }) => id },
  { heading: "entered", of: ({ enteredAt }) => formatTime(enteredAt) },
  { heading: "by", of: ({ enteredBy }) => enteredBy },
  { heading: "what", of: whatText },
  { heading: "amounts", of: ({ moves }) => moves.length, align: "right" },
  { heading: "status", of: ({ status }) => status },
];

/** Adds the commands that show what waits for a second person and is no adjustment. */
export function addApprovalCommands(noun: Command, run: Run): void {
  describeCommand(noun, "list", {
    summary:
      "list imports, corrections, rulings and assignments of plans that needed a second person, the newest first",
    example: "approval list --status pending",
  })
    .addOption(new Option("--status <status>", "only those in this state").choices(requestStatuses))
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: RequestFilter) => {
        const { listRequests } = await import("../approvals.ts");
        const page = await cli.looking((deps) => listRequests(deps, filter));
        cli.print(page, () =>
          page.requests.length === 0 ? "There are none.\n" : formatTable(columns, page.requests),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
  describeCommand(noun, "show", {
    summary: "show what an import, a correction or a ruling would move, by partner",
    example: "approval show req_0a1b2c3d4e5f6a7b8c9d",
  })
    .argument("<id>", "the request's id")
    .action(
      run(async (cli, id: string) => {
        const { showRequest } = await import("../approvals.ts");
        const shown = await cli.looking((deps) => showRequest(deps, id));
        cli.print(shown, () => requestText(shown));
      }),
    );
}

const moveColumns: readonly Column<MoneyRequest["moves"][number]>[] = [
  { heading: "partner", of: ({ partner }) => partner },
  {
    heading: "amount",
    of: ({ amountMinor, currency }) => formatMoney(amountMinor, currency),
    align: "right",
  },
];

type Decided = Pick<MoneyRequest, "status" | "enteredBy" | "enteredAt" | "decidedBy" | "decidedAt">;

const answerFields = (shown: Decided): [string, string | null][] => [
  ["status", shown.status],
  ["entered", `${formatTime(shown.enteredAt)} by ${shown.enteredBy}`],
  ["decided", shown.decidedAt && `${formatTime(shown.decidedAt)} by ${shown.decidedBy}`],
];

const requestText = (shown: MoneyRequest): string =>
  `${formatFields([
    ["id", shown.id],
    ["what", whatText(shown)],
    ["note", shown.note],
    ["reference", shown.reference],
    ["takes back", shown.reverses],
    ...answerFields(shown),
  ])}${shown.moves.length === 0 ? "" : `\n${formatTable(moveColumns, shown.moves)}`}`;

const adjustmentText = (shown: Adjustment): string =>
  formatFields([
    ["id", shown.id],
    ["partner", shown.partner],
    ["amount", formatMoney(shown.amountMinor, shown.currency)],
    ["reference", shown.reference],
    ["note", shown.note],
    ...answerFields(shown),
  ]);
