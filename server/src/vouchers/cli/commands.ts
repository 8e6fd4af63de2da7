import { type Command, InvalidArgumentError } from "commander";
import { countOf, formatTime } from "../../cli/amounts-and-times.ts";
import { readCount, readEnd } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { OpenedDeps } from "../../deps/open-deps.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { ProductId } from "../../words/ids.ts";
import type { VoucherBatch } from "../batch.ts";

/** Adds the commands about vouchers. */
export function addVoucherCommands(noun: Command, run: Run): void {
  addVoucherIssue(noun, run);
  addVoucherList(noun, run);
  addVoucherRevoke(noun, run);
}

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
function addVoucherIssue(parent: Command, run: Run): void {
  describeCommand(parent, "issue", {
    summary: "issue vouchers for a partner to sell; the codes are shown this once",
    example:
      "voucher issue --partner north-shop --product acme-paint --count 200 --expires 2027-12-31 --sheet cards.html",
  })
    .requiredOption("--partner <id>", "who sells them, and is credited")
    .requiredOption("--product <id>", "the product, as the configuration names it")
    .requiredOption("--count <number>", `how many, ${mostAtOnce} at the most`, readVoucherCount)
    .option("--expires <date>", "the last day they can be exchanged (UTC), or a time", readEnd)
    .option("--batch <name>", "a name for the batch (default: one is made)")
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

const columns: readonly Column<VoucherBatch>[] = [
  { heading: "batch", of: ({ batch }) => batch },
  { heading: "partner", of: ({ partner }) => partner },
  { heading: "product", of: ({ product }) => product },
  { heading: "issued", of: ({ issued }) => issued, align: "right" },
  { heading: "exchanged", of: ({ exchanged }) => exchanged, align: "right" },
  { heading: "revoked", of: ({ revoked }) => revoked, align: "right" },
  { heading: "expired", of: ({ expired }) => expired, align: "right" },
  { heading: "left", of: ({ left }) => left, align: "right" },
  { heading: "expires", of: ({ expiresAt }) => (expiresAt === null ? null : formatTime(expiresAt)) },
];

interface ListOptions {
  partner?: string;
  limit: number;
  after?: string;
}

/** `voucher list`: the batches, with how many vouchers of each are left. */
function addVoucherList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the batches of vouchers, with how many are left",
    example: "voucher list --partner north-shop",
  })
    .option("--partner <id>", "only batches of this partner")
    .option("--limit <count>", "how many, 1000 at the most", readCount, 100)
    .option("--after <next>", "go on where the page before ended, with its `next`")
    .action(
      run(async (cli, options: ListOptions) => {
        const { listVoucherBatches } = await import("../batches.ts");
        const page = await cli.looking((deps) => listVoucherBatches(deps, options));
        cli.print(page, () =>
          page.batches.length === 0
            ? "There are no vouchers yet: `tallystick voucher issue --help` says how to issue some.\n"
            : formatTable(columns, page.batches),
        );
        if (page.next !== null && !cli.json) cli.say(`There are more: add --after ${page.next}`);
      }),
    );
}

interface RevokeOptions {
  batch?: string;
  id?: string;
}

/** `voucher revoke`: one voucher or a whole batch can no longer be exchanged. */
function addVoucherRevoke(parent: Command, run: Run): void {
  describeCommand(parent, "revoke", {
    summary: "revoke a voucher or a batch: it cannot be exchanged, and credits no purchase after this",
    example: "voucher revoke --id spring-27/17",
  })
    .option("--batch <name>", "all vouchers of this batch")
    .option("--id <batch/number>", "one voucher, as its card names it")
    .action(
      run(async (cli, { batch, id }: RevokeOptions) => {
        const revoking = await import("../batches.ts");
        if (batch !== undefined && id === undefined) {
          const revoked = await cli.withDeps((deps) => revoking.revokeVoucherBatch(deps, batch));
          const { exchanged, revokedAt } = revoked;
          cli.print(
            revoked,
            () =>
              `Batch ${batch} is revoked since ${formatTime(revokedAt ?? "")}: ${countOf(revoked.revoked, "voucher")} can no longer be exchanged, ${exchanged} had been.\n`,
          );
        } else if (id !== undefined && batch === undefined) {
          const revoked = await cli.withDeps((deps) => revoking.revokeVoucher(deps, id));
          const used =
            revoked.exchangedAt === null ? "" : `; it was exchanged at ${formatTime(revoked.exchangedAt)}`;
          cli.print(
            revoked,
            () => `Voucher ${id} is revoked since ${formatTime(revoked.revokedAt)}${used}.\n`,
          );
        } else throw new CommandRefusal("usage", "Say what to revoke: either --batch or --id.");
      }),
    );
}
