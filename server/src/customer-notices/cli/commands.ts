import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { countOf, formatTime } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { tellCount } from "../../cli/progress.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { NoticeReach, ServiceNotice } from "../product-notices.ts";
import type { RenewalNotice } from "../renewal-notices.ts";

/** Adds the commands about what the vendor tells its customers. */
export function addNoticeCommands(noun: Command, run: Run): void {
  addSend(noun, run);
  addList(noun, run);
  addShow(noun, run);
  addRenewals(noun, run);
}

interface SendOptions {
  product: string;
  ofVersion?: string;
  title: string;
  text?: string;
  file?: string;
  dryRun?: boolean;
}

function addSend(noun: Command, run: Run): void {
  describeCommand(noun, "send", {
    summary: "tell all customers of a product something about the product itself, such as a security patch",
    example:
      'notice send --product acme-paint --of-version 3 --title "Security update 3.1.2" --file notice.txt --dry-run',
  })
    .requiredOption("--product <id>", "the product")
    .option("--of-version <version>", "leave out those who are known to have another version")
    .requiredOption("--title <title>", "one line")
    .option("--text <text>", "what it says; an empty line begins a new paragraph")
    .option("--file <file>", "a file with what it says")
    .option("--dry-run", "say how many would be told, and who is left out and why; send nothing")
    .action(
      run(async (cli, { file, text: given, ofVersion, dryRun = false, ...options }: SendOptions) => {
        const { rehearseServiceNotice, showServiceNotice, writeServiceNotice } = await import(
          "../product-notices.ts"
        );
        const { runServiceNotices } = await import("../write-letters.ts");
        const text = file === undefined ? (given ?? "") : await readFile(file, "utf8");
        const notice = { ...options, text, version: ofVersion };
        if (dryRun) {
          const progress = tellCount(cli.terminal.stderr, "licences looked at");
          const reach = await cli.withDeps((deps) => rehearseServiceNotice(deps, notice, progress.tell));
          progress.end();
          cli.print(reach, () => reachText(reach, "would be told"));
          return;
        }
        const progress = tellCount(cli.terminal.stderr, "letters written");
        const sent = await cli.withDeps(async (deps) => {
          const { id } = await writeServiceNotice(deps, notice);
          await runServiceNotices(deps, progress.tell);
          return showServiceNotice(deps, id);
        });
        progress.end();
        cli.print(sent, () => noticeText(sent));
      }),
    );
}

const reachText = ({ recipients, licences, blocked }: NoticeReach, what: string): string =>
  `${countOf(recipients, "recipient")} with ${countOf(licences, "licence")} ${what}.\n${blocked
    .map(({ reason, licences: count }) => `Left out: ${countOf(count, "licence")}, ${reason}.\n`)
    .join("")}`;

const noticeText = (notice: ServiceNotice): string =>
  `${notice.id} ${notice.state}: ${notice.written} written, ${notice.waiting} waiting.\n${reachText(notice.reach, "are told")}`;

const columns: readonly Column<ServiceNotice>[] = [
  { heading: "notice", of: ({ id }) => id },
  { heading: "product", of: ({ product, version }) => [product, version].filter(Boolean).join(" ") },
  { heading: "title", of: ({ title }) => title },
  { heading: "state", of: ({ state }) => state },
  { heading: "written", of: ({ written }) => String(written) },
  { heading: "waiting", of: ({ waiting }) => String(waiting) },
  {
    heading: "left out",
    of: ({ reach }) => String(reach.blocked.reduce((sum, { licences }) => sum + licences, 0)),
  },
  { heading: "time", of: ({ writtenAt }) => formatTime(writtenAt) },
];

function addList(noun: Command, run: Run): void {
  describeCommand(noun, "list", {
    summary: "list service notices with their progress, the newest first",
    example: "notice list",
  })
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, page: { limit: number; after?: string }) => {
        const { listServiceNotices } = await import("../product-notices.ts");
        const found = await cli.looking((deps) => listServiceNotices(deps, page));
        cli.print(found, () =>
          found.notices.length === 0 ? "There is no notice.\n" : formatTable(columns, found.notices),
        );
        if (found.next !== null && !cli.json) cli.say(`There is more: add --after ${found.next}`);
      }),
    );
}

function addShow(noun: Command, run: Run): void {
  describeCommand(noun, "show", {
    summary: "show a service notice with its progress",
    example: "notice show sn_0lzk2f1p4c0ffee0c0ffee00a",
  })
    .argument("<id>", "its id, see `notice list`")
    .action(
      run(async (cli, id: string) => {
        const { showServiceNotice } = await import("../product-notices.ts");
        const notice = await cli.looking((deps) => showServiceNotice(deps, id));
        cli.print(notice, () => `${notice.title}\n\n${notice.text}\n\n${noticeText(notice)}`);
      }),
    );
}

const renewalColumns: readonly Column<RenewalNotice>[] = [
  { heading: "customer", of: ({ customer }) => customer },
  { heading: "product", of: ({ product }) => product },
  { heading: "licence", of: ({ licenceEnd }) => (licenceEnd === null ? "" : `…${licenceEnd}`) },
  { heading: "partner", of: ({ partner }) => partner ?? "" },
  { heading: "ends", of: ({ endsAt }) => formatTime(endsAt) },
  { heading: "outcome", of: ({ outcome, reason }) => reason ?? outcome },
  { heading: "time", of: ({ notedAt }) => formatTime(notedAt) },
];

function addRenewals(noun: Command, run: Run): void {
  describeCommand(noun, "renewals", {
    summary: "list who was written to because a term ends, and who was left out and why",
    example: "notice renewals --outcome blocked",
  })
    .option("--outcome <outcome>", "written or blocked", readOutcome)
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, page: { limit: number; after?: string; outcome?: "written" | "blocked" }) => {
        const { listRenewalNotices } = await import("../renewal-notices.ts");
        const found = await cli.looking((deps) => listRenewalNotices(deps, page));
        cli.print(found, () =>
          found.notices.length === 0 ? "There is no notice.\n" : formatTable(renewalColumns, found.notices),
        );
        if (found.next !== null && !cli.json) cli.say(`There is more: add --after ${found.next}`);
      }),
    );
}

function readOutcome(text: string): "written" | "blocked" {
  if (text === "written" || text === "blocked") return text;
  throw new InvalidArgumentError("expected written or blocked");
}
