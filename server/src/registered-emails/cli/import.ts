import { createReadStream } from "node:fs";
import type { Command } from "commander";
import { readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { GivenConsent } from "../consent.ts";

interface ImportOptions {
  partner: string;
  product?: string;
  consentVersion?: string;
  consentedAt?: Instant;
  dryRun?: boolean;
}

/** `email import --partner P FILE`: registers the addresses of a list. */
export function addEmailImport(parent: Command, run: Run): void {
  describeCommand(parent, "import", {
    summary: "register customers' addresses for a partner from a CSV file; only keyed hashes are kept",
    example: "email import --partner north-shop --dry-run customers.csv",
  })
    .argument("<file>", "columns email, product, consent_version, consented_at; - reads standard input")
    .requiredOption("--partner <id>", "whose customers they are")
    .option("--product <id>", "for rows that name no product; every one unless told")
    .option("--consent-version <version>", "the wording they agreed to, for rows that name none")
    .option("--consented-at <date>", "when they agreed", readStart)
    .option("--dry-run", "check all and register nothing")
    .action(
      run(async (cli, file: string, options: ImportOptions) => {
        const { importEmails } = await import("../import-emails.ts");
        const source = file === "-" ? cli.terminal.stdin : createReadStream(file);
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
