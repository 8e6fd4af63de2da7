import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linesOf, openInput } from "./open-input.ts";
import type { Terminal } from "./terminal.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tallystick-open-input-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() });
const terminal = (stdin = ""): Terminal => ({
  env: {},
  stdin: Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]),
  stdout: sink(),
  stderr: sink(),
  name: "tallystick",
});

const everythingOf = (from: AsyncIterable<unknown>) => Readable.from(from).toArray();

describe("what a command reads", () => {
  it("is whole however much happens before its first line is asked for", async () => {
    const file = join(folder, "long.jsonl");
    const count = 200_000;
    await writeFile(file, Array.from({ length: count }, (_, at) => `${at}\r\n`).join(""));
    const lines = linesOf(await openInput(file, terminal()));
    for (let times = 0; times < 20; times++) await readFile(file);
    let next = 0;
    for await (const line of lines) expect(Number(line)).toBe(next++);
    expect(next).toBe(count);
  });

  it("is standard input for -", async () => {
    expect(await everythingOf(linesOf(await openInput("-", terminal("one\ntwo"))))).toEqual(["one", "two"]);
  });

  it("is refused at once when it is not there, and to its reader when it goes later", async () => {
    await expect(openInput(join(folder, "no.csv"), terminal())).rejects.toMatchObject({ code: "ENOENT" });
    const file = join(folder, "gone.csv");
    await writeFile(file, "a\n");
    const input = await openInput(file, terminal());
    await rm(file);
    await expect(everythingOf(input)).rejects.toMatchObject({ code: "ENOENT" });
    const unread = await openInput(folder, terminal());
    await expect(everythingOf(linesOf(unread))).rejects.toMatchObject({ code: "EISDIR" });
  });
});
