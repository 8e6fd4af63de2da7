import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../testing/folder.ts";
import { createFileTokenStore } from "./file-token-store.ts";

const program = fileURLToPath(new URL("../testing/store-process.ts", import.meta.url));

async function start(folder: string, work: string, name: string) {
  const child = spawn(process.execPath, [program, folder, work, name]);
  await once(child.stdout, "data");
  return child;
}

async function finish(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [line] = await once(child.stdout, "data");
  await once(child, "exit");
  return JSON.parse(String(line));
}

/** All are up and waiting before the first is told to begin. */
async function runTogether(folder: string, work: string, names: string[]): Promise<string[]> {
  const children = await Promise.all(names.map((name) => start(folder, work, name)));
  const results = children.map(finish);
  for (const child of children) child.stdin.write("go\n");
  return Promise.all(results);
}

/** Resolves when a file was seen to be another one so many times: each write makes a new one. */
async function untilReplaced(file: string, times: number): Promise<void> {
  let known = 0;
  for (let seen = 0; seen < times; ) {
    const now = statSync(file, { throwIfNoEntry: false })?.ino ?? known;
    if (now !== known) seen += 1;
    known = now;
    await new Promise(setImmediate);
  }
}

const names = ["a", "b", "c", "d", "e", "f"];

describe("several processes on one folder", () => {
  it("let exactly one be the first", async () => {
    const folder = makeFolder();
    const codes = await runTogether(folder, "create", names);
    expect(codes.filter((code) => code === "written")).toHaveLength(1);
    const winner = names[codes.indexOf("written")];
    expect(createFileTokenStore(folder).read("token")).toEqual({ code: "found", text: `token of ${winner}` });
  });

  it("never show a reader a part of a text", async () => {
    const folder = makeFolder();
    const store = createFileTokenStore(folder);
    const seen = new Set<string>();
    const writing = runTogether(folder, "replaceOften", ["a", "b"]);
    let done = false;
    void writing.then(() => {
      done = true;
    });
    while (!done) {
      const read = store.read("token");
      seen.add(read.code === "found" ? read.text : read.code);
      await new Promise(setImmediate);
    }
    expect(
      [...seen].filter((text) => !["absent", "a".repeat(2000), "b".repeat(2000)].includes(text)),
    ).toEqual([]);
  });

  it("mend a damaged token to one good one, which all then see", async () => {
    const folder = makeFolder();
    const store = createFileTokenStore(folder);
    store.replace("token", "damaged");
    const codes = await runTogether(folder, "mend", names);
    expect(codes).toContain("written");
    expect(store.read("token")).toMatchObject({
      code: "found",
      text: expect.stringMatching(/^token of [a-f]$/),
    });
    expect(readdirSync(folder).sort()).toEqual(["tallystick.token", "tallystick.token.set-aside"]);
  });

  it("leave a whole text behind when one is killed while writing", async () => {
    const folder = makeFolder();
    for (let round = 0; round < 5; round += 1) {
      const child = await start(folder, "replaceForever", "k");
      child.stdin.write("go\n");
      await untilReplaced(join(folder, "tallystick.token"), 1 + round * 7);
      child.kill("SIGKILL");
      await once(child, "exit");
      const read = createFileTokenStore(folder).read("token");
      expect(read.code === "absent" || (read.code === "found" && read.text === "k".repeat(2000))).toBe(true);
    }
  });
});
