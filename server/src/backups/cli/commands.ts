import type { Command } from "commander";
import { countOf } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { describeFailure } from "../../cli/failure.ts";
import type { Config } from "../../config/config.ts";
import type { OpenedDeps } from "../../deps/open-deps.ts";
import type { ReceiverCommandLine, Run } from "../../deps/run.ts";
import type { Manifest } from "../manifest.ts";

/** What is asked of a restored receiver before its backup is called good: one sentence for each thing that is wrong. */
export type CheckBooks = (deps: OpenedDeps) => Promise<readonly string[]>;

const passphraseOption = ["--passphrase-file <file>", "the file that holds the passphrase"] as const;

/** Adds `backup create`, `backup verify` and `backup restore`. `checkBooks` is run by `verify` on the restored receiver. */
export function addBackupCommands(noun: Command, run: Run, checkBooks: CheckBooks): void {
  addCreate(noun, run);
  addVerify(noun, run, checkBooks);
  addRestore(noun, run);
}

interface WithPassphrase {
  passphraseFile?: string;
}

function addCreate(noun: Command, run: Run): void {
  describeCommand(noun, "create", {
    summary:
      "write database, keys, pepper, configuration and secrets' files to one file, beside a running receiver",
    example: "backup create /backup/tallystick-2026-11-29 --passphrase-file /root/backup-passphrase",
  })
    .argument("<file>", "the file to write; there must be none of that name")
    .option(...passphraseOption)
    .action(
      run(async (cli, file: string, options: WithPassphrase) => {
        const config = await cli.loadConfig();
        const { createBackup } = await import("../create-backup.ts");
        const { systemClock } = await import("../../words/clock.ts");
        const made = await createBackup({
          config,
          env: cli.terminal.env,
          now: systemClock(),
          file,
          ...(await passphraseOf(options)),
        });
        cli.print(
          { ...made, manifest: made.manifest },
          () => `Wrote ${made.file}\n${describe(made.manifest)}`,
        );
        if (!made.sealed) {
          cli.say(
            "It holds private keys and secrets in clear: keep it as you keep those, or use --passphrase-file.",
          );
        }
        tellVariables(cli, made.manifest);
      }),
    );
}

function addVerify(noun: Command, run: Run, checkBooks: CheckBooks): void {
  describeCommand(noun, "verify", {
    summary: "restore a backup into a folder that is removed again, and check its database and its ledger",
    example: "backup verify /backup/tallystick-2026-11-29",
  })
    .argument("<file>", "the backup")
    .option(...passphraseOption)
    .action(
      run(async (cli, file: string, options: WithPassphrase) => {
        const { verifyBackup } = await import("../verify-backup.ts");
        const report = await verifyBackup({
          file,
          ...(await passphraseOf(options)),
          tryOut: (config) => tryOut(cli, config, checkBooks),
        });
        cli.print(report, () =>
          report.ok
            ? `The backup is good.\n${describe(report.manifest)}`
            : report.failures.map((failure) => `${failure}\n`).join(""),
        );
        if (report.ok) return;
        cli.say("The backup is not good.");
        cli.exitWith(1);
      }),
    );
}

function addRestore(noun: Command, run: Run): void {
  describeCommand(noun, "restore", {
    summary: "make a folder of a backup, from which `serve` runs",
    example: "backup restore /backup/tallystick-2026-11-29 --dir /var/lib/tallystick",
  })
    .argument("<file>", "the backup")
    .requiredOption("--dir <dir>", "the folder to make; it must be missing or empty")
    .option(...passphraseOption)
    .action(
      run(async (cli, file: string, { dir, ...options }: WithPassphrase & { dir: string }) => {
        const { restoreBackup } = await import("../restore-backup.ts");
        const restored = await restoreBackup({ file, dir, ...(await passphraseOf(options)) });
        cli.print(restored, () => `Restored ${restored.config}\n${describe(restored.manifest)}`);
        tellVariables(cli, restored.manifest);
        cli.say(
          "Check it with `ledger verify`. Sales that came after the backup are told again with `shop reconcile`.",
        );
      }),
    );
}

/** Opens the restored receiver; that it cannot be opened is what the trial wanted to know. */
async function tryOut(
  cli: ReceiverCommandLine,
  config: Config,
  checkBooks: CheckBooks,
): Promise<readonly string[]> {
  try {
    return await cli.withDeps(checkBooks, config);
  } catch (error) {
    const { message, problems = [] } = describeFailure(error);
    return [message, ...problems.map((problem) => `${problem.path}: ${problem.message}`)];
  }
}

async function passphraseOf({ passphraseFile }: WithPassphrase): Promise<{ passphrase?: string }> {
  if (passphraseFile === undefined) return {};
  const { readPassphrase } = await import("../passphrase.ts");
  return { passphrase: readPassphrase(passphraseFile) };
}

function describe({ createdAt, database, members }: Manifest): string {
  const { orders = 0, partners = 0 } = database.rows;
  const keys = members.filter(({ name }) => name.startsWith("keys/")).length;
  return `  ${[createdAt, countOf(orders, "order"), countOf(partners, "partner"), countOf(keys, "key")].join(", ")}\n`;
}

function tellVariables(cli: ReceiverCommandLine, { variables }: Manifest): void {
  if (variables.length > 0) cli.say(`Not in it, since variables hold them: ${variables.join(", ")}.`);
}
