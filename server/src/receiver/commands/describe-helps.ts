import { Writable } from "node:stream";
import type { Command } from "commander";
import type { Terminal } from "../../cli/terminal.ts";
import { createProgram } from "./program.ts";

/** A line of a help: as it stands, or with the column from which on it is broken where a terminal is narrower. */
export type HelpLine = string | [text: string, column: number];

/** Here no line of any help is broken. */
const unbroken = 10_000;

/** The help of every command as the launcher lays it out, by the command's words (`partner add`); of the whole by none. */
export async function describeHelps(): Promise<Map<string, HelpLine[]>> {
  let written = "";
  const stdout = new Writable({
    decodeStrings: false,
    write(text: string, _, done) {
      written += text;
      done();
    },
  });
  const terminal: Terminal = { env: {}, stdin: process.stdin, stdout, stderr: stdout, name: "tallystick" };
  const program = await createProgram(terminal, () => async () => {}, { whole: true });
  const helps = new Map<string, HelpLine[]>();
  const visit = (command: Command, words: string) => {
    written = "";
    command.configureOutput({ getOutHelpWidth: () => unbroken }).outputHelp();
    // What was added behind commander's own help, such as lines to copy, stands as it was written.
    const own = command.helpInformation().split("\n").length;
    const described = lineIn(command);
    helps.set(
      words,
      written.split("\n").map((line, index) => (index < own ? described(line) : line)),
    );
    for (const one of command.commands) visit(one, `${words} ${one.name()}`.trim());
  };
  visit(program, "");
  return helps;
}

/** An item's description is broken in a column of its own, a command's at the edge. */
const lineIn =
  (command: Command) =>
  (line: string): HelpLine => {
    if (line === command.description()) return [line, 0];
    const item = /^ {2}\S.*? {2,}(?=\S)/.exec(line)?.[0];
    return item === undefined ? line : [line, item.length];
  };
