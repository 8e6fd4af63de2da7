import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";

/** `token revoke JTI`: later clicks with it credit nobody. */
export function addTokenRevoke(parent: Command, run: Run): void {
  describeCommand(parent, "revoke", {
    summary: "revoke a token: renewals credit nobody for it any more",
    example: "token revoke qPjW1WmpnCvB0yh5mGJ7UQ",
  })
    .argument("<jti>", "the token's id, as `token issue` told it")
    .action(
      run(async (cli, jti: string) => {
        const { revokeToken } = await import("../tokens.ts");
        const record = await cli.withDeps((deps) => revokeToken(deps, jti));
        const since = record.revokedAt === null ? "" : ` since ${formatTime(record.revokedAt)}`;
        cli.print(record, () => `Token ${record.jti} of ${record.partner} is revoked${since}.\n`);
      }),
    );
}
