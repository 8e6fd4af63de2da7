import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";

/** `token verify TOKEN`: its claims, or why it is refused. */
export function addTokenVerify(parent: Command, run: Run): void {
  describeCommand(parent, "verify", {
    summary: "verify a token as a click would, and print its claims",
    example: "token verify - < tallystick.token",
  })
    .argument("<token>", "the token, or - to read it from standard input")
    .action(
      run(async (cli, given: string) => {
        const { verifyIssuedToken } = await import("../tokens.ts");
        const token = given === "-" ? (await text(cli.terminal.stdin)).trim() : given;
        const claims = await cli.withDeps((deps) => verifyIssuedToken(deps, token));
        cli.print(claims, () =>
          formatFields([
            ["partner", claims.sub],
            ["product", claims.aud],
            ["batch", claims.batch ?? null],
            ["issuer", claims.iss],
            ["issued", timeOf(claims.iat)],
            ["expires", claims.exp === undefined ? "never" : timeOf(claims.exp)],
            ["jti", claims.jti],
          ]),
        );
      }),
    );
}

function timeOf(seconds: number): string {
  return formatTime(new Date(seconds * 1000).toISOString());
}
