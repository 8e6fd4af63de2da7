import { CommanderError } from "commander";
import { type ExitCode, outputOf, type Terminal } from "../cli/terminal.ts";
import { createRun, tellFailure } from "./command-line.ts";
import { createProgram } from "./program.ts";

/** Runs one command line, without the program's own name, and answers the exit code. Never rejects. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const run = createRun(terminal, (code) => {
    exitCode = code;
  });
  try {
    // `help NOUN` tells of a noun without its being run.
    const program = await createProgram(terminal, run, { whole: args[0] === "help", first: args[0] ?? "" });
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellFailure(terminal, args.includes("--json"), error);
    // What was misused stands on standard error by now; help that was asked for, on standard output.
    if (error.exitCode === 0) return 0;
    if (args.includes("--json")) {
      const message = error.message.replace(/^error: /, "");
      outputOf(terminal).write(`${JSON.stringify({ error: { code: "usage", message } }, null, 2)}\n`);
    }
    return 2;
  }
}
