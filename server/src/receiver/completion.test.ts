import { execFileSync } from "node:child_process";
import { Readable, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "./run-command-line.ts";

async function print(shell: string): Promise<string> {
  let out = "";
  const sink = () =>
    new Writable({
      write: (text, _encoding, done) => {
        out += text;
        done();
      },
    });
  const terminal = { env: {}, stdin: Readable.from([]), stdout: sink(), stderr: sink(), name: "tallystick" };
  expect(await runCommandLine(["completion", shell], terminal)).toBe(0);
  return out;
}

const complete = (script: string, ...words: string[]) =>
  execFileSync(
    "bash",
    [
      "--norc",
      "-c",
      `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tallystick; echo "\${COMPREPLY[*]}"`,
      "bash",
      ...words,
    ],
    { encoding: "utf8" },
  ).trim();

describe("completion", () => {
  it("completes nouns, verbs and options in bash", async () => {
    const script = await print("bash");
    expect(complete(script, "tallystick", "part")).toBe("partner");
    expect(complete(script, "tallystick", "backup", "")).toMatch(/^create verify restore /);
    expect(complete(script, "tallystick", "partner", "add", "--na")).toBe("--name");
    expect(complete(script, "tallystick", "partner", "add", "north", "--per")).toBe("--percent");
  });

  it("has every noun for the other shells too", async () => {
    expect(await print("zsh")).toMatch(/^#compdef tallystick\n/);
    expect(await print("fish")).toContain('complete -c tallystick -n "__fish_use_subcommand" -f -a ledger');
  });
});
