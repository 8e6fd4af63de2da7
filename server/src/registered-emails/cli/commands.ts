import type { Readable } from "node:stream";
import type { Command } from "commander";
import { countOf, formatTime } from "../../cli/amounts-and-times.ts";
import { readEnd, readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { openInput } from "../../cli/open-input.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { GivenConsent } from "../consent.ts";
import type { EmailSummary } from "../summarise-emails.ts";

/** Adds the commands about the addresses that partners registered. */
export function addEmailCommands(noun: Command, run: Run): void {
  addEmailImport(noun, run);
  addEmailList(noun, run);
  addEmailErase(noun, run);
}

interface ImportOptions {
  partner: string;
  product?: string;
  consentVersion?: string;
  consentedAt?: Instant;
  dryRun?: boolean;
}

/** `email import --partner P FILE`: registers the addresses of a list. */
function addEmailImport(parent: Command, run: Run): void {
  describeCommand(parent, "import", {
    summary: "register customers' addresses for a partner from a CSV file; only keyed hashes are kept",
    example: "email import --partner north-shop --dry-run customers.csv",
  })
    .argument("<file>", "columns email, product, consent_version, consented_at; - reads standard input")
    .requiredOption("--partner <id>", "whose customers they are")
    .option("--product <id>", "for rows that name no product (default: every one)")
    .option("--consent-version <version>", "the wording they agreed to, for rows that name none")
    .option("--consented-at <date>", "when they agreed", readStart)
    .option("--dry-run", "check all and register nothing")
    .action(
      run(async (cli, file: string, options: ImportOptions) => {
        const { importEmails } = await import("../import-emails.ts");
        const source = await openInput(file, cli.terminal);
        const { partner, product, dryRun = false } = options;
        const report = await cli.withDeps((deps) =>
          importEmails(deps, source, { partner, dryRun, product, consent: consentOf(options) }),
        );
        cli.print(report, () => sentenceOf(report.registered, options));
        for (const { row, reason } of report.invalid) cli.say(`Row ${row} was left out: ${reason}`);
        if (report.registered < report.received) cli.exitWith(1);
      }),
    );
}

function sentenceOf(count: number, { partner, dryRun = false }: ImportOptions): string {
  const done = dryRun ? "would be" : count === 1 ? "is" : "are";
  return `${count} ${count === 1 ? "address" : "addresses"} ${done} registered for ${partner}.\n`;
}

function consentOf({ consentVersion, consentedAt }: ImportOptions): GivenConsent | undefined {
  if (consentVersion === undefined && consentedAt === undefined) return undefined;
  if (consentVersion === undefined || consentedAt === undefined)
    throw new CommandRefusal("usage", "--consent-version and --consented-at go together.");
  return { version: consentVersion, wording: "", at: consentedAt };
}

const columns: readonly Column<EmailSummary>[] = [
  { heading: "product", of: ({ product }) => product ?? "(every one)" },
  { heading: "by", of: ({ origin }) => origin },
  { heading: "consent", of: ({ consent }) => consent },
  { heading: "counting", of: ({ counting }) => counting, align: "right" },
  { heading: "ended", of: ({ ended }) => ended, align: "right" },
  { heading: "first", of: ({ firstAt }) => formatTime(firstAt) },
  { heading: "last", of: ({ lastAt }) => formatTime(lastAt) },
];

/** `email list --partner P`: counts and dates, since there are no addresses. */
function addEmailList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "count the addresses a partner registered; the addresses themselves are not kept",
    example: "email list --partner north-shop",
  })
    .requiredOption("--partner <id>", "whose customers they are")
    .action(
      run(async (cli, { partner }: { partner: string }) => {
        const { summariseEmails } = await import("../summarise-emails.ts");
        const rows = await cli.withDeps((deps) => summariseEmails(deps, partner));
        cli.print(rows, () =>
          rows.length === 0 ? `${partner} has registered no addresses.\n` : formatTable(columns, rows),
        );
      }),
    );
}

/** `email erase ADDRESS`: erases an address on its owner's wish. */
function addEmailErase(parent: Command, run: Run): void {
  describeCommand(parent, "erase", {
    summary: "erase a customer's address: no later purchase is credited by it",
    example: "email erase customer@example.com",
  })
    .argument("<address>", "the address; - reads it from standard input, so that no shell remembers it")
    .option("--orders", "also take its keyed hash off all orders, which reads the whole history")
    .option("--dry-run", "count and erase nothing")
    .action(
      run(async (cli, address: string, options: { orders?: boolean; dryRun?: boolean }) => {
        const email = address === "-" ? await readLine(cli.terminal.stdin) : address;
        const { orders = false, dryRun = false } = options;
        const { eraseEmail } = await import("../erase-email.ts");
        const report = await cli.withDeps((deps) => eraseEmail(deps, { email, orders, dryRun }));
        cli.print(report, () => {
          const counts = [
            countOf(report.registrations, "registration"),
            ...(orders ? [countOf(report.orders, "order")] : []),
          ];
          return `${dryRun ? "Would be erased" : "Erased"}: ${counts.join(", ")}.\n`;
        });
      }),
    );
}

const bytesAtMost = 4_096;

async function readLine(input: Readable): Promise<string> {
  let text = "";
  for await (const chunk of input) {
    text += String(chunk);
    if (text.length > bytesAtMost)
      throw new CommandRefusal("usage", "Standard input is to hold one address.");
  }
  return text.trim();
}

/** `partner form-link ID`: the link to the form where a partner's customers register themselves. */
export function addPartnerFormLink(parent: Command, run: Run): void {
  describeCommand(parent, "form-link", {
    summary: "make a link to the form where a partner's customers register their addresses",
    example: "partner form-link north-shop --product acme-paint --expires 2027-12-31",
  })
    .argument("<id>", "the partner's id")
    .option("--product <id>", "for this product alone (default: every one)")
    .option(
      "--expires <date>",
      "the last day it counts, a year ahead at the most (default: in 90 days)",
      readEnd,
    )
    .option("--key <key-id>", "the API key it ends with (default: the partner's newest)")
    .action(
      run(async (cli, partner: string, options: { product?: string; expires?: Instant; key?: string }) => {
        const { listPartnerKeys } = await import("../../access/partner-keys.ts");
        const { makeFormLink } = await import("../form-link.ts");
        const link = await cli.withDeps(async (deps) => {
          const usable = (await listPartnerKeys(deps, partner)).filter(({ status }) => status === "active");
          const key = options.key === undefined ? usable[0] : usable.find(({ id }) => id === options.key);
          if (key === undefined)
            throw new CommandRefusal(
              "key_missing",
              `${partner} has no such active key: \`tallystick partner key issue ${partner}\` makes one.`,
            );
          const { product, expires: expiresAt } = options;
          return makeFormLink(deps, { partner, keyId: key.id, product, expiresAt });
        });
        cli.print(link, () => `${link.url}\n`);
        if (!cli.json) cli.say(`It ends at ${formatTime(link.expiresAt)}.`);
      }),
    );
}
