import type { Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";

/** `serve`: runs the receiver until it is told to stop. */
export function addServe(program: Command, run: Run): void {
  describeCommand(program, "serve", {
    summary: "run the receiver; logs JSON lines on standard output (pretty in a terminal)",
    example: "serve --config /etc/tallystick/tallystick.config.json",
  }).action(
    run(async (cli) => {
      const { env, stdout } = cli.terminal;
      const config = await cli.loadConfig();
      const { createLog } = await import("../../deps/log-writer.ts");
      const log = await createLog({ destination: 1, pretty: stdout.isTTY === true && !cli.json });
      const { serve } = await import("../start/serve.ts");
      try {
        // In a terminal nobody but the person sends requests, and she waits.
        const drainSeconds = stdout.isTTY === true ? 0 : 5;
        // A terminal that is closed sends the same signal, and its programs end.
        const reread = stdout.isTTY === true ? {} : { reread: () => cli.loadConfig() };
        cli.exitWith(
          (await serve({ config, env, log, say: cli.say, drainSeconds, ...reread })) === 0 ? 0 : 1,
        );
      } finally {
        log.flush();
      }
    }),
  );
}
