import type { Command } from "commander";

/** Adds a command with what every command has: a sentence and an example in its help. A noun may have one default. */
export function describeCommand(
  parent: Command,
  usage: string,
  { summary, example, isDefault = false }: { summary: string; example: string; isDefault?: boolean },
): Command {
  return parent
    .command(usage, { isDefault })
    .description(summary)
    .addHelpText("after", `\nExample:\n  tallystick ${example}`);
}

/** Adds a noun whose verbs are commands. Alone it is wrong use. */
export function describeNoun(program: Command, noun: string, summary: string): Command {
  return program.command(noun).description(summary).helpCommand(false);
}
