import type { Command } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { readEnd } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";

/** `partner form-link ID`: the link to the form where a partner's customers register themselves. */
export function addPartnerFormLink(parent: Command, run: Run): void {
  describeCommand(parent, "form-link", {
    summary: "make a link to the form where a partner's customers register their addresses",
    example: "partner form-link north-shop --product acme-paint --expires 2027-12-31",
  })
    .argument("<id>", "the partner's id")
    .option("--product <id>", "for this product alone; every one unless told")
    .option(
      "--expires <date>",
      "the last day it counts, a year ahead at the most; 90 days unless told",
      readEnd,
    )
    .option("--key <key-id>", "the API key it ends with; the partner's newest unless told")
    .action(
      run(async (cli, partner: string, options: { product?: string; expires?: Instant; key?: string }) => {
        const { listPartnerKeys } = await import("../../access/partner-keys.ts");
        const { makeFormLink } = await import("../form-link.ts");
        const link = await cli.withDeps(async (deps) => {
          const usable = (await listPartnerKeys(deps, partner)).filter(({ status }) => status === "active");
          const key = options.key === undefined ? usable[0] : usable.find(({ id }) => id === options.key);
          if (key === undefined)
            throw new CommandRefusal(
              "key_missing",
              `${partner} has no such active key: \`tallystick partner key issue ${partner}\` makes one.`,
            );
          const { product, expires: expiresAt } = options;
          return makeFormLink(deps, { partner, keyId: key.id, product, expiresAt });
        });
        cli.print(link, () => `${link.url}\n`);
        if (!cli.json) cli.say(`It ends at ${formatTime(link.expiresAt)}.`);
      }),
    );
}
