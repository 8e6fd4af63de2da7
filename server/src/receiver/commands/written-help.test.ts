import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import { beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../testing/run-here.ts";
import { createProgram } from "./program.ts";

const server = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "tallystick-help-"));
const launcher = join(folder, "bin/tallystick.js");

/** Runs the launcher where nothing is built but the helps: what it prints, it prints without the program. */
const launch = (...args: string[]) => spawnSync(process.execPath, [launcher, ...args], { encoding: "utf8" });

/** Has the launcher print each help at each width in one process, and prints them as a list of lists. */
const everyHelp = (helps: readonly string[], widths: readonly number[]) => `
const fs = process.getBuiltinModule("node:fs");
const { writeSync, fstatSync } = fs;
fs.fstatSync = (file) => (file === 1 ? { isCharacterDevice: () => true } : fstatSync(file));
process.stdout.isTTY = true;
let written = "";
fs.writeSync = (_, text) => { written += text; return text.length; };
const printed = [];
for (const words of ${JSON.stringify(helps)}) {
  const ofWidths = [];
  for (const width of ${JSON.stringify(widths)}) {
    written = "";
    process.stdout.columns = width;
    process.argv = [process.execPath, "", ...words.split(" ").filter(Boolean), "--help"];
    await import(${JSON.stringify(pathToFileURL(launcher).href)} + "?" + encodeURIComponent(words + width));
    ofWidths.push(written);
  }
  printed.push(ofWidths);
}
fs.writeFileSync(${JSON.stringify(join(folder, "printed.json"))}, JSON.stringify(printed));
`;

/** Every command of the program by its words, and what prints its help as wide as is wanted. */
async function programHelps(): Promise<Map<string, (width: number) => string>> {
  let written = "";
  const write = (text: string) => {
    written += text;
  };
  const stdout = { write };
  const terminal = { env: {}, stdin: process.stdin, stdout, stderr: stdout, name: "tallystick" };
  const program = await createProgram(terminal as never, () => async () => {}, { whole: true });
  const found = new Map<string, (width: number) => string>();
  const visit = (command: Command, words: string) => {
    found.set(words, (width) => {
      written = "";
      command.configureOutput({ getOutHelpWidth: () => width }).outputHelp();
      return written;
    });
    for (const one of command.commands) visit(one, `${words} ${one.name()}`.trim());
  };
  visit(program, "");
  return found;
}

beforeAll(() => {
  cpSync(join(server, "bin"), join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const write = ["--conditions=tallystick-source", join(server, "write-help.ts"), join(folder, "dist")];
  execFileSync(process.execPath, write);
});

describe("the help as the launcher prints it", () => {
  it("is the program's own for every command, however wide the terminal is", async () => {
    const helps = await programHelps();
    const widths = [0, 39, 60, 79, 80, 81, 100, 120, 300];
    expect(helps.size).toBeGreaterThan(150);
    execFileSync(process.execPath, ["--input-type=module", "--eval", everyHelp([...helps.keys()], widths)]);
    const printed: string[][] = (await import(join(folder, "printed.json"), { with: { type: "json" } }))
      .default;
    for (const [index, [words, help]] of [...helps].entries())
      expect({ words, texts: printed[index] }).toEqual({ words, texts: widths.map(help) });
  });

  it.each([[], ["partner"], ["partner", "details", "set"], ["import"], ["serve"], ["init"], ["completion"]])(
    "is what the command prints where there is no terminal: %s %s %s",
    async (...words) => {
      for (const flag of ["--help", "-h"]) {
        const { code, stdout } = await runHere([...words, flag]);
        expect(stdout).toContain("Usage: tallystick");
        expect(launch(...words, flag)).toMatchObject({ status: code, stdout, stderr: "" });
      }
    },
  );

  it.each(["--version", "-V"])("has the version: %s", async (flag) => {
    const { code, stdout } = await runHere([flag]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(launch(flag)).toMatchObject({ status: code, stdout, stderr: "" });
  });

  it.each([
    ["help"],
    ["nobody", "--help"],
    ["partner", "nobody", "--help"],
    ["partner", "list"],
    ["../package", "--help"],
    ["--json", "--help"],
    ["partner", "--version"],
    ["constructor", "--help"],
  ])("leaves everything else to the program: %s %s", (...args) => {
    expect(launch(...args)).toMatchObject({ status: 2, stdout: "" });
  });

  it("ends well where a reader closes the pipe", () => {
    const { status, stderr } = spawnSync(
      "/bin/sh",
      ["-c", `"${process.execPath}" "${launcher}" --help | true`],
      {
        encoding: "utf8",
      },
    );
    expect([status, stderr]).toEqual([0, ""]);
  });
});
