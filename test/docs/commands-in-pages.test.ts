import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../server/src/receiver/commands/program.ts";

const root = join(import.meta.dirname, "../..");
const pages = [
  "README.md",
  "server/README.md",
  "sdk/README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.startsWith("decisions"))
    .map((name) => `docs/${name}`),
];

/** A command line as a page shows it, in words. */
interface Shown {
  page: string;
  words: readonly string[];
}

const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
const program = await createProgram(
  { env: {}, stdin: process.stdin, stdout: silent, stderr: silent, name: "tallystick" },
  // Read and judged, and not run.
  () => async () => {},
  { whole: true },
);

/** The words of the first command of a shell line: quotes taken off, what the shell would fill in as one word. */
function wordsOf(line: string): string[] {
  const filled = line.replaceAll(/\$\([^()]*(?:\([^()]*\)[^()]*)*\)/g, "filled");
  const words: string[] = [];
  for (const [token, double, single] of filled.matchAll(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|[^\s"'|&;<>#]+|[|&;<>#]+/g,
  )) {
    if (/^[|&;<>#]/.test(token)) break;
    words.push(double ?? single ?? token);
  }
  return words;
}

/** Every `tallystick …` in the shell blocks of a page, `receiver …` of docs/operations.md among them. */
function commandsOf(page: string): Shown[] {
  const text = readFileSync(join(root, page), "utf8");
  const blocks = [...text.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```/gm)]
    .filter(([block, language]) => language === "sh" || (language === "" && !/[│├▼]/.test(block)))
    .map(([, , block = ""]) => block);
  return blocks.flatMap((block) =>
    block
      .replaceAll(/\\\n\s*/g, " ")
      .split("\n")
      .flatMap(
        (line) =>
          /(?:^|[\s(])(?:tallystick|receiver) ([a-z].*)$/.exec(line.replace(/^\s*#.*/, ""))?.[1] ?? [],
      )
      .map((rest) => ({ page, words: wordsOf(rest) })),
  );
}

/** Every command in a sentence: `order list --outcome held`, with `tallystick` before it or without. */
function mentionsOf(page: string): Shown[] {
  const prose = readFileSync(join(root, page), "utf8").replaceAll(/```[\s\S]*?```/g, "");
  const nouns = new Set(program.commands.map((command) => command.name()));
  return [...prose.matchAll(/`([^`\n]+)`/g)].flatMap(([, span = ""]) => {
    const words = span.replace(/^(?:npx )?tallystick /, "").split(/\s+/);
    const isMeant = span.startsWith("tallystick ") || (nouns.has(words[0] ?? "") && words.length > 1);
    return isMeant ? [{ page, words }] : [];
  });
}

type Command = typeof program;

/** The command that the first words name, and what follows them. */
function find(words: readonly string[]): { command: Command; rest: readonly string[] } {
  let command = program;
  let at = 0;
  for (; at < words.length; at++) {
    const next = command.commands.find((one) => one.name() === words[at]);
    if (next === undefined) break;
    command = next;
  }
  return { command, rest: words.slice(at) };
}

/** What is wrong with a command in a sentence, where arguments may be left out and words stand for values. */
function problemOf({ page, words }: Shown): string[] {
  const { command, rest } = find(words);
  const said = `${page}: ${words.join(" ")}`;
  const isNoun = command.commands.length > 0 && !command.commands.some((one) => one.name() === "write");
  if (isNoun && rest.length > 0 && !/^[A-Z[{…-]/.test(rest[0] ?? "")) return [`${said}: no such command`];
  const known = [...program.options, ...command.options, ...(command.parent?.options ?? [])].flatMap(
    ({ long }) => long ?? [],
  );
  // A noun with a verb that needs no naming takes that verb's options.
  for (const verb of command.commands) known.push(...verb.options.flatMap(({ long }) => long ?? []));
  return rest
    .flatMap((word) => /^\[?(--[a-z][a-z-]*)/.exec(word)?.[1] ?? [])
    .filter((option) => option !== "--help" && !known.includes(option))
    .map((option) => `${said}: no option ${option}`);
}

describe("the commands in the pages", () => {
  it("are taken by the program as they stand in the shell's blocks", async () => {
    const shown = pages.flatMap(commandsOf);
    const problems: string[] = [];
    for (const { page, words } of shown) {
      try {
        await program.parseAsync([...words], { from: "user" });
      } catch (error) {
        // Commander's own error: help that was asked for has the code 0.
        const { exitCode, message } = error as { exitCode?: number; message: string };
        if (exitCode !== 0) problems.push(`${page}: tallystick ${words.join(" ")}: ${message}`);
      }
    }
    expect(shown.length).toBeGreaterThan(100);
    expect(problems).toEqual([]);
  });

  it("exist, with the options that are named, in sentences too", () => {
    const shown = pages.flatMap(mentionsOf);
    expect(shown.length).toBeGreaterThan(150);
    expect(shown.flatMap(problemOf)).toEqual([]);
  });
});
