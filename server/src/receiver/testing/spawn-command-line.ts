import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("../main.ts", import.meta.url));

/** How a command ended and what it wrote. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Starts the real command line in a process of its own, with nothing in its environment but what is given, and where
 * the compiled sources are kept.
 */
export function startCommandLine(args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const { NODE_COMPILE_CACHE } = process.env;
  return spawn(process.execPath, ["--conditions=tallystick-source", entry, ...args], {
    cwd,
    env: { NODE_COMPILE_CACHE, ...env },
  });
}

/** Runs the real command line to its end. */
export async function runInProcess(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string>; input?: string },
): Promise<Ended> {
  const child = startCommandLine(args, options.cwd, options.env);
  child.stdin.end(options.input ?? "");
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
