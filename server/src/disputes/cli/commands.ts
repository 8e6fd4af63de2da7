import { type Command, Option } from "commander";
import { countOf } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import type { Run } from "../../deps/run.ts";
import type { Claim } from "../claim.ts";
import type { SentFile } from "../evidence-file.ts";
import type { DisputeFilter } from "../open-dispute.ts";
import { disputeStates } from "../rows/schema.ts";
import type { Ruling } from "../rule-dispute.ts";
import { disputeTable, disputeText } from "./dispute-text.ts";

/** Adds the commands about contested decisions. */
export function addDisputeCommands(noun: Command, run: Run): void {
  addDisputeOpen(noun, run);
  addDisputeList(noun, run);
  addDisputeShow(noun, run);
  addDisputeAnswer(noun, run);
  addDisputeRule(noun, run);
}

interface OpenOptions extends Claim {
  partner: string;
  text: string;
  file?: string;
}

/** `dispute open`: enters what a partner contests. */
function addDisputeOpen(parent: Command, run: Run): void {
  describeCommand(parent, "open", {
    summary: "enter what a partner contests by letter or telephone; by API it does so itself",
    example: 'dispute open --partner north-shop --number cs_test_a1 --text "We sold this copy."',
  })
    .requiredOption("--partner <id>", "the partner who contests")
    .requiredOption("--text <text>", "why, in the partner's words")
    .option("--number <number>", "any number that the shop gave the order")
    .option("--serial <serial>", "a serial or licence of the copy")
    .option("--date <day>", "the day of the purchase (UTC), with --product")
    .option("--product <id>", "the product, with --date")
    .option("--file <file>", "evidence: .txt, .pdf, .png or .jpg, 512 KiB at the most")
    .action(
      run(async (cli, { partner, file, ...dispute }: OpenOptions) => {
        const { openDispute, showDispute } = await import("../open-dispute.ts");
        const sent = file === undefined ? undefined : await readSent(file);
        const record = await cli.withDeps(async (deps) => {
          const { id } = await openDispute(deps, partner, { ...dispute, file: sent });
          return showDispute(deps, id);
        });
        cli.print(record, () => disputeText(record));
      }),
    );
}

const types: Readonly<Record<string, string>> = {
  txt: "text/plain",
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
};

async function readSent(file: string): Promise<SentFile> {
  const { readFile } = await import("node:fs/promises");
  const { basename, extname } = await import("node:path");
  const type = types[extname(file).slice(1).toLowerCase()];
  if (type === undefined) throw new CommandRefusal("usage", `${file}: expected .txt, .pdf, .png or .jpg.`);
  return { name: basename(file), type, base64: (await readFile(file)).toString("base64") };
}

/** `dispute list`: all of them, or the vendor's queue. */
function addDisputeList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary:
      "list contested decisions, the newest first; with --due what waits for you, the most urgent first",
    example: "dispute list --due",
  })
    .option("--due", "only what waits for your answer, by its date")
    .addOption(new Option("--state <state>", "only those in it").choices(disputeStates))
    .option("--partner <id>", "only this partner's")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: DisputeFilter) => {
        const { listDisputes } = await import("../open-dispute.ts");
        const page = await cli.looking((deps) => listDisputes(deps, filter));
        cli.print(page, () =>
          page.disputes.length === 0 ? "There are none.\n" : disputeTable(page.disputes),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
}

/** `dispute show ID`: with everybody's part, side by side. */
function addDisputeShow(parent: Command, run: Run): void {
  describeCommand(parent, "show", {
    summary: "show a contested decision with everybody's part in the order, side by side",
    example: "dispute show dp_0mh8l5x2k0123456789abcdef01234",
  })
    .argument("<id>", "the contested decision")
    .action(
      run(async (cli, id: string) => {
        const { showDispute } = await import("../open-dispute.ts");
        const dispute = await cli.looking((deps) => showDispute(deps, id));
        cli.print(dispute, () => disputeText(dispute));
      }),
    );
}

/** `dispute answer ID`: answers the partner. */
function addDisputeAnswer(parent: Command, run: Run): void {
  describeCommand(parent, "answer", {
    summary: "answer the partner, or note something that it does not see",
    example: 'dispute answer dp_0mh8l5x2k0123456789abcdef01234 --text "Which invoice was it?"',
  })
    .argument("<id>", "the contested decision")
    .requiredOption("--text <text>", "what to say; name no other partner")
    .option("--file <file>", "a file for the thread")
    .option("--internal", "a note of your own: the partner does not see it")
    .action(
      run(async (cli, id: string, options: { text: string; file?: string; internal?: boolean }) => {
        const { answerDispute } = await import("../answer-dispute.ts");
        const { text, internal } = options;
        const file = options.file === undefined ? undefined : await readSent(options.file);
        const dispute = await cli.withDeps((deps) => answerDispute(deps, id, { text, file, internal }));
        cli.print(dispute, () => disputeText(dispute));
      }),
    );
}

interface RuleOptions {
  to: string;
  note: string;
  answer?: string;
  shop?: string;
  order?: string;
  all?: boolean;
  partner?: string;
  reason?: string;
  dryRun?: boolean;
}

/** `dispute rule ID`, or a class with `--all`. */
function addDisputeRule(parent: Command, run: Run): void {
  describeCommand(parent, "rule", {
    summary: "rule on a contested decision, or on a class of them with --all",
    example:
      'dispute rule dp_0mh8l5x2k0123456789abcdef01234 --to north-shop --note "Invoice 17 shows the sale."',
  })
    .argument("[id]", "the contested decision; none with --all")
    .requiredOption("--to <whom>", "who earned it: a partner, nobody, as-decided; with --all also claimant")
    .requiredOption("--note <text>", "why, for your own record")
    .option("--answer <text>", "what the partner is told (default: whether its claim was granted)")
    .option("--shop <shop>", "with --order: which order is meant, where the claim does not tell")
    .option("--order <id>", "any id the shop gave the order")
    .option("--all", "rule on all that wait, but for orders that two partners contest")
    .option("--partner <id>", "with --all: only this partner's")
    .option("--reason <code>", "with --all: only those whose order was decided for this reason")
    .option("--dry-run", "with --all: only say which")
    .action(
      run(async (cli, id: string | undefined, options: RuleOptions) => {
        refuseMixed(id, options);
        const { note, answer, partner, reason, dryRun, shop, order } = options;
        const { ruleDispute, ruleDisputes } = await import("../rule-dispute.ts");
        if (id !== undefined) {
          const named = shop === undefined || order === undefined ? undefined : { shop, order };
          const ruling = { to: readTo(options.to), note, answer, order: named };
          const dispute = await cli.withDeps((deps) => ruleDispute(deps, id, ruling));
          cli.print(dispute, () => disputeText(dispute));
          return;
        }
        const to = options.to === "claimant" ? options.to : readTo(options.to);
        const result = await cli.withDeps((deps) =>
          ruleDisputes(deps, { to, note, answer, partner, reason, dryRun }),
        );
        cli.print(result, () =>
          [...result.ruled, ...result.left].map((one) => `${one.id} ${one.partner}\n`).join(""),
        );
        cli.say(
          `${result.dryRun ? "Would rule" : "Ruled"} on ${countOf(result.ruled.length, "contested decision")}; ${result.left.length} are left for a person.`,
        );
      }),
    );
}

const readTo = (text: string): Ruling["to"] =>
  text === "nobody" || text === "as-decided" ? text : { partner: text };

function refuseMixed(
  id: string | undefined,
  { all, partner, reason, dryRun, shop, order }: RuleOptions,
): void {
  if ((id === undefined) !== (all === true))
    throw new CommandRefusal("usage", "Name a contested decision, or say --all.");
  const ofClass = partner !== undefined || reason !== undefined || dryRun !== undefined;
  const ofOne = shop !== undefined || order !== undefined;
  if (id === undefined ? ofOne : ofClass)
    throw new CommandRefusal(
      "usage",
      "--partner, --reason and --dry-run go with --all; --shop and --order without.",
    );
  if ((shop === undefined) !== (order === undefined))
    throw new CommandRefusal("usage", "--shop and --order go together.");
}
