import type { Command } from "commander";
import { readEnd } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";

interface IssueOptions {
  partner: string;
  product: string;
  batch?: string;
  expires?: Instant;
}

/** `token issue`: a token for the copies that a partner hands out. */
export function addTokenIssue(parent: Command, run: Run): void {
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
