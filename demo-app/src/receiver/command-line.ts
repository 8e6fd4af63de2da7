import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The receiver's program, from the same source tree. */
const require = createRequire(import.meta.url);
const program = join(dirname(require.resolve("@tallystick/server/package.json")), "src/receiver/main.ts");

/** What every command needs: where its configuration is, the secrets named there, and the machine's environment. */
export interface CommandSetting {
  configFile: string;
  env: NodeJS.ProcessEnv;
  secrets: Record<string, string>;
}

/** The arguments for `process.execPath` that run a command of `tallystick`. */
export function tallystickArguments(setting: CommandSetting, words: readonly string[]): string[] {
  return [
    "--conditions=tallystick-source",
    "--no-warnings",
    program,
    ...words,
    "--config",
    setting.configFile,
  ];
}

/** The environment of a command: the machine's, without what would point the receiver elsewhere. */
export function tallystickEnvironment(setting: CommandSetting): NodeJS.ProcessEnv {
  const { DATABASE_URL, PORT, HOST, TALLYSTICK_CONFIG, NODE_OPTIONS, ...environment } = setting.env;
  return { ...environment, ...setting.secrets };
}

/**
 * Runs a command of `tallystick` with `--json`.
 *
 * @throws when it exits with another code than 0: the message is what it said on standard error
 */
export async function tallystick<T>(setting: CommandSetting, ...words: string[]): Promise<T> {
  const args = tallystickArguments(setting, [...words, "--json"]);
  try {
    const { stdout } = await run(process.execPath, args, {
      env: tallystickEnvironment(setting),
      timeout: 15_000,
    });
    return JSON.parse(stdout) as T;
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim();
    throw new Error(`tallystick ${words.join(" ")}: ${said || String(cause)}`, { cause });
  }
}
