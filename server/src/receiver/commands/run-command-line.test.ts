import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable, Writable } from "node:stream";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import type { Terminal } from "../../cli/terminal.ts";
import { createProgram } from "./program.ts";
import { runCommandLine } from "./run-command-line.ts";

function openTerminal() {
  const written = { stdout: "", stderr: "" };
  const sink = (name: keyof typeof written) =>
    new Writable({
      write(chunk, _, done) {
        written[name] += chunk;
        done();
      },
    });
  const terminal: Terminal = {
    env: {},
    stdin: Readable.from([]),
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    name: "tallystick",
  };
  return { terminal, written };
}

async function run(...args: string[]) {
  const { terminal, written } = openTerminal();
  return { code: await runCommandLine(args, terminal), ...written };
}

const program = await createProgram(openTerminal().terminal, () => async () => {}, { whole: true });
/** The words of each command from here on, however deep its nouns are. */
const wordsOf = (command: Command): string[] =>
  command.commands.length === 0
    ? [command.name()]
    : command.commands.flatMap(wordsOf).map((words) => `${command.name()} ${words}`);
const commands = program.commands.flatMap(wordsOf);

describe("the command line's words", () => {
  it("are the contract's", () => {
    // Others were added since; these are promised.
    expect(commands.filter((words) => promised.includes(words))).toEqual(promised);
  });

  const promised = [
    "init",
    "serve",
    "key list",
    "key rotate",
    "key revoke",
    "partner add",
    "partner list",
    "partner show",
    "partner end",
    "token issue",
    "token verify",
    "token revoke",
    "coupon add",
    "coupon list",
    "coupon end",
    "order explain",
    "order list",
    "order resolve",
    "ledger balances",
    "ledger verify",
    "ledger export",
    "ledger release",
  ];

  it.each(commands)("explain %s with an example and the options all commands take", async (words) => {
    const help = await run(...words.split(" "), "--help");
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("--config <file>");
    expect(help.stdout).toContain("--json");
    expect(help.stdout).toMatch(new RegExp(`Example:\\n {2}tallystick ${words}\\b`));
  });

  it.each([
    [["partnr", "list"], "Did you mean partner?"],
    [["partner", "lst"], "Did you mean list?"],
    [["partner", "add", "north", "--nam", "N"], "--name"],
    [["partner", "list", "--jsn"], "Did you mean --json?"],
    [["partner", "add", "north", "--nme", "N"], "Did you mean --name?"],
    [["token", "list"], "See: tallystick token --help"],
    [["partner", "show"], "See: tallystick partner show --help"],
    [["partner"], "Usage:"],
    [[], "Usage:"],
    [["partner", "show"], "missing required argument 'id'"],
    [["partner", "list", "all"], "too many arguments"],
    [["partner", "add", "n", "--name", "N", "--kind", "friend"], "distributor, reseller, affiliate"],
    [["partner", "add", "n", "--name", "N", "--percent", "101"], "from 0 to 100"],
    [["partner", "add", "n", "--name", "N", "--percent", "1e1"], "from 0 to 100"],
    [["token", "issue", "--partner", "n", "--product", "p", "--expires", "2027-02-29"], "Expected a date"],
    [["order", "list", "--since", "yesterday"], "Expected a date"],
    [["order", "list", "--limit", "0"], "from 1 to 1000"],
    [["order", "resolve", "stripe", "x", "--partner", "north"], "--note"],
    [["order", "resolve", "stripe", "x", "--note", "n"], "with --partner ID, or"],
    [["order", "resolve", "s", "x", "--note", "n", "--none", "--partner", "n"], "cannot be used with"],
    [["coupon", "add", "NORTH"], "--partner"],
    [["coupon", "add", "NORTH", "--partner", "n", "--until", "soon"], "Expected a date"],
    [["ledger", "export"], "--format"],
    [["ledger", "export", "--format", "xml"], "csv, json, hledger"],
    [["ledger", "export", "--format", "csv", "--json"], "--json goes with"],
  ])("are wrong use as %j", async (args, words) => {
    const misuse = await run(...args);
    expect(misuse.code).toBe(2);
    expect(misuse.stderr).toContain(words);
    if (!args.includes("--json")) expect(misuse.stdout).toBe("");
  });

  it("tell wrong use as a document too, when one is asked for", async () => {
    const misuse = await run("partner", "lst", "--json");
    expect(misuse.code).toBe(2);
    expect(JSON.parse(misuse.stdout)).toMatchObject({ error: { code: "usage" } });
  });

  it.each([
    [["--json"], /^expected a command: init, serve, /],
    [["partner", "--json"], /^expected a command behind partner: add, list, show, /],
    [["partner", "key", "--json"], /^expected a command behind partner key: issue, list, revoke$/],
  ])("name the commands there are where a line stops short of one: %j", async (args, message) => {
    const misuse = await run(...args);
    expect(misuse.code).toBe(2);
    expect(misuse.stderr).toContain("Commands:");
    expect(JSON.parse(misuse.stdout)).toEqual({
      error: { code: "usage", message: expect.stringMatching(message) },
    });
  });

  it("print the package's version", async () => {
    const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
    expect(await run("--version")).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it.each([
    ["plan", "show", "std", "--version", "x"],
    ["plan", "show", "--version", "x", "std"],
    ["plan", "assign", "std", "--default", "--version=x"],
  ])("read a version of what they are about, not the package's: %s %s %s %s %s", async (...args) => {
    const misuse = await run(...args);
    expect(misuse).toMatchObject({ code: 2, stdout: "" });
    expect(misuse.stderr).toContain("option '--version <number>' argument 'x' is invalid");
  });

  it("load no package but commander before a command runs", () => {
    const seen = new Set<string>();
    const packages = new Set<string>();
    const visit = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(file, "utf8").replaceAll(/^(import|export) type [^;]+;/gm, "");
      for (const [, target = ""] of text.matchAll(/^(?:import|export) [^"]*?from "([^"]+)"/gm)) {
        if (!target.startsWith(".")) packages.add(target);
        else if (target.endsWith(".ts")) visit(join(dirname(file), target));
      }
    };
    visit(join(import.meta.dirname, "../main.ts"));
    // The verbs of a noun are loaded when it is named, and they too wait with what they need.
    const verbs = readFileSync(join(import.meta.dirname, "nouns.ts"), "utf8").matchAll(/import\("(.+?)"\)/g);
    for (const [, file = ""] of verbs) visit(join(import.meta.dirname, file));
    expect(seen.size).toBeGreaterThan(80);
    expect([...packages].filter((name) => !name.startsWith("node:"))).toEqual(["commander"]);
  });
});
