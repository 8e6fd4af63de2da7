import { type Command, CommanderError } from "commander";
import { type ExitCode, outputOf, type Terminal } from "../../cli/terminal.ts";
import { nearestName } from "../../config/nearest-name.ts";
import { createRun, tellFailure } from "./command-line.ts";
import { createProgram } from "./program.ts";

/** Runs one command line, without the program's own name, and returns the exit code. Never rejects. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const run = createRun(terminal, (code) => {
    exitCode = code;
  });
  let program: Command | undefined;
  try {
    // `help NOUN` tells of a noun without its being run.
    program = await createProgram(terminal, run, { whole: args[0] === "help", first: args[0] ?? "" });
    await program.parseAsync(withOwnVersions(args), { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellFailure(terminal, args.includes("--json"), error);
    // What was misused stands on standard error by now; help that was asked for, on standard output.
    if (error.exitCode === 0) return 0;
    if (program !== undefined)
      for (const hint of hintsOn(error, program, args, terminal.name)) terminal.stderr.write(hint);
    if (args.includes("--json")) {
      const message = wordsOf(error, program, args);
      outputOf(terminal).write(`${JSON.stringify({ error: { code: "usage", message } }, null, 2)}\n`);
    }
    return 2;
  }
}

/** What is wrong, in a sentence. Where a noun stands alone commander has printed its help and has none. */
function wordsOf(error: CommanderError, program: Command | undefined, args: readonly string[]): string {
  if (error.code !== "commander.help" || program === undefined) return error.message.replace(/^error: /, "");
  const { command, path } = commandOf(program, args);
  const known = command.commands.map((one) => one.name());
  return `expected a command${path && ` behind${path}`}: ${known.join(", ")}`;
}

/**
 * Joins a command's `--version NUMBER` to one word. The program has an option of that name without a value, which
 * commander finds wherever it stands on the line.
 */
function withOwnVersions(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of args)
    if (joined.length > 1 && joined.at(-1) === "--version" && !word.startsWith("-"))
      joined.splice(-1, 1, `--version=${word}`);
    else joined.push(word);
  return joined;
}

/** What commander leaves unsaid of a mistake: it stops at the first, and names no verb unless one is near. */
function hintsOn(
  { code }: CommanderError,
  program: Command,
  args: readonly string[],
  name: string,
): string[] {
  const { command, path } = commandOf(program, args);
  if (code === "commander.missingMandatoryOptionValue") {
    const known = [...command.options, ...program.options].flatMap(({ long }) => long ?? []);
    return args
      .filter((word) => /^--[a-z]/.test(word) && !known.includes(word.replace(/=.*$/, "")))
      .map((word) => {
        const near = nearestName(word, known);
        return `error: unknown option '${word}'\n${near === undefined ? "" : `(Did you mean ${near}?)\n`}`;
      });
  }
  return /^commander\.(unknown|missing|excess)/.test(code) ? [`See: ${name}${path} --help\n`] : [];
}

/** The command that a line names, as far as it does, and its words with a space before each. */
function commandOf(program: Command, args: readonly string[]): { command: Command; path: string } {
  let command = program;
  let path = "";
  for (const word of args) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) continue;
    command = next;
    path += ` ${word}`;
  }
  return { command, path };
}
