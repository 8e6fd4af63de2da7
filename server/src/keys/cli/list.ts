import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../cli/run.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { KeyDeps, SigningKey } from "../signing-keys.ts";

const columns: readonly Column<SigningKey>[] = [
  { heading: "kid", of: ({ kid }) => kid },
  { heading: "status", of: ({ status }) => status },
  { heading: "created", of: ({ createdAt }) => formatTime(createdAt) },
  { heading: "revoked", of: ({ revokedAt }) => (revokedAt === null ? null : formatTime(revokedAt)) },
];

/** `key list`: the signing keys, the newest first. */
export function addKeyList(parent: Command, run: Run<KeyDeps>): void {
  describeCommand(parent, "list", { summary: "list the signing keys", example: "key list" }).action(
    run(async (cli) => {
      const { listKeys } = await import("../signing-keys.ts");
      const keys = await cli.withDeps(listKeys);
      cli.print(keys, () => formatTable(columns, keys));
    }),
  );
}
