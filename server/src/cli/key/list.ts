import type { Command } from "commander";
import type { SigningKey } from "../../keys/signing-keys.ts";
import type { Run } from "../command-line.ts";
import { describeCommand } from "../describe-command.ts";
import { formatTime } from "../output/amounts-and-times.ts";
import { type Column, formatTable } from "../output/table.ts";

const columns: readonly Column<SigningKey>[] = [
  { heading: "kid", of: ({ kid }) => kid },
  { heading: "status", of: ({ status }) => status },
  { heading: "created", of: ({ createdAt }) => formatTime(createdAt) },
  { heading: "revoked", of: ({ revokedAt }) => (revokedAt === null ? null : formatTime(revokedAt)) },
];

/** `key list`: the signing keys, the newest first. */
export function addKeyList(parent: Command, run: Run): void {
  describeCommand(parent, "list", { summary: "list the signing keys", example: "key list" }).action(
    run(async (cli) => {
      const { listKeys } = await import("../../keys/signing-keys.ts");
      const keys = await cli.withDeps(listKeys);
      cli.print(keys, () => formatTable(columns, keys));
    }),
  );
}
