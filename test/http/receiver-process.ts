import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testContent, testEnv } from "./open-app.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A receiver as a process of its own, started by the command line from the sources. */
export interface ReceiverProcess {
  child: ChildProcess;
  /** The log's lines so far, parsed. */
  lines(): Record<string, unknown>[];
  /** Resolves with the first line of an event; rejects when the process ends without one. */
  hears(event: string): Promise<Record<string, unknown>>;
  /** Resolves when the process has ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; errors: string }>;
}

/** Starts `tallystick serve` in a folder; `env` adds to what the configuration's secrets need. */
export async function startProcess(
  folder: string,
  {
    listen = { host: "127.0.0.1", port: 0 },
    env = testEnv,
    module = "server/src/receiver/main.ts",
    drainSeconds = 0,
  } = {},
): Promise<ReceiverProcess> {
  const config = join(folder, "tallystick.config.json");
  await writeFile(config, JSON.stringify({ ...testContent(listen), drainSeconds }));
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(
    process.execPath,
    ["--conditions=tallystick-source", join(root, module), "serve", "--config", config],
    { env: { PATH, NODE_COMPILE_CACHE, ...env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let out = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = new Promise<Awaited<ReceiverProcess["ended"]>>((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal, errors })),
  );
  const lines = () =>
    out
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  let isClosed = false;
  void ended.then(() => {
    isClosed = true;
  });
  const hears = async (event: string) => {
    for (;;) {
      const line = lines().find((candidate) => candidate.event === event);
      if (line !== undefined) return line;
      if (isClosed) throw new Error(`no ${event} in: ${out}${errors}`);
      await Promise.race([new Promise((resolve) => child.stdout.once("data", resolve)), ended]);
    }
  };
  return { child, lines, hears, ended };
}
