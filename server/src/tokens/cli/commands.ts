import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readEnd } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";

/** Adds the commands about tokens. */
export function addTokenCommands(noun: Command, run: Run): void {
  addTokenIssue(noun, run);
  addTokenVerify(noun, run);
  addTokenRevoke(noun, run);
}

interface IssueOptions {
  partner: string;
  product: string;
  batch?: string;
  expires?: Instant;
}

/** `token issue`: a token for the copies that a partner hands out. */
function addTokenIssue(parent: Command, run: Run): void {
  describeCommand(parent, "issue", {
    summary: "issue a token for copies that a partner hands out",
    example: "token issue --partner north-shop --product acme-paint > tallystick.token",
  })
    .requiredOption("--partner <id>", "who hands the copies out")
    .requiredOption("--product <id>", "the product, as the configuration names it")
    .option("--batch <text>", "campaign, medium or print run")
    .option("--expires <date>", "the last day it counts (UTC), or a time", readEnd)
    .action(
      run(async (cli, { partner, product, batch, expires }: IssueOptions) => {
        const { issueToken } = await import("../tokens.ts");
        const issued = await cli.withDeps((deps) =>
          issueToken(deps, { partner, product, batch, expiresAt: expires }),
        );
        cli.print(issued, () => `${issued.token}\n`);
        if (!cli.json) cli.say(`Token ${issued.jti} credits ${partner} for renewals of ${product}.`);
      }),
    );
}

/** `token verify TOKEN`: its claims, or why it is refused. */
function addTokenVerify(parent: Command, run: Run): void {
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

/** `token revoke JTI`: later clicks with it credit nobody. */
function addTokenRevoke(parent: Command, run: Run): void {
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
