import type { Command } from "commander";

/** Adds a command with what every command has: a sentence and an example in its help. */
export function describeCommand(
  parent: Command,
  usage: string,
  { summary, example }: { summary: string; example: string },
): Command {
  return parent
    .command(usage)
    .description(summary)
    .addHelpText("after", `\nExample:\n  tallystick ${example}`);
}

/** Adds a noun whose verbs are commands. Alone it is wrong use. */
export function describeNoun(program: Command, noun: string, summary: string): Command {
  return program.command(noun).description(summary).helpCommand(false);
}
