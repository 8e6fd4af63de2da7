import { type Command, InvalidArgumentError } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand, describeNoun } from "../../cli/describe-command.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import { type KeyScope, keyScopes } from "../key-scopes.ts";
import type { PartnerKey } from "../partner-keys.ts";

const columns: readonly Column<PartnerKey>[] = [
  { heading: "key", of: ({ id }) => id },
  { heading: "name", of: ({ name }) => name },
  { heading: "scopes", of: ({ scopes }) => scopes?.join(", ") ?? "everything" },
  { heading: "status", of: ({ status }) => status },
  { heading: "created", of: ({ createdAt }) => formatTime(createdAt) },
  { heading: "last used", of: ({ lastUsedOn }) => lastUsedOn },
];

/** Adds `partner key issue`, `list` and `revoke`. */
export function addPartnerKeyCommands(parent: Command, run: Run): void {
  const noun = describeNoun(parent, "key", "the API keys by which partners call their own routes");
  addIssue(noun, run);
  addList(noun, run);
  addRevoke(noun, run);
}

function addIssue(noun: Command, run: Run): void {
  describeCommand(noun, "issue", {
    summary: "issue an API key to a partner; it is shown once",
    example: 'partner key issue north-shop --name "order system"',
  })
    .argument("<id>", "the partner's id")
    .option("--name <name>", "what it is for, to tell it from others")
    .option(
      "--scopes <scopes>",
      `what it may be used for: ${keyScopes.join(", ")} (default: everything)`,
      readScopes,
    )
    .action(
      run(async (cli, partner: string, { name, scopes }: { name?: string; scopes?: KeyScope[] }) => {
        const { issuePartnerKey } = await import("../partner-keys.ts");
        const issued = await cli.withDeps((deps) => issuePartnerKey(deps, { partner, name, scopes }));
        cli.print(issued, () => `${issued.key}\n`);
        if (!cli.json) cli.say(`This is ${issued.id} of ${issued.partner}. It is not shown again.`);
      }),
    );
}

function readScopes(text: string): KeyScope[] {
  const scopes = text.split(",").map((one) => keyScopes.find((scope) => scope === one));
  if (scopes.includes(undefined)) throw new InvalidArgumentError(`Expected some of ${keyScopes.join(",")}.`);
  return scopes.filter((one) => one !== undefined);
}

function addList(noun: Command, run: Run): void {
  describeCommand(noun, "list", {
    summary: "list a partner's API keys, the newest first",
    example: "partner key list north-shop",
  })
    .argument("<id>", "the partner's id")
    .action(
      run(async (cli, partner: string) => {
        const { listPartnerKeys } = await import("../partner-keys.ts");
        const keys = await cli.looking((deps) => listPartnerKeys(deps, partner));
        cli.print(keys, () => (keys.length === 0 ? `${partner} has no keys.\n` : formatTable(columns, keys)));
      }),
    );
}

function addRevoke(noun: Command, run: Run): void {
  describeCommand(noun, "revoke", {
    summary: "revoke an API key, and the form links that were made with it",
    example: "partner key revoke pk_9f86d081884c7d65",
  })
    .argument("<key-id>", "the key's id, see `partner key list`")
    .action(
      run(async (cli, id: string) => {
        const { revokePartnerKey } = await import("../partner-keys.ts");
        const key = await cli.withDeps((deps) => revokePartnerKey(deps, id));
        cli.print(key, () => `${key.id} of ${key.partner} is revoked, and its form links with it.\n`);
      }),
    );
}
