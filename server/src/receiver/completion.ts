import { Argument, type Command } from "commander";
import { describeCommand } from "../cli/describe-command.ts";
import type { Run } from "../deps/run.ts";

const shells = ["bash", "zsh", "fish"] as const;
type Shell = (typeof shells)[number];

/** `completion SHELL`: what makes a shell complete commands and options. It is made from the commands themselves. */
export function addCompletion(program: Command, run: Run, addAll: () => Promise<void>): void {
  describeCommand(program, "completion", {
    summary: "print what makes your shell complete commands and options",
    example: "completion bash > ~/.local/share/bash-completion/completions/tallystick",
  })
    .addArgument(new Argument("<shell>", "your shell").choices([...shells]))
    .action(
      run(async (cli, shell: Shell) => {
        await addAll();
        const script = scripts[shell](wordsOf(program));
        cli.print({ shell, script }, () => script);
      }),
    );
}

/** For each command line so far, what may come next: `partner` → `add list …`; `partner add` → `--name …`. */
type Words = ReadonlyMap<string, readonly string[]>;

function wordsOf(program: Command): Words {
  const words = new Map<string, readonly string[]>();
  const globals = program.options.flatMap(({ long }) => long ?? []);
  const visit = (command: Command, path: string) => {
    const below = command.commands.filter((one) => one.name() !== "help");
    const own = command.options.flatMap(({ long }) => long ?? []);
    words.set(path, [...new Set([...below.map((one) => one.name()), ...own, ...globals, "--help"])]);
    for (const one of below) visit(one, path === "" ? one.name() : `${path} ${one.name()}`);
  };
  visit(program, "");
  return words;
}

const scripts: Record<Shell, (words: Words) => string> = {
  bash: (words) => `_tallystick() {
  local path="" word next
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${path:+$path }$word"
    case "$next" in
      ${[...words.keys()].filter(Boolean).map(quoted).join("|")}) path="$next" ;;
      *) break ;;
    esac
  done
  case "$path" in
${[...words].map(([path, next]) => `    ${quoted(path)}) COMPREPLY=($(compgen -W "${next.join(" ")}" -- "\${COMP_WORDS[COMP_CWORD]}")) ;;`).join("\n")}
  esac
  if [ \${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")); fi
}
complete -F _tallystick tallystick
`,
  zsh: (words) => `#compdef tallystick
autoload -U +X bashcompinit && bashcompinit
${scripts.bash(words)}`,
  fish: (words) =>
    `complete -c tallystick -e
${[...words].flatMap(([path, next]) => next.map((word) => fishLine(path, word))).join("\n")}
`,
};

const quoted = (text: string): string => `"${text}"`;

function fishLine(path: string, word: string): string {
  const seen =
    path === ""
      ? "__fish_use_subcommand"
      : path
          .split(" ")
          .map((one) => `__fish_seen_subcommand_from ${one}`)
          .join("; and ");
  const what = word.startsWith("--") ? `-l ${word.slice(2)}` : `-f -a ${word}`;
  return `complete -c tallystick -n "${seen}" ${what}`;
}
