import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readStart } from "../../cli/arguments.ts";
import { describeCommand, describeNoun } from "../../cli/describe-command.ts";
import { type Column, formatFields, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import { Refusal } from "../../words/refusal.ts";
import type { DetailsEntry, DetailsRecord } from "../details.ts";

/** Adds the commands about a partner's details. */
export function addPartnerDetailsCommands(partner: Command, run: Run): void {
  const noun = describeNoun(partner, "details", "who a partner is to the tax office and the bank");
  addDetailsSet(noun, run);
  addDetailsShow(noun, run);
  addDetailsHistory(noun, run);
}

/** `partner details set ID --file F`: records who a partner is. */
function addDetailsSet(parent: Command, run: Run): void {
  describeCommand(parent, "set", {
    summary:
      "record legal name, address, tax facts and accounts; other accounts hold its payouts for some days",
    example: "partner details set north-shop --file north.json",
  })
    .argument("<id>", "the partner's id")
    .requiredOption("--file <file>", "the details, JSON; docs/payouts.md has an example")
    .option("--since <date>", "from when they hold (UTC; default: now)", readStart)
    .action(
      run(async (cli, id: string, { file, since }: { file: string; since?: Instant }) => {
        const { setDetails } = await import("../details.ts");
        const document = await readDocument(file);
        const details = await cli.withDeps((deps) => setDetails(deps, id, document, { since }));
        cli.print(details, () => detailsText(details));
      }),
    );
}

/** `partner details show ID`: what of a partner's details may be shown. */
function addDetailsShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", {
    summary: "show a partner's details; numbers by their last four characters",
    example: "partner details show north-shop",
  })
    .argument("<id>", "the partner's id")
    .option("--at <date>", "as they were then (UTC; default: now)", readStart)
    .action(
      run(async (cli, id: string, options: { at?: Instant }) => {
        const { showDetails } = await import("../details.ts");
        const details = await cli.looking((deps) => showDetails(deps, id, options));
        cli.print(details, () => detailsText(details));
      }),
    );
}

const columns: readonly Column<DetailsEntry>[] = [
  { heading: "version", of: ({ version }) => version, align: "right" },
  { heading: "since", of: ({ since }) => formatTime(since) },
  { heading: "recorded", of: ({ recordedAt }) => formatTime(recordedAt) },
  { heading: "by", of: ({ recordedBy }) => recordedBy },
  { heading: "legal name", of: ({ legalName }) => legalName },
  { heading: "accounts", of: ({ accounts }) => accountsText(accounts) },
  { heading: "changed", of: ({ accountsChanged }) => (accountsChanged ? "yes" : null) },
];

/** `partner details history ID`: all versions. */
function addDetailsHistory(parent: Command, run: Run): void {
  describeCommand(parent, "history", {
    summary: "show all versions of a partner's details",
    example: "partner details history north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, id: string) => {
        const { readDetailsHistory } = await import("../details.ts");
        const history = await cli.looking((deps) => readDetailsHistory(deps, id));
        cli.print(history, () =>
          history.length === 0 ? `There are no details of ${id}.\n` : formatTable(columns, history),
        );
      }),
    );
}

/** Reads a JSON file. What is wrong with it is told without its text, which may hold an account. */
async function readDocument(file: string): Promise<unknown> {
  const { readFile } = await import("node:fs/promises");
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new Refusal("request_invalid", `${file} is not a JSON file.`);
  }
}

const accountsText = (accounts: DetailsRecord["accounts"]): string | null =>
  accounts
    .map(({ kind, account, currency }) => `${kind} ${account}${currency === null ? "" : ` (${currency})`}`)
    .join(", ") || null;

/** Details for a person, a line for each of their members. */
function detailsText(details: DetailsRecord): string {
  const { address, tax } = details;
  const { street, building, postCode, town, region, country } = address;
  return formatFields([
    ["partner", details.partner],
    ["version", details.version],
    ["since", formatTime(details.since)],
    ["legal name", details.legalName],
    ["address", [street, building, postCode, town, region, country].filter(Boolean).join(", ")],
    ["tax treatment", tax.treatment.replaceAll("_", " ")],
    ["VAT id", tax.vatId],
    ["tax number", tax.number],
    ["tax form", tax.form === undefined ? null : `${tax.form} ${tax.formReceivedOn ?? ""}`.trim()],
    ["accounts", accountsText(details.accounts)],
    ["mail", details.email],
    ["language", details.language],
    [
      "payouts held",
      details.payoutsHeldUntil === null ? null : `until ${formatTime(details.payoutsHeldUntil)}`,
    ],
  ]);
}
