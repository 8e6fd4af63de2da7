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
  it("completes nouns, verbs, options and their values in bash", async () => {
    const script = await print("bash");
    expect(complete(script, "tallystick", "part")).toBe("partner");
    expect(complete(script, "tallystick", "backup", "")).toBe("create verify restore");
    expect(complete(script, "tallystick", "partner", "add", "--na")).toBe("--name");
    expect(complete(script, "tallystick", "partner", "add", "north", "--per")).toBe("--percent");
    expect(complete(script, "tallystick", "--json", "partner", "ad")).toBe("add");
    expect(complete(script, "tallystick", "--config", "c.json", "partner", "ad")).toBe("add");
    expect(complete(script, "tallystick", "completion", "")).toBe("bash zsh fish");
    expect(complete(script, "tallystick", "import", "post")).toBe("post-affiliate-pro");
    expect(complete(script, "tallystick", "ledger", "export", "--format", "")).toBe("csv json hledger");
    expect(complete(script, "tallystick", "stamp", "setup.exe", "--par")).toBe("--partner");
  });

  it("completes files where a value is one's own", async () => {
    expect(
      complete(await print("bash"), "tallystick", "--config", `${import.meta.dirname}/completion.te`),
    ).toBe(import.meta.filename);
  });

  it("has every noun for the other shells too", async () => {
    const zsh = await print("zsh");
    expect(zsh).toContain("complete -F _tallystick tallystick");
    // To zsh a name behind the colon of an array's part is a modifier.
    expect(zsh).not.toMatch(/@\]:\d+:\w/);
    expect(await print("fish")).toMatch(/set words init serve config .* ledger .* completion\n/);
  });
});
