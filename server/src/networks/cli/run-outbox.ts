import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";

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
