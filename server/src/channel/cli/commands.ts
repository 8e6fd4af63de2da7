import type { Command } from "commander";
import { Option } from "commander";
import { sharingLevels } from "../../agreements/agreement.ts";
import { formatPercent, formatTime } from "../../cli/amounts-and-times.ts";
import { readPercent, readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { type Column, formatFields, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import { type NewPartner, type Partner, type PartnerChanges, partnerKinds } from "../partner.ts";
import type { PartnerHistoryEntry } from "../partner-history.ts";

/** `partner add ID`: adds a partner to the channel. */
export function addPartnerAdd(parent: Command, run: Run): void {
  describeCommand(parent, "add", {
    summary: "add a partner",
    example: 'partner add north-shop --name "North Shop" --percent 20',
  })
    .argument("<id>", "the id in tokens and the ledger: a-z, 0-9, dot, underscore and hyphen")
    .requiredOption("--name <name>", "the name people read")
    .addOption(new Option("--kind <kind>", "what it is").choices(partnerKinds).default("reseller"))
    .option("--parent <id>", "the partner above it")
    .option("--since <date>", "since when that one is above it (UTC; default: now)", readStart)
    .option("--percent <percent>", "commission of the net amount, at most two decimals", readPercent)
    .option("--email <address>", "its address, to notice its own purchases; only a keyed hash is kept")
    .addOption(
      new Option("--sharing <level>", "how much of its customers' purchases it is shown")
        .choices(sharingLevels)
        .default("none"),
    )
    .action(
      run(async (cli, id: string, options: Omit<NewPartner, "id">) => {
        const { name, kind, parent, since, percent, email, sharing } = options;
        const { addPartner } = await import("../partners.ts");
        const partner = await cli.withDeps((deps) =>
          addPartner(deps, { id, name, kind, parent, since, percent, email, sharing }),
        );
        cli.print(partner, () => partnerText(partner));
        if (!cli.json && parent !== undefined) cli.say(standsBelow({ id, parent }, since));
      }),
    );
}

/** A parent changes nothing by itself: what it earns is the plan's word. */
const standsBelow = ({ id, parent }: { id: string; parent: string }, since: Instant | undefined): string =>
  `${id} stands below ${parent} ${since === undefined ? "from now on" : `since ${formatTime(new Date(since).toISOString())}`}. What ${parent} earns by its sales, the overrides of a plan say: \`tallystick plan --help\`.`;

const columns: readonly Column<Partner>[] = [
  { heading: "id", of: ({ id }) => id },
  { heading: "name", of: ({ name }) => name },
  { heading: "kind", of: ({ kind }) => kind },
  { heading: "parent", of: ({ parent }) => parent },
  { heading: "percent", of: ({ percent }) => formatPercent(percent), align: "right" },
  { heading: "sharing", of: ({ sharing }) => sharing },
  { heading: "e-mail", of: ({ emailRegistered }) => (emailRegistered ? "registered" : "none") },
  { heading: "status", of: ({ status }) => status },
];

/** `partner list`: all partners by id. */
export function addPartnerList(parent: Command, run: Run): void {
  describeCommand(parent, "list", { summary: "list the partners", example: "partner list" }).action(
    run(async (cli) => {
      const { listPartners } = await import("../partners.ts");
      const partners = await cli.looking(listPartners);
      cli.print(partners, () =>
        partners.length === 0
          ? "There are no partners yet: `tallystick partner add --help` says how to add one.\n"
          : formatTable(columns, partners),
      );
    }),
  );
}

/** `partner show ID`: one partner. */
export function addPartnerShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", { summary: "show a partner", example: "partner show north-shop" })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, id: string) => {
        const { showPartner } = await import("../partners.ts");
        const partner = await cli.looking((deps) => showPartner(deps, id));
        cli.print(partner, () => partnerText(partner));
      }),
    );
}

/** Says what a move would have changed: another room knows. */
export type PreviewMove = (
  cli: Parameters<Parameters<Run>[0]>[0],
  move: { partner: string; parent: string | null },
) => Promise<void>;

interface EditOptions {
  dryRun?: boolean;
  name?: string;
  percent?: number;
  /** False for `--no-email`. */
  email?: string | false;
  sharing?: Partner["sharing"];
  /** False for `--no-parent`. */
  parent?: string | false;
  since?: Instant;
}

/** `partner edit ID`: changes what is known of a partner. */
export function addPartnerEdit(parent: Command, run: Run, previewMove: PreviewMove): void {
  describeCommand(parent, "edit", {
    summary: "change a partner; what is not named stays, and so does what was decided",
    example: "partner edit north-shop --email sales@north.example",
  })
    .argument("<id>", "the partner's id")
    .option("--name <name>", "the name people read")
    .option("--percent <percent>", "commission of the net amount, for orders to come", readPercent)
    .option("--email <address>", "its address, to notice its own purchases; only a keyed hash is kept")
    .option("--no-email", "forget its address")
    .addOption(
      new Option("--sharing <level>", "how much of its customers' purchases it is shown").choices(
        sharingLevels,
      ),
    )
    .option("--parent <id>", "the partner above it; what was decided before stays")
    .option("--no-parent", "nobody is above it")
    .option("--since <date>", "since when (UTC; default: now; a day to come is allowed)", readStart)
    .option("--dry-run", "with --parent: only say what the move would have changed in the last year")
    .action(
      run(async (cli, id: string, { name, percent, email, sharing, parent, since, dryRun }: EditOptions) => {
        if (dryRun === true && parent === undefined)
          throw new CommandRefusal("usage", "--dry-run goes with --parent or --no-parent.");
        if (dryRun === true)
          return previewMove(cli, { partner: id, parent: parent === false ? null : (parent ?? null) });
        const { editPartner } = await import("../edit-partner.ts");
        const changes: PartnerChanges = {
          name,
          percent,
          email: email === false ? null : email,
          sharing,
          parent: parent === false ? null : parent,
          since,
        };
        const partner = await cli.withDeps((deps) => editPartner(deps, id, changes));
        cli.print(partner, () => partnerText(partner));
        if (!cli.json && typeof parent === "string") cli.say(standsBelow({ id, parent }, since));
      }),
    );
}

/** `partner end ID`: the agreement with a partner has ended. */
export function addPartnerEnd(parent: Command, run: Run): void {
  describeCommand(parent, "end", {
    summary: "end the agreement with a partner: purchases from then on earn it nothing",
    example: "partner end north-shop --since 2027-11-01",
  })
    .argument("<id>", "the partner's id")
    .option("--since <date>", "when it ended (UTC; default: now)", readStart)
    .action(
      run(async (cli, id: string, { since }: { since?: Instant }) => {
        const { endPartner } = await import("../partners.ts");
        const partner = await cli.withDeps((deps) => endPartner(deps, id, since));
        cli.print(partner, () => partnerText(partner));
      }),
    );
}

/** `partner suspend ID`: what it would be credited for waits, and nothing is paid out to it. */
export function addPartnerSuspend(parent: Command, run: Run): void {
  describeCommand(parent, "suspend", {
    summary: "suspend a partner: what it would earn waits for a person, and nothing is paid out to it",
    example: "partner suspend north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, id: string) => {
        const { suspendPartner } = await import("../partner-standing.ts");
        const partner = await cli.withDeps((deps) => suspendPartner(deps, id));
        cli.print(partner, () => partnerText(partner));
      }),
    );
}

/** `partner merge ID --into ID`: two ids are one firm. */
export function addPartnerMerge(parent: Command, run: Run): void {
  describeCommand(parent, "merge", {
    summary: "merge a partner into another that is the same firm, for good; what was decided stays",
    example: "partner merge north-shop-old --into north-shop",
  })
    .argument("<id>", "the partner that ends")
    .requiredOption("--into <id>", "the partner that is credited from then on")
    .action(
      run(async (cli, id: string, { into }: { into: string }) => {
        const { mergePartner } = await import("../partner-standing.ts");
        const partner = await cli.withDeps((deps) => mergePartner(deps, id, { into }));
        cli.print(partner, () => partnerText(partner));
      }),
    );
}

/** `partner resume ID`: the agreement with a partner holds again. */
export function addPartnerResume(parent: Command, run: Run): void {
  describeCommand(parent, "resume", {
    summary: "take an end or a suspension back: purchases from then on earn the partner again",
    example: "partner resume north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, id: string) => {
        const { resumePartner } = await import("../partners.ts");
        const partner = await cli.withDeps((deps) => resumePartner(deps, id));
        cli.print(partner, () => partnerText(partner));
        if (!cli.json) cli.say("What was bought while it had ended stays as it was decided.");
      }),
    );
}

const historyColumns: readonly Column<PartnerHistoryEntry>[] = [
  { heading: "when", of: ({ recordedAt }) => formatTime(recordedAt) },
  { heading: "change", of: ({ change }) => change },
  {
    heading: "to",
    of: ({ changed }) =>
      Object.entries(changed)
        .map(([name, value]) => `${name} ${value}`)
        .join(", "),
  },
];

/** `partner history ID`: what was changed of a partner. */
export function addPartnerHistory(parent: Command, run: Run): void {
  describeCommand(parent, "history", {
    summary: "show what was changed of a partner, the oldest change first",
    example: "partner history north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, id: string) => {
        const { readPartnerHistory } = await import("../partner-history.ts");
        const history = await cli.looking((deps) => readPartnerHistory(deps, id));
        cli.print(history, () =>
          history.length === 0
            ? `Nothing of ${id} was changed since it was added.\n`
            : formatTable(historyColumns, history),
        );
      }),
    );
}

/** A partner for a person, a line for each of its members. */
function partnerText(partner: Partner): string {
  return formatFields([
    ["id", partner.id],
    ["name", partner.name],
    ["kind", partner.kind],
    ["parent", partner.parent],
    ["commission", formatPercent(partner.percent)],
    [
      "e-mail",
      partner.emailRegistered
        ? "registered (only its keyed hash is kept)"
        : `none: its own purchases cannot be noticed; partner edit ${partner.id} --email`,
    ],
    ["sharing", partner.sharing],
    ["status", partner.status],
    ["since", formatTime(partner.createdAt)],
    ...(partner.endedAt === null ? [] : [["until", formatTime(partner.endedAt)] as const]),
    ...(partner.suspendedAt === null ? [] : [["suspended", formatTime(partner.suspendedAt)] as const]),
    ...(partner.mergedInto === null ? [] : [["merged into", partner.mergedInto] as const]),
  ]);
}
