import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
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
      timeout: 120_000,
    });
    return JSON.parse(stdout) as T;
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim();
    throw new Error(`tallystick ${words.join(" ")}: ${said || String(cause)}`, { cause });
  }
}

/** The receiver's program as a function: the words, and what a terminal is to it. Returns the exit code. */
type RunCommandLine = (
  words: readonly string[],
  terminal: { env: NodeJS.ProcessEnv; stdin: Readable; stdout: Writable; stderr: Writable; name: string },
) => Promise<number>;

/**
 * Runs a command of `tallystick` with `--json` in this process, so that it looks at this process's clock.
 *
 * @throws when it exits with another code than 0: the message is what it said on standard error
 */
export async function runTallystick<T>(setting: CommandSetting, words: readonly string[]): Promise<T> {
  const file = pathToFileURL(join(dirname(program), "commands/run-command-line.ts")).href;
  const { runCommandLine } = (await import(file)) as { runCommandLine: RunCommandLine };
  const said = { out: "", err: "" };
  const keep = (name: keyof typeof said) =>
    new Writable({
      decodeStrings: false,
      write(chunk: string | Uint8Array, _, done) {
        said[name] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
        done();
      },
    });
  const args = [...words, "--json", "--config", setting.configFile];
  const env = tallystickEnvironment(setting);
  const terminal = { env, stdin: Readable.from([]), stdout: keep("out"), stderr: keep("err") };
  const code = await runCommandLine(args, { ...terminal, name: "tallystick" });
  if (code !== 0) throw new Error(`tallystick ${words.join(" ")}: ${said.err.trim()}`);
  return JSON.parse(said.out) as T;
}
