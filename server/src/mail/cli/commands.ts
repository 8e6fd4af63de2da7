import { type Command, InvalidArgumentError } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { ListedMail, MailFilter } from "../mails.ts";

/** Adds the commands about mail. */
export function addMailCommands(noun: Command, run: Run): void {
  addTest(noun, run);
  addList(noun, run);
  addRetry(noun, run);
}

function addTest(noun: Command, run: Run): void {
  describeCommand(noun, "test", {
    summary: "send a test mail at once, and say what the mail server answers",
    example: "mail test ann@acme.example",
  })
    .argument("<address>", "where to")
    .action(
      run(async (cli, address: string) => {
        const { sendTestMail } = await import("../send-test.ts");
        const config = await cli.loadConfig();
        const sent = await sendTestMail(config, address, cli.terminal.env);
        cli.print(sent, () => `The mail to ${sent.to} was taken by ${sent.by}.\n`);
      }),
    );
}

const columns: readonly Column<ListedMail>[] = [
  { heading: "mail", of: ({ id }) => id },
  { heading: "kind", of: ({ kind }) => kind },
  { heading: "to", of: ({ to }) => to },
  { heading: "state", of: ({ state }) => state },
  { heading: "tries", of: ({ attempts }) => String(attempts) },
  { heading: "problem", of: ({ problem }) => problem },
  { heading: "written", of: ({ createdAt }) => formatTime(createdAt) },
];

function addList(noun: Command, run: Run): void {
  describeCommand(noun, "list", {
    summary: "list mail that could not be sent, or mail in another state, the newest first",
    example: "mail list --state pending",
  })
    .option("--state <state>", "pending, sent, failed or dropped", readState, "failed")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: MailFilter) => {
        const { listMail } = await import("../mails.ts");
        const page = await cli.looking((deps) => listMail(deps, filter));
        cli.print(page, () =>
          page.mails.length === 0 ? "There is no such mail.\n" : formatTable(columns, page.mails),
        );
        if (page.next !== null && !cli.json) cli.say(`There is more: add --after ${page.next}`);
      }),
    );
}

const states = ["pending", "sent", "failed", "dropped"] as const;

function readState(text: string): (typeof states)[number] {
  const state = states.find((one) => one === text);
  if (state === undefined) throw new InvalidArgumentError(`expected one of ${states.join(", ")}`);
  return state;
}

function addRetry(noun: Command, run: Run): void {
  describeCommand(noun, "retry", {
    summary: "send a mail again that was given up",
    example: "mail retry ml_0lzk2f1p4c0ffee0c0ffee00",
  })
    .argument("<id>", "its id, see `mail list`")
    .action(
      run(async (cli, id: string) => {
        const { retryMail } = await import("../mails.ts");
        const mail = await cli.withDeps((deps) => retryMail(deps, id));
        cli.print(mail, () => `${mail.id} is due again.\n`);
      }),
    );
}
