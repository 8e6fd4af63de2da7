import { spawnSync } from "node:child_process";

/** How a tool is run. */
export interface ToolOptions {
  cwd?: string;
  /** Beside the environment of the tests. */
  env?: Readonly<Record<string, string>>;
  input?: string | Uint8Array;
}

/** How a tool ended, and what it said on both its outputs. */
export interface ToolRun {
  code: number | null;
  said: string;
  stdout: Buffer;
}

/** Runs a tool that may refuse. Throws only when there is no such tool, or it takes longer than two minutes. */
export function tryTool(tool: string, args: readonly string[], options: ToolOptions = {}): ToolRun {
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    cwd: options.cwd,
    env: { ...process.env, LC_ALL: "C.UTF-8", ...options.env },
    input: options.input ?? "",
    timeout: 120_000,
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error !== undefined) throw new Error(`${tool} could not be run`, { cause: error });
  return { code: status, said: `${stdout}${stderr}`, stdout };
}

/** Runs a tool that must succeed. Throws with what it said otherwise. */
export function run(tool: string, args: readonly string[], options: ToolOptions = {}): ToolRun {
  const ended = tryTool(tool, args, options);
  if (ended.code !== 0) throw new Error(`${tool} ${args.join(" ")} ended with ${ended.code}:\n${ended.said}`);
  return ended;
}
