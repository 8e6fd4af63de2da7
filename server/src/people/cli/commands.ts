import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import { currentDeed } from "../../deps/actor.ts";
import type { Run } from "../../deps/run.ts";
import type { ListedPerson, PeopleFilter } from "../people.ts";

/** Hangs the commands about people who sign in into the noun `person`. */
export function addPeopleCommands(noun: Command, run: Run): void {
  addAdd(noun, run);
  addList(noun, run);
  addRemove(noun, run);
}

function addAdd(noun: Command, run: Run): void {
  describeCommand(noun, "add", {
    summary: "let somebody sign in, for the vendor or for a partner, and mail an invitation",
    example: "person add ann@north.example --role owner --partner north-shop",
  })
    .argument("<mail>", "the e-mail address")
    .requiredOption(
      "--role <role>",
      "owner, finance, channel, support or auditor; with --partner owner, finance or viewer",
    )
    .option("--partner <id>", "for this partner; by default for the vendor")
    .action(
      run(async (cli, mail: string, { role, partner }: { role: string; partner?: string }) => {
        const { addPerson } = await import("../people.ts");
        const person = await cli.withDeps((deps) =>
          addPerson(deps, { mail, role, partner, addedBy: currentDeed()?.actor ?? "cli:" }),
        );
        cli.print(
          person,
          () => `${person.id} may sign in as ${person.role} of ${person.partner ?? "the vendor"}.\n`,
        );
      }),
    );
}

const columns: readonly Column<ListedPerson>[] = [
  { heading: "person", of: ({ id }) => id },
  { heading: "address", of: ({ mail }) => mail },
  { heading: "for", of: ({ partner }) => partner ?? "the vendor" },
  { heading: "role", of: ({ role }) => role },
  { heading: "added", of: ({ addedAt }) => formatTime(addedAt) },
  { heading: "last seen", of: ({ lastSeenAt }) => (lastSeenAt === null ? null : formatTime(lastSeenAt)) },
];

function addList(noun: Command, run: Run): void {
  describeCommand(noun, "list", {
    summary: "list those who may sign in, in the order in which they were added",
    example: "person list --partner north-shop",
  })
    .option("--partner <id>", "only this partner's")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: PeopleFilter) => {
        const { listPeople } = await import("../people.ts");
        const page = await cli.looking((deps) => listPeople(deps, filter));
        cli.print(page, () =>
          page.people.length === 0 ? "Nobody may sign in.\n" : formatTable(columns, page.people),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
}

function addRemove(noun: Command, run: Run): void {
  describeCommand(noun, "remove", {
    summary: "take somebody's access away; all sessions end at once",
    example: "person remove ann@north.example --partner north-shop",
  })
    .argument("<person>", "the address, or the id of `person list`")
    .option("--partner <id>", "where the address stands for several")
    .action(
      run(async (cli, person: string, { partner }: { partner?: string }) => {
        const { removePerson } = await import("../people.ts");
        const removed = await cli.withDeps((deps) => removePerson(deps, { person, partner }));
        cli.print(removed, () => `${removed.id} may not sign in any more.\n`);
      }),
    );
}
