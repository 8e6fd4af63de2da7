import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Writable } from "node:stream";
import type { Command } from "commander";
import { describeFailure } from "../../cli/failure.ts";
import type { CommandLine } from "../../cli/run.ts";
import { tabSeparated } from "../../cli/tab-separated.ts";
import { withinWidth } from "../../cli/table.ts";
import { type ExitCode, outputOf, type Terminal } from "../../cli/terminal.ts";
import type { Config } from "../../config/config.ts";
import { asDeed, type Deed, nameSubject } from "../../deps/actor.ts";
import type { LookingDeps } from "../../deps/deps.ts";
import type { OpenedDeps } from "../../deps/open-deps.ts";
import type { Run } from "../../deps/run.ts";
import type { Log } from "../../words/log.ts";
import { deedOf } from "./command-deed.ts";

/** Makes the runner. What a command fails with is told here, once for all commands; `finish` gets the exit code. */
export function createRun(terminal: Terminal, finish: (code: ExitCode) => void): Run {
  return <Args extends unknown[]>(
    work: (cli: CommandLine<OpenedDeps, LookingDeps>, ...args: Args) => Promise<void>,
  ) =>
    async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      const options = command.optsWithGlobals<{
        config?: string;
        json?: boolean;
        tsv?: boolean;
        quiet?: boolean;
      }>();
      const json = options.json === true;
      let exitCode: ExitCode = 0;
      const form = { json, tsv: options.tsv === true };
      const place = options.quiet === true ? hushed(terminal) : terminal;
      const cli = openCommandLine(place, form, options.config, deedOf(command), (code) => {
        exitCode = code;
      });
      try {
        await work(cli, ...(given.slice(0, -1) as Args));
      } catch (error) {
        const named = options.config || terminal.env.TALLYSTICK_CONFIG || "tallystick.config.json";
        exitCode = tellFailure(terminal, json, error, resolve(named));
      }
      finish(exitCode);
    };
}

/**
 * Tells a failure: a sentence on standard error, and with `--json` a document on standard output.
 *
 * @param configFile whose configuration it is that has problems, where the error does not say
 */
export function tellFailure(
  terminal: Terminal,
  json: boolean,
  error: unknown,
  configFile?: string,
): ExitCode {
  const { exit, code, message, problems, file = configFile } = describeFailure(error);
  if (json) {
    const document = { error: { code, message, ...(problems === undefined ? {} : { file, problems }) } };
    outputOf(terminal).write(`${JSON.stringify(document, null, 2)}\n`);
  }
  const isNamed = file === undefined || problems === undefined || problems.some(({ path }) => path === file);
  const lines = (problems ?? []).map((problem) => `${problem.path}: ${problem.message}\n`);
  const suffix = problems === undefined && code !== "internal_error" ? ` (${code})` : "";
  terminal.stderr.write(`${message}${suffix}\n${isNamed ? "" : `In ${file}:\n`}${lines.join("")}`);
  return exit;
}

interface Opening {
  config: Config;
  log: Log;
}

function openCommandLine(
  terminal: Terminal,
  { json, tsv }: { json: boolean; tsv: boolean },
  configFile: string | undefined,
  deed: Omit<Deed, "recorded">,
  exitWith: (code: ExitCode) => void,
): CommandLine<OpenedDeps, LookingDeps> {
  const say = (sentence: string) => void terminal.stderr.write(`${sentence}\n`);
  const loadConfig = async (file = configFile) => {
    const ground = await import("../ground.ts");
    return ground.loadConfig({ env: terminal.env, ...(file === undefined ? {} : { file }) });
  };
  const openAll = async ({ config, log }: Opening) => {
    const { openDeps } = await import("../start/open-deps.ts");
    return openDeps(config, { log, env: terminal.env, say });
  };
  const withOpened = async <Opened extends LookingDeps, T>(
    open: (opening: Opening) => Promise<Opened>,
    work: (deps: Opened) => Promise<T>,
    given: Config | undefined,
  ): Promise<T> => {
    const config = given ?? (await loadConfig());
    const log = await openLog(terminal);
    const deps = await open({ config, log });
    try {
      return await asDeed(deed, () => work(deps));
    } finally {
      await deps.store.close();
      log.flush();
    }
  };
  return {
    terminal,
    json,
    exitWith,
    nameSubject,
    say,
    loadConfig,
    findConfig: async () => {
      const { defaultConfigFile } = await import("../ground.ts");
      const isNamed = Boolean(configFile ?? terminal.env.TALLYSTICK_CONFIG);
      return isNamed || existsSync(defaultConfigFile) ? loadConfig() : undefined;
    },
    print: (result, text, rows) => {
      const output = outputOf(terminal);
      output.write(
        json
          ? `${JSON.stringify(result, null, 2)}\n`
          : tsv
            ? tabSeparated(rows ?? result)
            : withinWidth(output.isTTY === true ? output.columns : undefined, text),
      );
    },
    withDeps: (work, config) => withOpened(openAll, work, config),
    looking: (work, config) =>
      withOpened(
        async (opening) => {
          const { openLooking } = await import("../ground.ts");
          const { config, log } = opening;
          const looking = await openLooking(config, {
            log,
            env: terminal.env,
            openAll: () => openAll(opening),
          });
          return looking ?? (await openAll(opening));
        },
        work,
        config,
      ),
  };
}

/** A terminal in which a command's own sentences, questions and progress are not heard; its failure is told elsewhere. */
function hushed(terminal: Terminal): Terminal {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // A terminal's streams are opened when they are asked for, so they are not copied.
  return Object.create(terminal, { stderr: { value: nowhere } }) as Terminal;
}

/** A person in a terminal gets the command's own sentences, and of the log only what went wrong. */
async function openLog(terminal: Terminal): Promise<Log> {
  const { createLog } = await import("../ground.ts");
  return createLog({
    destination: { write: (line) => terminal.stderr.write(line) },
    level: () => (terminal.stderr.isTTY === true ? "warn" : "info"),
  });
}
