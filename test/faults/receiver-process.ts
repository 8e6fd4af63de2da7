import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { commandLine, nodeFlags, type Vendor } from "./vendor.ts";

/** A receiver in a process of its own. */
export interface ReceiverProcess {
  readonly url: string;
  /** The log's lines about an event, so far. */
  logged(event: string): Record<string, unknown>[];
  /** Resolves when the log has a line about an event. */
  untilLogged(event: string): Promise<void>;
  /** Ends it as a power cut of the process does; resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop; resolves with its exit code when it has. */
  stop(): Promise<number | null>;
}

/** The arguments of the receiver as everybody runs it. */
export const serve = [commandLine, "serve"];

/**
 * Starts a receiver; resolves when it listens, rejects with what it wrote if it ends before. `within` are the words of a
 * command that runs another one, in a namespace or under limits.
 */
export async function startReceiverProcess(
  { env }: Vendor,
  program: readonly string[] = serve,
  within: readonly string[] = [],
): Promise<ReceiverProcess> {
  const [command = "", ...args] = [...within, process.execPath, ...nodeFlags, ...program];
  const child = spawn(command, args, {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Its end is when all it wrote has been read, too.
  const exited = once(child, "close") as Promise<[number | null]>;
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  onTestFinished(async () => {
    if (!isGone()) child.kill("SIGKILL");
    await exited;
  });
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  createInterface(child.stdout).on("line", (line) => {
    lines.push(line);
    for (const look of waiting) look(line);
  });
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const isAbout = (event: string) => (line: string) => line.includes(`"event":"${event}"`);
  const logged = (event: string) =>
    lines.filter(isAbout(event)).map((line) => JSON.parse(line) as Record<string, unknown>);
  const untilLogged = async (event: string) => {
    if (lines.some(isAbout(event))) return;
    const seen = new Promise<void>((resolve) => {
      const look = (line: string) => {
        if (!isAbout(event)(line)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
    });
    const ended = exited.then(([code]) => {
      throw new Error(`the receiver ended with ${code} before ${event}: ${errors}${lines.join("\n")}`);
    });
    await Promise.race([seen, ended]);
  };
  await untilLogged("server.listening");
  return {
    url: String(logged("server.listening")[0]?.url),
    logged,
    untilLogged,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async stop() {
      child.kill("SIGTERM");
      return (await exited)[0];
    },
  };
}
