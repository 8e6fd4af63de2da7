import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { toConfig } from "./config-of-file.ts";
import { configSchema } from "./config-schema.ts";
import { crossProblems } from "./cross-problems.ts";
import { type Environment, override } from "./override-config.ts";

export type { Environment };

/** Where the configuration is looked for when nothing names it. */
export const defaultConfigFile = "tallystick.config.json";

/**
 * Reads and checks the configuration: `file`, else `TALLYSTICK_CONFIG`, else `./tallystick.config.json`.
 * `DATABASE_URL`, `PORT` and `HOST` override it. Relative paths count from the file's own folder.
 *
 * @throws {ConfigError} with every problem that was found
 */
export async function loadConfig(options: { file?: string; env: Environment }): Promise<Config> {
  const file = resolve(options.file || options.env.TALLYSTICK_CONFIG || defaultConfigFile);
  const content = readJson(file);
  return (
    acceptConfig(content, { file, env: options.env }) ??
    (await judgeConfig(content, { file, env: options.env }))
  );
}

/** The configuration where nothing is wrong with it. In the commands' own build nothing of zod is loaded for that. */
function acceptConfig(
  content: unknown,
  { file, env }: { file: string; env: Environment },
): Config | undefined {
  const overridden = override(content, env).content;
  const parsed = configSchema.safeParse(overridden, { jitless: true });
  return parsed.success && crossProblems(overridden).length === 0 ? toConfig(parsed.data, file) : undefined;
}

/** Loads what says in words what is wrong, once something is. */
async function judgeConfig(content: unknown, where: { file: string; env: Environment }): Promise<Config> {
  const { parseConfig } = await import("./parse-config.ts");
  return parseConfig(content, where);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new ConfigError([{ path: file, message: unreadable(cause) }], file);
  }
}

function unreadable(cause: unknown): string {
  if (cause instanceof SyntaxError) return `expected JSON: ${cause.message}`;
  if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
    return "expected the configuration; there is no such file. Write one with `tallystick init`, or name one with --config";
  }
  if ((cause as NodeJS.ErrnoException).code === "EISDIR")
    return `expected a file, and this is a folder. Is it ${defaultConfigFile} in it that you mean?`;
  return `expected a file that can be read: ${(cause as Error).message}`;
}
