import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import {
  type NoticeKind,
  noticeKinds,
  type RenewalRights,
  type Sharing,
  sharingLevels,
} from "../../agreements/agreement.ts";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatFields, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import type { AgreementEntry, ShownAgreement } from "../agreements.ts";

/** Adds the commands about agreements. */
export function addAgreementCommands(noun: Command, run: Run): void {
  addAgreementSet(noun, run);
  addAgreementShow(noun, run);
  addAgreementHistory(noun, run);
}

interface SetOptions {
  since?: Instant;
  sharing?: Sharing;
  notices?: NoticeKind[];
  /** `none` is null. */
  renewalRights?: RenewalRights | null;
  /** `everywhere` is null. */
  territories?: string[] | null;
  selfBilling?: boolean;
  /** `none` is null. */
  silenceDays?: number | null;
  currency?: string;
  language?: string;
  note?: string;
  file?: string;
}

/** `agreement set ID`: agrees something anew. */
function addAgreementSet(parent: Command, run: Run): void {
  describeCommand(parent, "set", {
    summary: "agree something anew with a partner; what is not named stays",
    example: "agreement set north-shop --since 2027-01-01 --sharing transaction --renewal-rights 60/30",
  })
    .argument("<id>", "the partner's id")
    .option("--since <date>", "since when it holds (UTC; default: now)", readStart)
    .addOption(
      new Option("--sharing <level>", "what it is shown of its customers' purchases").choices(sharingLevels),
    )
    .option(
      "--notices <kinds>",
      `what you may write to its customers: ${noticeKinds.join(",")}, or none`,
      readNotices,
    )
    .option("--renewal-rights <days>", "days before and after a term's end, as 60/30, or none", readRights)
    .option("--territories <countries>", "where it may sell, as AT,CH, or everywhere", readTerritories)
    .option("--self-billing", "you write its invoices")
    .option("--no-self-billing", "it writes its own invoices")
    .option(
      "--silence-days <days>",
      "an invoice without an answer counts as accepted then, or none",
      readSilence,
    )
    .option("--currency <code>", "the currency it wants to be paid in")
    .option("--language <tag>", "the language it is written to in, as de-AT")
    .option("--note <text>", "a note for yourself")
    .option("--file <file>", "the signed paper: its hash is kept, not the file")
    .action(
      run(async (cli, id: string, { file, currency, ...options }: SetOptions) => {
        const { setAgreement } = await import("../agreements.ts");
        const fileHash = file === undefined ? undefined : await hashOf(file);
        const change = {
          ...options,
          currency: currency === undefined ? undefined : as.currency(currency),
          fileHash,
        };
        const agreement = await cli.withDeps((deps) => setAgreement(deps, id, change));
        cli.print(agreement, () => agreementText(agreement));
      }),
    );
}

async function hashOf(file: string): Promise<string> {
  const { createHash } = await import("node:crypto");
  const { readFile } = await import("node:fs/promises");
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}

/** `agreement show ID`: what is agreed with a partner. */
function addAgreementShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", {
    summary: "show what is agreed with a partner, now or on a day",
    example: "agreement show north-shop --at 2027-01-01",
  })
    .argument("<id>", "the partner's id")
    .option("--at <date>", "the moment (UTC; default: now)", readStart)
    .action(
      run(async (cli, id: string, { at }: { at?: Instant }) => {
        const { showAgreement } = await import("../agreements.ts");
        const agreement = await cli.looking((deps) => showAgreement(deps, id, { at }));
        cli.print(agreement, () => agreementText(agreement));
      }),
    );
}

const columns: readonly Column<AgreementEntry>[] = [
  { heading: "version", of: ({ version }) => version, align: "right" },
  { heading: "since", of: ({ since }) => formatTime(since) },
  { heading: "until", of: ({ until }) => (until === null ? null : formatTime(until)) },
  { heading: "sharing", of: ({ sharing }) => sharing },
  { heading: "notices", of: ({ notices }) => notices.join(", ") || null },
  { heading: "renewal rights", of: ({ renewalRights }) => rightsText(renewalRights) },
];

/** `agreement history ID`: all agreements with a partner. */
function addAgreementHistory(parent: Command, run: Run): void {
  describeCommand(parent, "history", {
    summary: "show all agreements with a partner, each for its time",
    example: "agreement history north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, id: string) => {
        const { readAgreementHistory } = await import("../agreements.ts");
        const history = await cli.looking((deps) => readAgreementHistory(deps, id));
        cli.print(history, () =>
          history.length === 0
            ? `Nothing was agreed with ${id}: it is shown its credits alone.\n`
            : formatTable(columns, history),
        );
      }),
    );
}

function readNotices(text: string): NoticeKind[] {
  if (text === "none") return [];
  const kinds = text.split(",");
  const known = noticeKinds.filter((kind) => kinds.includes(kind));
  if (kinds.length === 0 || known.length !== kinds.length)
    throw new InvalidArgumentError(`Expected some of ${noticeKinds.join(",")}, or none.`);
  return known;
}

function readRights(text: string): RenewalRights | null {
  if (text === "none") return null;
  const [, before, after] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  if (before === undefined || after === undefined)
    throw new InvalidArgumentError("Expected days before and after a term's end, such as 60/30, or none.");
  return { beforeDays: Number(before), afterDays: Number(after) };
}

function readTerritories(text: string): string[] | null {
  if (text === "everywhere") return null;
  const countries = text.split(",").map((code) => code.trim().toUpperCase());
  if (!countries.every((code) => /^[A-Z]{2}$/.test(code)))
    throw new InvalidArgumentError("Expected countries' two letters such as AT,CH, or everywhere.");
  return [...new Set(countries)];
}

function readSilence(text: string): number | null {
  if (text === "none") return null;
  if (!/^[1-9]\d{0,2}$/.test(text) || Number(text) > 365)
    throw new InvalidArgumentError("Expected a number of days from 1 to 365, or none.");
  return Number(text);
}

const rightsText = (rights: RenewalRights | null): string | null =>
  rights === null ? null : `${rights.beforeDays} days before to ${rights.afterDays} after`;

/** An agreement for a person, a line for each of its members. */
function agreementText(agreement: ShownAgreement): string {
  return formatFields([
    ["partner", agreement.partner],
    ["at", formatTime(agreement.at)],
    ["sharing", agreement.sharing],
    ["notices", agreement.notices.join(", ") || null],
    ["renewal rights", rightsText(agreement.renewalRights)],
    ["territories", agreement.territories?.join(", ") ?? "everywhere"],
    ["self-billing", agreement.selfBilling ? "yes" : "no"],
    ["silence accepts", agreement.silenceDays === null ? "never" : `after ${agreement.silenceDays} days`],
    ["currency", agreement.currency],
    ["language", agreement.language],
    ["note", agreement.note],
    ["file", agreement.fileHash],
  ]);
}
