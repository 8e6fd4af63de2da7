import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { formatTime } from "../../cli/amounts-and-times.ts";
import { describeCommand } from "../../cli/describe-command.ts";
import { CommandRefusal } from "../../cli/failure.ts";
import { type Column, cleanText, formatFields, formatTable } from "../../cli/table.ts";
import type { Run } from "../../deps/run.ts";
import type { NetworkLink } from "../network-links.ts";
import type { EffectPreview, NetworkTest, Trial } from "../try-network.ts";

/** Adds the commands about affiliate networks. */
export function addNetworkCommands(noun: Command, run: Run): void {
  addNetworkList(noun, run);
  addNetworkLink(noun, run);
  addNetworkUnlink(noun, run);
  addNetworkTest(noun, run);
}

interface ListedNetwork {
  network: string;
  kind: string;
  name: string;
  host: string;
  /** Which of the effects a person has to do. */
  byHand: string[];
  hasTestMode: boolean;
  /** What `network link --id` takes. */
  memberId: string;
  sources: readonly string[];
  unverified: string | null;
}

const columns: readonly Column<ListedNetwork>[] = [
  { heading: "network", of: ({ network }) => network },
  { heading: "kind", of: ({ kind }) => kind },
  { heading: "host", of: ({ host }) => host },
  { heading: "by hand", of: ({ byHand }) => byHand.join(", ") || "nothing" },
  { heading: "test mode", of: ({ hasTestMode }) => (hasTestMode ? "yes" : "no") },
  { heading: "id of a partner", of: ({ memberId }) => memberId },
];

/** `network list`: the networks of the configuration, and what each can be told. */
function addNetworkList(parent: Command, run: Run): void {
  describeCommand(parent, "list", {
    summary: "list the networks of the configuration, and what has to be done by hand",
    example: "network list",
  }).action(
    run(async (cli) => {
      const { readNetwork } = await import("../../config/network-config.ts");
      const { openNetwork } = await import("../open-networks.ts");
      const config = await cli.loadConfig();
      const listed = [...config.networks].map(([id, given]): ListedNetwork => {
        const { kind, name, base, effects, memberId, sources, unverified } = openNetwork(
          id,
          readNetwork(given, id, () => "***"),
        );
        const kinds = ["convert", "adjust", "reverse"] as const;
        return {
          network: id,
          kind,
          name,
          host: base.host,
          byHand: kinds.filter((effect) => "byHand" in effects[effect]),
          hasTestMode: effects.test !== undefined,
          memberId,
          sources,
          unverified,
        };
      });
      cli.print({ networks: listed }, () =>
        listed.length === 0
          ? "There are no networks in the configuration; docs/networks.md says how to add one.\n"
          : formatTable(columns, listed),
      );
    }),
  );
}

/** `network link NETWORK PARTNER --id ID`: from now on the network hears of the partner's sales. */
function addNetworkLink(parent: Command, run: Run): void {
  describeCommand(parent, "link", {
    summary: "note that a partner is a member of a network, which then hears of its sales",
    example: "network link impact north-shop --id 10023",
  })
    .argument("<network>", "the network's name in the configuration")
    .argument("<partner>", "the partner's id")
    .requiredOption("--id <id>", "what the network calls the partner; `network list` says which id that is")
    .option(
      "--set <name=value>",
      "a further setting, {member.NAME} in a template; may be repeated",
      readSetting,
    )
    .action(
      run(
        async (
          cli,
          network: string,
          partner: string,
          options: { id: string; set?: Record<string, string> },
        ) => {
          const { linkNetwork } = await import("../network-links.ts");
          const settings = { ...options.set, id: options.id };
          const link = await cli.withDeps((deps) => linkNetwork(deps, { network, partner, settings }));
          cli.print(link, () => linkText(link));
        },
      ),
    );
}

/** `network unlink NETWORK PARTNER`: the network hears of no further sale. */
function addNetworkUnlink(parent: Command, run: Run): void {
  describeCommand(parent, "unlink", {
    summary: "end a partner's membership: the network hears of no further sale, what waits is dropped",
    example: "network unlink impact north-shop",
  })
    .argument("<network>", "the network's name in the configuration")
    .argument("<partner>", "the partner's id")
    .action(
      run(async (cli, network: string, partner: string) => {
        const { unlinkNetwork } = await import("../network-links.ts");
        const link = await cli.withDeps((deps) => unlinkNetwork(deps, { network, partner }));
        cli.print(link, () => `${network} hears no more of the sales of ${partner}.\n`);
      }),
    );
}

interface TestOptions {
  dryRun?: boolean;
  partner?: string;
  id?: string;
  set?: Record<string, string>;
}

/** `network test NETWORK`: shows the exact requests, or sends a conversion to the network's test mode. */
function addNetworkTest(parent: Command, run: Run): void {
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
      : (await cli.looking((deps) => showNetworkLink(deps, { network, partner }), config)).settings;
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

/** A link for a person, a line for each of its members. */
function linkText({ network, partner, settings, status, changedAt }: NetworkLink): string {
  return formatFields([
    ["network", network],
    ["partner", partner],
    ...Object.entries(settings),
    ["status", status],
    ["since", formatTime(changedAt)],
  ]);
}

/** Reads NAME=VALUE, one option after the other. */
function readSetting(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([a-z][A-Za-z0-9_]{0,39})=(.+)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("Expected NAME=VALUE, such as id=12345.");
  return { ...before, [name]: value };
}

const drainMilliseconds = 10_000;
/** The worker's own timers keep no process alive. */
const longPauseMilliseconds = 2 ** 30;

/** `outbox run`: a process that does nothing but send. */
export function addOutboxRun(parent: Command, run: Run): void {
  describeCommand(parent, "run", {
    summary: "send messages until stopped; `serve` does so too unless outbox.workers is 0",
    example: "outbox run",
  }).action(
    run(async (cli) => {
      const { startOutbox } = await import("../../outbox/start-outbox.ts");
      const { networkAdapters } = await import("../network-adapter.ts");
      const { openNetworks } = await import("../open-networks.ts");
      const { readNetworkSecrets } = await import("../../config/secrets.ts");
      await cli.withDeps(async (deps) => {
        const networks = networkAdapters(openNetworks(readNetworkSecrets(deps.config, cli.terminal.env)));
        const usual = 64;
        const worker = startOutbox(deps, networks, deps.config.outbox.workers || usual);
        cli.say("Sending what is due. Stop with Ctrl+C.");
        const alive = setInterval(() => {}, longPauseMilliseconds);
        await new Promise((resolve) => process.once("SIGTERM", resolve).once("SIGINT", resolve));
        clearInterval(alive);
        await worker.stop(drainMilliseconds);
      });
    }),
  );
}
