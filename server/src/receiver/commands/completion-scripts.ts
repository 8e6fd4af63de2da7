/** What may follow a command on its line. */
export interface CompletedCommand {
  /** Its words: `partner add`; empty for the program alone. */
  path: string;
  /** Verbs below it, or what its first argument may be. */
  words: readonly string[];
  options: readonly string[];
  /** The options that take a value, with those there are; none stands for a file or a word of one's own. */
  values: ReadonlyMap<string, readonly string[]>;
}

type Commands = readonly CompletedCommand[];

const quoted = (text: string): string => `"${text}"`;

/** Bash: one function, which zsh runs too: there a length is no bare name. Options are offered once a hyphen is typed. */
const bash = (commands: Commands): string => `_tallystick() {
  local path="" word next skip="" words="" options=""
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:$((COMP_CWORD-1))}"; do
    if [ -n "$skip" ]; then skip=""; continue; fi
    case "$word" in
      --config) skip=1; continue ;;
      -*) continue ;;
    esac
    next="\${path:+$path }$word"
    case "$next" in
      ${commands.flatMap(({ path }) => (path === "" ? [] : quoted(path))).join("|")}) path="$next" ;;
      *) break ;;
    esac
  done
  case "$path" in
${commands.map((one) => `    ${quoted(one.path)}) ${bashCase(one)} ;;`).join("\n")}
  esac
  case "$current" in -*) words="$options" ;; esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ \${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$current")); fi
}
`;

function bashCase({ words, options, values }: CompletedCommand): string {
  const cases = byChoices(values).map(
    ([choices, names]) => `${names.join("|")}) words=${quoted(choices)} ;;`,
  );
  const own = `words=${quoted(words.join(" "))}; options=${quoted(options.join(" "))}`;
  return `case "$before" in ${cases.join(" ")} *) ${own} ;; esac`;
}

/** Fish: one function that prints what fits. */
const fish = (commands: Commands): string => `function __tallystick_words
  set -l path ""
  set -l skip ""
  set -l typed (commandline -opc)
  for word in $typed[2..]
    if test -n "$skip"
      set skip ""
      continue
    end
    switch $word
      case --config
        set skip 1
        continue
      case '-*'
        continue
    end
    set -l next (string trim "$path $word")
    switch $next
      case ${commands.flatMap(({ path }) => (path === "" ? [] : quoted(path))).join(" ")}
        set path $next
      case '*'
        break
    end
  end
  set -l words
  set -l options
  switch $path
${commands.map((one) => `    case ${quoted(one.path)}\n${fishCase(one)}`).join("\n")}
  end
  set -l current (commandline -ct)
  if string match -q -- '-*' $current
    set words $options
  end
  if test (count $words) -gt 0
    printf '%s\\n' $words
  else
    __fish_complete_path $current
  end
end
complete -c tallystick -e
complete -c tallystick -f -a '(__tallystick_words)'
`;

function fishCase({ words, options, values }: CompletedCommand): string {
  const cases = byChoices(values).map(
    ([choices, names]) => `        case ${names.join(" ")}\n          set words ${choices}`,
  );
  return [
    "      switch $typed[-1]",
    ...cases,
    "        case '*'",
    `          set words ${words.join(" ")}`,
    `          set options ${options.join(" ")}`,
    "      end",
  ].join("\n");
}

/** Options that take the same values, together: the values with spaces between, and the options' names. */
function byChoices(values: CompletedCommand["values"]): [choices: string, names: string[]][] {
  const found = new Map<string, string[]>();
  for (const [name, choices] of values)
    found.set(choices.join(" "), [...(found.get(choices.join(" ")) ?? []), name]);
  return [...found];
}

/** The script of each shell. */
export const completionScripts = {
  bash: (commands: Commands) => `${bash(commands)}complete -F _tallystick tallystick\n`,
  zsh: (commands: Commands) => `# compdef is zsh's own way of completing; bash's way stands on it.
whence compdef > /dev/null || { autoload -Uz compinit && compinit; }
autoload -U +X bashcompinit && bashcompinit
${bash(commands)}complete -F _tallystick tallystick
`,
  fish,
};
