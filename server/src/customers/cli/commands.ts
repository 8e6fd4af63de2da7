import type { Command } from "commander";
import { countOf } from "../../cli/amounts-and-times.ts";
import { readCount } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { openInput } from "../../cli/open-input.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import { Refusal } from "../../words/refusal.ts";
import type { Organisation } from "../organisations.ts";
import type { Customer } from "../shown-customers.ts";
import type { CustomerReport, LeftOutCustomer } from "../tell-customers.ts";

/** What is wrong with one customer, as the end of a sentence. */
const faultWords: Record<LeftOutCustomer["reason"], string> = {
  not_an_address: "expected an e-mail address",
  text_invalid: "a name, address or version is too long, empty, or has control characters",
  language_invalid: "expected a language by its tag, such as de-AT",
  organisation_invalid: "expected names of organisations, divided by >",
  part_unknown: "expected parts of buys, uses, decides and administers",
  product_unknown: "the configuration has no such product",
  licence_missing: "expected --product and --licence together, or --organisation",
  consent_invalid: "expected a consent's version, and a time that is over",
  licence_not_sold: "its last term was sold by somebody else",
  too_many_people: "the licence has as many people as can be told of",
};

/** Adds the commands about customers. */
export function addCustomerCommands(noun: Command, run: Run): void {
  addCustomerAdd(noun, run);
  addCustomerImport(noun, run);
  addCustomerList(noun, run);
  addCustomerRemove(noun, run);
  addCustomerOrganisations(noun, run);
  addCustomerMove(noun, run);
}

interface AddOptions {
  name?: string;
  address?: string;
  language?: string;
  organisation?: string;
  part?: string[];
  product?: string;
  licence?: string;
  ofVersion?: string;
}

type Say = (text: string) => void;

function sayInvalid(report: CustomerReport, say: Say): void {
  for (const { row, reason } of report.invalid) say(`Row ${row} was left out: ${reason}`);
}

/** `customer add EMAIL`: keeps who somebody is, and its part in a licence. */
function addCustomerAdd(parent: Command, run: Run): void {
  describeCommand(parent, "add", {
    summary: "keep who a customer is, sealed, with the part in a licence's purchase",
    example:
      'customer add ann@works.example --product acme-paint --licence AAAA-BBBB --part buys --organisation "Works > Vienna"',
  })
    .argument("<email>", "the e-mail address")
    .option("--name <name>", "the person's name")
    .option("--address <address>", "the postal address, on one line")
    .option("--language <tag>", "in which language to write, BCP 47")
    .option("--organisation <names>", "the organisation, below those it is a part of, divided by >")
    .option("--part <part...>", "buys (default), uses, decides or administers")
    .option("--product <id>", "the product of the licence")
    .option("--licence <licence>", "the licence; without one the parts are in all that the organisation buys")
    .option("--of-version <version>", "the product's version of this licence")
    .action(
      run(async (cli, email: string, { organisation, part, ofVersion, ...more }: AddOptions) => {
        const { tellCustomers } = await import("../tell-customers.ts");
        const path = organisation?.split(">").map((name) => name.trim());
        const told = { row: 1, email, organisation: path, parts: part, version: ofVersion, ...more };
        const report = await cli.withDeps((deps) => tellCustomers(deps, { by: "vendor" }, [told]));
        const [fault] = report.invalid;
        if (fault !== undefined)
          throw new Refusal("request_invalid", `The customer is not kept: ${faultWords[fault.reason]}.`);
        cli.print(report, () => "The customer is kept.\n");
      }),
    );
}

/** `customer import FILE`: keeps a list of customers. */
function addCustomerImport(parent: Command, run: Run): void {
  describeCommand(parent, "import", {
    summary: "keep who customers are from a CSV file, one person and one licence a row",
    example: "customer import --dry-run customers.csv",
  })
    .argument(
      "<file>",
      "columns email, name, address, language, organisation, parts, product, licence, version, consent_version, consented_at; - reads standard input",
    )
    .option("--dry-run", "check all and keep nothing")
    .action(
      run(async (cli, file: string, { dryRun = false }: { dryRun?: boolean }) => {
        const { importCustomers } = await import("../import-customers.ts");
        const source = await openInput(file, cli.terminal);
        const report = await cli.withDeps((deps) => importCustomers(deps, source, { dryRun }));
        cli.print(report, () => `${countOf(report.kept, "row")} ${dryRun ? "would be" : "were"} kept.\n`);
        sayInvalid(report, (text) => cli.say(text));
        if (report.kept < report.received) cli.exitWith(1);
      }),
    );
}

const columns: readonly Column<Customer>[] = [
  { heading: "customer", of: ({ customer }) => customer },
  { heading: "e-mail", of: ({ email }) => email },
  { heading: "name", of: ({ name }) => name },
  { heading: "organisation", of: ({ organisation }) => organisation?.name ?? null },
  { heading: "told by", of: ({ toldBy, source }) => toldBy ?? (source === "order" ? "shop" : "vendor") },
  {
    heading: "licences",
    of: ({ licences }) =>
      licences
        .map(({ product, licenceEnd, parts, partner }) =>
          [
            product ?? "?",
            licenceEnd === null ? "" : `…${licenceEnd}`,
            parts.join("+"),
            `of ${partner ?? "vendor"}`,
          ]
            .filter((text) => text !== "")
            .join(" "),
        )
        .join(", ") || null,
  },
];

/** `customer list`: who customers are, and who sold them each licence. */
function addCustomerList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list who customers are, and who sold them each licence",
    example: "customer list --product acme-paint",
  })
    .option("--product <id>", "only those with a licence of this product")
    .option("--organisation <id>", "only those in this organisation")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: { product?: string; organisation?: string; limit: number; after?: string }) => {
        const { listCustomers } = await import("../shown-customers.ts");
        const page = await cli.looking((deps) => listCustomers(deps, filter));
        cli.print(page, () =>
          page.customers.length === 0 ? "There are no customers.\n" : formatTable(columns, page.customers),
        );
        if (!cli.json && page.next !== null) cli.say(`More with --after ${page.next}`);
      }),
    );
}

/** `customer remove ID`: removes a person from the customers. */
function addCustomerRemove(parent: Command, run: Run): void {
  describeCommand(parent, "remove", {
    summary: "remove a person from the customers; person erase takes a person off everything",
    example: "customer remove cu_0mijk3v0h00001f0c2e4b6d8",
  })
    .argument("<id>", "the customer's id")
    .action(
      run(async (cli, customer: string) => {
        const { removeCustomer } = await import("../shown-customers.ts");
        const removed = await cli.withDeps((deps) => removeCustomer(deps, { customer }));
        cli.print(removed, () => `${customer} is removed.\n`);
      }),
    );
}

const organisationColumns: readonly Column<Organisation>[] = [
  { heading: "organisation", of: ({ organisation }) => organisation },
  { heading: "name", of: ({ name }) => name },
  { heading: "part of", of: ({ parent }) => parent },
  { heading: "told by", of: ({ toldBy }) => toldBy ?? "vendor" },
];

/** `customer organisations`: the organisations, each with the one it is a part of. */
function addCustomerOrganisations(parent: Command, run: Run): void {
  describeCommand(parent, "organisations", {
    summary: "list the customers' organisations, each with the one it is a part of",
    example: "customer organisations",
  })
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, filter: { limit: number; after?: string }) => {
        const { listOrganisations } = await import("../organisations.ts");
        const page = await cli.looking((deps) => listOrganisations(deps, filter));
        cli.print(page, () =>
          page.organisations.length === 0
            ? "There are no organisations.\n"
            : formatTable(organisationColumns, page.organisations),
        );
        if (!cli.json && page.next !== null) cli.say(`More with --after ${page.next}`);
      }),
    );
}

/** `customer move ID`: places an organisation below another, or at the top. */
function addCustomerMove(parent: Command, run: Run): void {
  describeCommand(parent, "move", {
    summary: "place an organisation below another, or at the top",
    example: "customer move or_0mijk3v0h00001f0c2e4b6d8 --below or_0mijk3v0g00001f0c2e4b6d8",
  })
    .argument("<id>", "the organisation's id")
    .option("--below <id>", "the organisation that it is a part of; at the top without it")
    .action(
      run(async (cli, organisation: string, { below = null }: { below?: string | null }) => {
        const { moveOrganisation } = await import("../organisations.ts");
        const moved = await cli.withDeps((deps) => moveOrganisation(deps, { organisation, parent: below }));
        cli.print(moved, () => formatTable(organisationColumns, [moved]));
      }),
    );
}
