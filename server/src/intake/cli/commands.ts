import type { Command } from "commander";
import { readStart } from "../../cli/arguments.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { linesOf, openInput } from "../../cli/open-input.ts";
import { type Column, formatTable } from "../../cli/table.ts";
import type { Terminal } from "../../cli/terminal.ts";
import type { Run } from "../../deps/run.ts";
import type { Instant } from "../../words/clock.ts";
import type { ShopCheck } from "../check-shop.ts";
import type { ReconcileReport } from "../reconcile-orders.ts";
import type { ReplayedLine } from "../replay-deliveries.ts";

/** Adds the commands about the vendor's shops. */
export function addShopCommands(noun: Command, run: Run): void {
  addShopCheck(noun, run);
  addShopList(noun, run);
  addShopReconcile(noun, run);
  addShopReplay(noun, run);
}

interface ListedShop {
  shop: string;
  kind: string;
  webhook: string;
  testMode: boolean;
}

const columns: readonly Column<ListedShop>[] = [
  { heading: "shop", of: ({ shop }) => shop },
  { heading: "kind", of: ({ kind }) => kind },
  { heading: "webhook", of: ({ webhook }) => webhook },
  { heading: "takes", of: ({ testMode }) => (testMode ? "tests" : "live orders") },
];

/** `shop list`: the shops of the configuration, and where they send their webhooks. */
function addShopList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the shops of the configuration and the addresses of their webhooks",
    example: "shop list",
  }).action(
    run(async (cli) => {
      const { issuer, shops } = await cli.loadConfig();
      const listed = [...shops].map(([shop, settings]): ListedShop => {
        const key = settings.kind === "gumroad" ? "/KEY" : "";
        const testMode = "testMode" in settings && settings.testMode === true;
        return { shop, kind: settings.kind, webhook: `${issuer}/webhooks/${shop}${key}`, testMode };
      });
      cli.print({ shops: listed }, () =>
        listed.length === 0 ? "The configuration has no shop.\n" : formatTable(columns, listed),
      );
    }),
  );
}

const details = `
Sends the running receiver a signed event of a type that no shop has, at the address
the shop sends to; nothing is recorded. Exits with 1 when something is to be changed.`;

/** `shop check NAME`: whether the shop's webhooks would be taken, and if not, what to change. */
function addShopCheck(parent: Command, run: Run): void {
  describeCommand(parent, "check", {
    summary: "send the running receiver a test event as the shop would, and say what is wrong",
    example: "shop check stripe",
  })
    .argument("<name>", "the shop, as the configuration names it")
    .option("--url <url>", "the webhook's address, where it is another than the issuer's")
    .addHelpText("after", details)
    .action(
      run(async (cli, shop: string, { url }: { url?: string }) => {
        const config = await cli.loadConfig();
        const { checkShop } = await import("../check-shop.ts");
        const { systemClock } = await import("../../words/clock.ts");
        const check = await checkShop(config, { shop, url }, { env: cli.terminal.env, clock: systemClock });
        cli.print(check, () => checkText(check));
        if (!check.ok) cli.exitWith(1);
      }),
    );
}

function checkText({ shop, kind, url, ok, findings }: ShopCheck): string {
  if (ok) return `${shop} (${kind}): a signed test event was taken at ${url}.\n`;
  const lines = findings.flatMap(({ message, change }) => [message, `  To change: ${change}`]);
  return `${shop} (${kind}):\n${lines.join("\n")}\n`;
}

interface ReplayOptions {
  shop?: string;
  trust?: boolean;
  dryRun?: boolean;
}

const replayDetails = `
FILE has one delivery a line, as JSON: { "shop", "headers", "body" }, with "bodyBase64"
in place of "body" where it is not text, "key" where the address has one, and
"receivedAt", the time it first came in. Signatures are verified, their time held
against receivedAt. With --trust they are not: only for files that nobody else could
write. What is known counts no second time. Exits with 1 when a line was refused.`;

/** Lines that did not go well are told one by one, up to this many. */
const maxTold = 100;

/** `shop replay FILE`: takes deliveries that were stored. */
function addShopReplay(parent: Command, run: Run): void {
  describeCommand(parent, "replay", {
    summary: "take deliveries from a file, as if the shop had sent them again",
    example: "shop replay --dry-run deliveries.jsonl",
  })
    .argument("<file>", "deliveries, one a line; - reads standard input")
    .option("--shop <name>", "the shop of lines that name none")
    .option("--trust", "believe the events although their signatures were not kept")
    .option("--dry-run", "do all of it and keep nothing")
    .addHelpText("after", replayDetails)
    .action(
      run(async (cli, file: string, { shop, trust = false, dryRun = false }: ReplayOptions) => {
        const input = await openInput(file, cli.terminal);
        const config = await cli.loadConfig();
        const { readShopSecrets } = await import("../../config/secrets.ts");
        const settings = new Map(
          [...config.shops].map(([name, one]) => [name, readShopSecrets(one, name, cli.terminal.env)]),
        );
        const { openShops } = await import("../../shops/open-shops.ts");
        const { replayDeliveries } = await import("../replay-deliveries.ts");
        const lines = linesOf(input);
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

const reconcileDetails = `
Reads what changed since the last complete run, or since a date, and takes it as the
shop's webhooks would have told of it. What is known counts no second time.`;

/** `shop reconcile NAME`: reads a shop's orders by its API, where deliveries were lost. */
function addShopReconcile(parent: Command, run: Run): void {
  describeCommand(parent, "reconcile", {
    summary: "read a shop's orders by its API, to make up for lost deliveries",
    example: "shop reconcile polar --since 2026-11-01 --dry-run",
  })
    .argument("<name>", "the shop, as the configuration names it")
    .option("--since <date>", "what changed since then (UTC), where it is not since the last run", readStart)
    .option("--dry-run", "do all of it and keep nothing")
    .addHelpText("after", reconcileDetails)
    .action(
      run(async (cli, shop: string, { since, dryRun = false }: { since?: Instant; dryRun?: boolean }) => {
        const config = await cli.loadConfig();
        const configured = [...config.shops].find(([name]) => name === shop)?.[1];
        if (configured === undefined)
          throw new CommandRefusal("usage", `The configuration has no shop ${shop}.`);
        const { canBeListed } = await import("../../shops/can-be-listed.ts");
        if (!canBeListed(configured))
          throw new CommandRefusal(
            "usage",
            `${shop} has no API in the configuration whose orders can be read: see docs/shops/${guideOf(configured.kind)}.md.`,
          );
        const { readShopSecrets } = await import("../../config/secrets.ts");
        const settings = readShopSecrets(configured, shop, cli.terminal.env);
        const { reconcileOrders } = await import("../reconcile-orders.ts");
        const order = { shop, settings, since, dryRun };
        const tell = teller(cli.terminal.stderr);
        const report = await cli.withDeps((deps) => reconcileOrders(deps, order, tell), config);
        cli.print(report, () => reconcileReportText(report));
        if (report.refused > 0) cli.exitWith(1);
      }),
    );
}

const guideOf = (kind: string): string => (kind === "standard-webhooks" ? "own-shop" : kind);

const everyMs = 5_000;

/** Tells now and then, on standard error, how far it is. */
function teller(stderr: Terminal["stderr"]) {
  let toldAt = performance.now();
  return (read: Readonly<Record<string, number>>) => {
    if (performance.now() - toldAt < everyMs) return;
    toldAt = performance.now();
    stderr.write(`${readText(read)} read\n`);
  };
}

/** `12 orders and 3 refunds`. */
function readText(read: Readonly<Record<string, number>>): string {
  const parts = Object.entries(read).map(([resource, count]) => `${count} ${resource.replaceAll("-", " ")}`);
  return parts.length === 0 ? "0 objects" : parts.join(" and ");
}

function reconcileReportText(report: ReconcileReport): string {
  const { read, recorded, known, ignored, refused, dryRun } = report;
  const sums = `${recorded} told something new, ${known} nothing new, ${ignored} count for nothing, ${refused} made no sense.`;
  const kept = dryRun ? " Nothing was kept: leave out --dry-run to take them." : "";
  return `${readText(read)} changed. ${sums}${kept}\n`;
}
