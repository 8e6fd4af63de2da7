import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import type { ReplayedLine } from "../replay-deliveries.ts";

interface ReplayOptions {
  shop?: string;
  trust?: boolean;
  dryRun?: boolean;
}

const details = `
FILE has one delivery a line, as JSON: { "shop", "headers", "body" }, with "bodyBase64"
in place of "body" where it is not text, "key" where the address has one, and
"receivedAt", the time it first came in. Signatures are verified, their time held
against receivedAt. With --trust they are not: only for files that nobody else could
write. What is known counts no second time. Exits with 1 when a line was refused.`;

/** Lines that did not go well are told one by one, up to this many. */
const maxTold = 100;

/** `shop replay FILE`: takes deliveries that were stored. */
export function addShopReplay(parent: Command, run: Run): void {
  describeCommand(parent, "replay", {
    summary: "take deliveries from a file, as if the shop had sent them again",
    example: "shop replay --dry-run deliveries.jsonl",
  })
    .argument("<file>", "deliveries, one a line; - reads standard input")
    .option("--shop <name>", "the shop of lines that name none")
    .option("--trust", "believe the events although their signatures were not kept")
    .option("--dry-run", "do all of it and keep nothing")
    .addHelpText("after", details)
    .action(
      run(async (cli, file: string, { shop, trust = false, dryRun = false }: ReplayOptions) => {
        if (file !== "-") await access(file);
        const config = await cli.loadConfig();
        const { readShopSecrets } = await import("../../config/secrets.ts");
        const settings = new Map(
          [...config.shops].map(([name, one]) => [name, readShopSecrets(one, name, cli.terminal.env)]),
        );
        const { openShops } = await import("../../shops/open-shops.ts");
        const { replayDeliveries } = await import("../replay-deliveries.ts");
        const input = file === "-" ? cli.terminal.stdin : createReadStream(file);
        const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
        const order = { lines, shops: openShops(settings), settings, shop, trust, dryRun };
        const report = await cli.withDeps((deps) => counted(replayDeliveries(deps, order)), config);
        cli.print({ ...report, dryRun }, () => reportText(report, dryRun));
        if (report.refused + report.failed > 0) cli.exitWith(1);
      }),
    );
}

async function counted(replayed: AsyncIterable<ReplayedLine>) {
  const counts = { recorded: 0, duplicate: 0, ignored: 0, refused: 0, failed: 0 };
  const problems: ReplayedLine[] = [];
  for await (const line of replayed) {
    counts[line.outcome]++;
    if (line.reason !== null && problems.length < maxTold) problems.push(line);
  }
  return { ...counts, problems };
}

function reportText(report: Awaited<ReturnType<typeof counted>>, dryRun: boolean): string {
  const { recorded, duplicate, ignored, refused, failed, problems } = report;
  const lines = problems.map(
    ({ line, shop, outcome, reason }) => `Line ${line} (${shop ?? "?"}) ${outcome}: ${reason}`,
  );
  const sums = `${recorded} recorded, ${duplicate} known before, ${ignored} of no use, ${refused} refused, ${failed} failed.`;
  const kept = dryRun ? " Nothing was kept: leave out --dry-run to take them." : "";
  return `${[...lines, `${sums}${kept}`].join("\n")}\n`;
}
