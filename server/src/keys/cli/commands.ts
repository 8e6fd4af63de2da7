import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../cli/run.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { KeyDeps, SigningKey } from "../signing-keys.ts";

/** Adds the commands about signing keys. */
export function addKeyCommands(noun: Command, run: Run<KeyDeps>): void {
  addKeyList(noun, run);
  addKeyExport(noun, run);
  addKeyRotate(noun, run);
  addKeyRevoke(noun, run);
}

const columns: readonly Column<SigningKey>[] = [
  { heading: "kid", of: ({ kid }) => kid },
  { heading: "status", of: ({ status }) => status },
  { heading: "created", of: ({ createdAt }) => formatTime(createdAt) },
  { heading: "revoked", of: ({ revokedAt }) => (revokedAt === null ? null : formatTime(revokedAt)) },
];

/** `key list`: the signing keys, the newest first. */
function addKeyList(parent: Command, run: Run<KeyDeps>): void {
  describeCommand(parent, "list", { summary: "list the signing keys", example: "key list" }).action(
    run(async (cli) => {
      const { listKeys } = await import("../signing-keys.ts");
      const keys = await cli.looking(listKeys);
      cli.print(keys, () => formatTable(columns, keys));
    }),
  );
}

/** `key export`: what products build in. */
function addKeyExport(parent: Command, run: Run<KeyDeps>): void {
  describeCommand(parent, "export", {
    summary: "print the public keys as a JWKS, to be built into a product",
    example: "key export > keys.json",
  }).action(
    run(async (cli) => {
      const { openPublishedKeys } = await import("../published-keys.ts");
      const keys = await cli.looking(async ({ store }) => (await openPublishedKeys(store)).unrevoked());
      cli.print(keys, () => `${JSON.stringify(keys, null, 2)}\n`);
    }),
  );
}

/** `key rotate`: a new key signs from now on, the older one still verifies. */
function addKeyRotate(parent: Command, run: Run<KeyDeps>): void {
  describeCommand(parent, "rotate", {
    summary: "make a new key that signs from now on; tokens of the older one stay good",
    example: "key rotate",
  }).action(
    run(async (cli) => {
      const { rotateKey } = await import("../signing-keys.ts");
      const key = await cli.withDeps((deps) => rotateKey(deps, cli.nameSubject));
      cli.print(key, () => `${key.kid} signs from now on; tokens of the key before it stay good.\n`);
      cli.say("Build the new public keys (/.well-known/jwks.json) into the product's next release.");
    }),
  );
}

/** `key revoke KID`: for a private half that leaked. */
function addKeyRevoke(parent: Command, run: Run<KeyDeps>): void {
  describeCommand(parent, "revoke", {
    summary: "revoke a key whose private half leaked; tokens that were issued with it before stay good",
    example: "key revoke NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
  })
    .argument("<kid>", "the key's id, see `key list`")
    .action(
      run(async (cli, kid: string) => {
        const { revokeKey } = await import("../signing-keys.ts");
        const key = await cli.withDeps((deps) => revokeKey(deps, kid));
        cli.print(key, () => `${key.kid} is revoked; tokens that were issued with it before stay good.\n`);
      }),
    );
}
