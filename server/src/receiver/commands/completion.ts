import { Argument, type Command } from "commander";
import { describeCommand } from "../../cli/describe-command.ts";
import type { Run } from "../../deps/run.ts";
import { type CompletedCommand, completionScripts } from "./completion-scripts.ts";

const shells = ["bash", "zsh", "fish"] as const;
type Shell = (typeof shells)[number];

/** Where each shell takes its script from, told with the help. */
const places = `
For this shell alone
  bash, zsh  source <(tallystick completion bash)
  fish       tallystick completion fish | source
For all to come
  bash       tallystick completion bash > ~/.local/share/bash-completion/completions/tallystick
  zsh        echo 'source <(tallystick completion zsh)' >> ~/.zshrc
  fish       tallystick completion fish > ~/.config/fish/completions/tallystick.fish`;

/** `completion SHELL`: what makes a shell complete commands and options. It is made from the commands themselves. */
export function addCompletion(program: Command, run: Run, addAll: () => Promise<void>): void {
  describeCommand(program, "completion", {
    summary: "print what makes your shell complete commands, options and their values",
    example: "completion bash > ~/.local/share/bash-completion/completions/tallystick",
  })
    .addArgument(new Argument("<shell>", "your shell").choices([...shells]))
    .addHelpText("after", places)
    .action(
      run(async (cli, shell: Shell) => {
        await addAll();
        const script = completionScripts[shell](completedCommands(program));
        cli.print({ shell, script }, () => script);
      }),
    );
}

/** Every command with what may follow it, the program itself first. */
function completedCommands(program: Command): CompletedCommand[] {
  const found: CompletedCommand[] = [];
  const visit = (command: Command, path: string) => {
    const below = command.commands.filter((one) => one.name() !== "help");
    // A noun's usual verb need not be named: its options are the noun's.
    const usual = below.find((one) => one.name() === usualVerbOf(command));
    const options = [...(usual?.options ?? []), ...command.options, ...program.options];
    const choices = command.registeredArguments[0]?.argChoices ?? [];
    found.push({
      path,
      words: [...below.map((one) => one.name()), ...choices],
      options: [...new Set([...options.flatMap(({ long }) => long ?? []), "--help"])],
      values: new Map(
        options
          .filter(({ required, optional }) => required || optional)
          .flatMap(({ long, argChoices }) => (long ? [[long, argChoices ?? []] as const] : [])),
      ),
    });
    for (const one of below) visit(one, path === "" ? one.name() : `${path} ${one.name()}`);
  };
  visit(program, "");
  return found;
}

/** Commander keeps it to itself. */
const usualVerbOf = (command: Command): string | null | undefined =>
  (command as unknown as { _defaultCommandName?: string | null })._defaultCommandName;
