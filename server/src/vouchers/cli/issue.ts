import { type Command, InvalidArgumentError } from "commander";
import { countOf } from "../../cli/amounts-and-times.ts";
import { readEnd } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import type { OpenedDeps } from "../../deps/open-deps.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { ProductId } from "../../words/ids.ts";

interface IssueOptions {
  partner: string;
  product: string;
  count: number;
  batch?: string;
  expires?: Instant;
  out?: string;
  sheet?: string;
}

const mostAtOnce = 100_000;
const vouchersPerSentence = 10_000;

/** `voucher issue`: codes for the cards that a partner sells. */
export function addVoucherIssue(parent: Command, run: Run): void {
  describeCommand(parent, "issue", {
    summary: "issue vouchers for a partner to sell; the codes are shown this once",
    example:
      "voucher issue --partner north-shop --product acme-paint --count 200 --expires 2027-12-31 --sheet cards.html",
  })
    .requiredOption("--partner <id>", "who sells them, and is credited")
    .requiredOption("--product <id>", "the product, as the configuration names it")
    .requiredOption("--count <number>", `how many, ${mostAtOnce} at the most`, readVoucherCount)
    .option("--expires <date>", "the last day they can be exchanged (UTC), or a time", readEnd)
    .option("--batch <name>", "a name for the batch (made unless given)")
    .option("--out <file>", "write the codes to a new file, one a line: line 17 is voucher BATCH/17")
    .option("--sheet <file>", "write cards with QR codes to a new HTML file, to be printed and cut")
    .action(
      run(async (cli, { count, out, sheet, expires, ...order }: IssueOptions) => {
        const issuing = await import("../issue.ts");
        const { openVoucherFiles } = await import("./voucher-files.ts");
        const { groupVoucherCode } = await import("@tallystick/sdk/protocol");
        const shown: { id: string; code: string }[] = [];
        const batch = await cli.withDeps(async (deps) => {
          const files = await openVoucherFiles({ out, sheet });
          try {
            const opened = await issuing.openVoucherBatch(deps, { ...order, expiresAt: expires });
            await files.begin(deps, opened, expires);
            await warnOfEmptyPool(cli.say, deps, opened.product, count);
            for await (const vouchers of issuing.issueVouchers(deps, opened.batch, count)) {
              await files.write(vouchers);
              if (files.paths.length === 0)
                shown.push(...vouchers.map(({ id, code }) => ({ id, code: groupVoucherCode(code) })));
              const issued = vouchers.at(-1)?.number ?? 0;
              if (issued % vouchersPerSentence === 0) cli.say(`${issued} of ${count} issued`);
            }
            await files.end();
            return { ...opened, issued: count, left: count };
          } finally {
            await files.close();
          }
        });
        const files = { ...(out === undefined ? {} : { out }), ...(sheet === undefined ? {} : { sheet }) };
        cli.print(shown.length > 0 ? { ...batch, vouchers: shown } : { ...batch, ...files }, () =>
          shown.map(({ code }) => `${code}\n`).join(""),
        );
        if (!cli.json) {
          const where = Object.values(files).join(" and ") || "above";
          cli.say(`${countOf(count, "voucher")} of ${batch.partner} in batch ${batch.batch}: ${where}.`);
          cli.say("The codes are kept nowhere else: whoever has one has a copy of the product.");
        }
      }),
    );
}

/** A card that is sold before there are serials to give for it is refused to the customer who bought it. */
async function warnOfEmptyPool(
  say: (sentence: string) => void,
  deps: OpenedDeps,
  product: ProductId,
  issued: number,
): Promise<void> {
  const { listSerialBatches } = await import("../../serials/batches.ts");
  const { batches } = await listSerialBatches(deps, { product, limit: 1000 });
  const open = batches.filter(({ revokedAt }) => revokedAt === null);
  const left = open.reduce((sum, batch) => sum + (batch.left ?? 0), 0);
  if (left >= issued) return;
  const serials =
    left === 0 ? "There is no serial" : `There ${left === 1 ? "is" : "are"} only ${countOf(left, "serial")}`;
  say(
    `${serials} of ${product} to exchange them for: \`tallystick serial import --pool --help\` says how to bring some in.`,
  );
}

function readVoucherCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text) || Number(text) > mostAtOnce)
    throw new InvalidArgumentError(`Expected a number from 1 to ${mostAtOnce}.`);
  return Number(text);
}
