import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { cleanText, formatFields } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { EffectPreview, NetworkTest, Trial } from "../try-network.ts";
import { readSetting } from "./settings-option.ts";

interface TestOptions {
  dryRun?: boolean;
  partner?: string;
  id?: string;
  set?: Record<string, string>;
}

/** `network test NETWORK`: shows the exact requests, or sends a conversion to the network's test mode. */
export function addNetworkTest(parent: Command, run: Run): void {
  describeCommand(parent, "test", {
    summary: "send a conversion to a network's test mode; with --dry-run, show every request and send none",
    example: "network test cj --partner north-shop --dry-run",
  })
    .argument("<network>", "the network's name in the configuration")
    .option("--dry-run", "show what would be sent, secrets masked")
    .option("--partner <id>", "as for this member of the network")
    .option("--id <id>", "as for a partner that the network calls so")
    .option("--set <name=value>", "as for a partner with this setting; may be repeated", readSetting)
    .action(
      run(async (cli, network: string, options: TestOptions) => {
        const trial = await trialOf(cli, network, options);
        if (options.dryRun === true) {
          const { previewNetwork } = await import("../try-network.ts");
          const previews = previewNetwork(trial);
          return cli.print({ network, effects: previews }, () => previews.map(previewText).join("\n"));
        }
        const result = await sendTest(cli, trial);
        cli.print(result, () => testText(result));
        if (!result.delivered) cli.exitWith(1);
      }),
    );
}

type Cli = Parameters<Parameters<Run>[0]>[0];

async function trialOf(cli: Cli, network: string, options: TestOptions): Promise<Trial> {
  const { refuseUnknownNetwork, showNetworkLink } = await import("../network-links.ts");
  const { systemClock } = await import("../../words/clock.ts");
  const config = await cli.loadConfig();
  refuseUnknownNetwork(config, network);
  const given = config.networks.get(network);
  if (given === undefined) throw new Error("refused above");
  const { partner } = options;
  const known =
    partner === undefined
      ? {}
      : (await cli.withDeps((deps) => showNetworkLink(deps, { network, partner }), config)).settings;
  const id = options.id === undefined ? {} : { id: options.id };
  const settings = { ...(partner === undefined ? { id: "0" } : known), ...options.set, ...id };
  return { id: network, network: given, partner: partner ?? "tallystick-test", settings, now: systemClock() };
}

async function sendTest(cli: Cli, trial: Trial): Promise<NetworkTest> {
  const { testNetwork } = await import("../try-network.ts");
  const { createSender } = await import("../../outgoing/send-request.ts");
  const { outbox } = await cli.loadConfig();
  const sender = createSender({ allowPrivate: outbox.allowPrivate });
  try {
    const result = await testNetwork(trial, sender, cli.terminal.env);
    if (result === undefined)
      throw new CommandRefusal(
        "usage",
        `${trial.id} has no test mode, and a test conversion would count. See the requests with --dry-run.`,
      );
    return result;
  } finally {
    await sender.close();
  }
}

function previewText({ effect, request, byHand }: EffectPreview): string {
  if (request === null) return `${effect}: by hand\n  ${cleanText(byHand ?? "")}\n`;
  const headers = Object.entries(request.headers).map(([name, value]) => `  ${name}: ${cleanText(value)}\n`);
  const body = request.body === undefined ? "" : `\n  ${cleanText(request.body)}\n`;
  return `${effect}:\n  ${request.method} ${request.url}\n${headers.join("")}${body}`;
}

const testText = ({ network, delivered, status, problem, conversionId, answer }: NetworkTest): string =>
  formatFields([
    ["network", network],
    ["taken", delivered ? "yes" : "no"],
    ["status", status],
    ["problem", problem],
    ["conversion", conversionId],
    ["answer", answer],
  ]);
