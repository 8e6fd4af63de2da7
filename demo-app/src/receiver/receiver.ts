import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type CommandSetting, tallystickArguments, tallystickEnvironment } from "./command-line.ts";
import { createLogLines, type LogLines } from "./log-lines.ts";

/** The real receiver, `tallystick serve`, as a process of its own. */
export interface Receiver {
  readonly log: LogLines;
  readonly isRunning: boolean;
  /** Resolves once it listens. @throws with what it said on standard error when it ends before that */
  start(): Promise<void>;
  /** Asks it to stop and waits until it has; kills it when it takes too long. */
  stop(): Promise<void>;
}

const startWithinMs = 120_000;
const stopWithinMs = 60_000;

/** Makes the receiver ready to be started with a configuration. */
export function createReceiver(setting: CommandSetting): Receiver {
  const log = createLogLines();
  let child: ChildProcess | undefined;

  return {
    log,
    get isRunning() {
      return child !== undefined;
    },
    async start() {
      if (child !== undefined) return;
      const from = log.all.length;
      const started = spawn(process.execPath, tallystickArguments(setting, ["serve"]), {
        env: tallystickEnvironment(setting),
        stdio: ["ignore", "pipe", "pipe"],
      });
      child = started;
      const killAtExit = () => started.kill("SIGKILL");
      process.once("exit", killAtExit);
      const errors: string[] = [];
      started.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
      log.follow(started.stdout);
      const ended = new Promise<never>((_, reject) => {
        started.once("exit", (code, signal) => {
          process.off("exit", killAtExit);
          if (child === started) child = undefined;
          reject(new Error(`the receiver ended with ${signal ?? code}: ${errors.join("").trim()}`));
        });
      });
      ended.catch(() => undefined);
      await Promise.race([log.waitFor("server.listening", { from, withinMs: startWithinMs }), ended]);
    },
    async stop() {
      const stopping = child;
      if (stopping === undefined) return;
      const exited = once(stopping, "exit");
      stopping.kill("SIGTERM");
      const impatience = setTimeout(() => stopping.kill("SIGKILL"), stopWithinMs);
      await exited;
      clearTimeout(impatience);
      child = undefined;
    },
  };
}
