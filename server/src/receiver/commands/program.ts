import { Command, Option } from "commander";
import { describeNoun } from "../../cli/describe-command.ts";
import { outputOf, type Terminal } from "../../cli/terminal.ts";
import { version } from "../../cli/version.ts";
import type { Run } from "../../deps/run.ts";
import { addImportCommand } from "../../imports/cli/commands.ts";
import { addInit } from "../init/init.ts";
import { addCompletion } from "./completion.ts";
import { nouns } from "./nouns.ts";
import { addServe } from "./serve-command.ts";

/**
 * The command line. A noun's verbs are loaded when it is named, and what a verb needs when it runs; `whole` is for those
 * who walk through all of it. Where a noun is the `first` word of a command line, no other noun is described.
 */
export async function createProgram(
  terminal: Terminal,
  run: Run,
  { whole = false, first = "" }: { whole?: boolean; first?: string } = {},
): Promise<Command> {
  const program = new Command("tallystick")
    .description("The receiver: credits the reseller who sold a software licence when it is renewed.")
    .version(version, "-V, --version", "print the version")
    .addOption(
      new Option("--config <file>", "the configuration (TALLYSTICK_CONFIG, ./tallystick.config.json)"),
    )
    .option("--json", "print one JSON document on standard output, and nothing else there")
    .option("--tsv", "print the result as tab-separated values, a line a row, with the names of --json")
    .option("-q, --quiet", "say nothing on standard error but what failed")
    .helpOption("-h, --help", "print this help")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void outputOf(terminal).write(text),
      writeErr: (text) => void terminal.stderr.write(text),
    })
    .addHelpText("after", "\nExit codes: 0 done, 1 refused or failed, 2 wrong use or configuration.")
    .exitOverride();
  addInit(program, run);
  addServe(program, run);
  const meant = nouns.filter(({ name }) => name === first);
  const named = new Map(
    (meant.length > 0 ? meant : nouns).map(
      (noun) => [describeNoun(program, noun.name, noun.summary), noun] as const,
    ),
  );
  addImportCommand(program, run);
  const addVerbs = async (command: Command) => {
    const noun = named.get(command);
    named.delete(command);
    if (noun !== undefined) (await noun.verbs())(command, run);
  };
  const addAll = async () => {
    for (const command of named.keys()) await addVerbs(command);
  };
  program.hook("preSubcommand", (_, command) => addVerbs(command));
  addCompletion(program, run, addAll);
  if (whole) await addAll();
  return program;
}
