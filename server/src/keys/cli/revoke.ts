import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../cli/run.ts";
import type { KeyDeps } from "../signing-keys.ts";

/** `key revoke KID`: for a private half that leaked. */
export function addKeyRevoke(parent: Command, run: Run<KeyDeps>): void {
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
