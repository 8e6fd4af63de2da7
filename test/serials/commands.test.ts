import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runHere } from "../../server/src/receiver/testing/run-here.ts";

let folder: string;
const run = (args: readonly string[], input = "") => runHere(args, { cwd: folder, input });

/** Runs a command with `--json` and answers its document. */
async function ask(...args: string[]) {
  const ended = await run([...args, "--json"]);
  return { ...ended, document: JSON.parse(ended.stdout) as Record<string, unknown> };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tallystick-serials-"));
  await run(["init", "--dir", "."]);
  for (const id of ["north", "south"]) await run(["partner", "add", id, "--name", id]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("the commands about serials tell the same story to a person and to a program", async () => {
  await writeFile(join(folder, "boxes.csv"), "open,serial\n1000,BOX-1-SECRET\n1001,BOX-2-SECRET\n");
  const imported = ["serial", "import", "--batch", "spring", "--partner", "north", "boxes.csv"];
  const dry = await run([...imported, "--dry-run"]);
  expect(dry).toMatchObject({ code: 0, stdout: "2 of 2 serials would be added to spring, for north.\n" });
  expect((await ask(...imported)).document).toMatchObject({ added: 2, partner: "north", dryRun: false });
  expect(await run(imported)).toMatchObject({ code: 0, stdout: expect.stringContaining("had already: 2") });

  const assigned = await run([
    "serial",
    "assign",
    "--batch",
    "spring",
    "--open",
    "1001",
    "--partner",
    "south",
  ]);
  expect(assigned.stdout).toMatch(/^Open numbers 1001 of batch spring is south's from .* UTC on\.\n$/);
  const shown = await run(["serial", "show", "--json"], "box 2 secret\n");
  expect(JSON.parse(shown.stdout)).toMatchObject({
    found: [{ batch: "spring", open: 1001, partner: "south", activatedAt: null }],
  });
  const told = await run(["serial", "show", "-"], "BOX-2-SECRET");
  expect(told.stdout).toContain("south");
  expect(told.stdout + told.stderr).not.toMatch(/BOX-?2/i);
  const listed = await run(["serial", "list"]);
  expect(listed.stdout).toMatch(/^spring +acme-paint +secret +2 +- +1000\.\.1001 +north, and 1 range$/m);
  expect((await ask("serial", "revoke", "--batch", "spring")).document).toMatchObject({
    batch: "spring",
    revokedAt: expect.any(String),
  });
});

it("a file with a wrong line is refused with the line and without what stands in it, and writes nothing", async () => {
  const ended = await run(["serial", "import", "--batch", "bad", "-"], "GOOD-0001\nSTRANGE\u0001ONE\n");
  expect(ended).toMatchObject({ code: 1, stdout: "" });
  expect(ended.stderr).toContain("Line 2 is not a serial");
  expect(ended.stderr).not.toContain("STRANGE");
  expect((await run(["serial", "list"])).stdout).not.toContain("bad");
});

it.each([
  ["neither file nor range", ["--batch", "b"]],
  ["both file and range", ["--batch", "b", "--open", "1..2", "file"]],
  ["a range that is none", ["--batch", "b", "--open", "2..1"]],
  ["no batch", ["file"]],
])("an import with %s is wrong use", async (_what, args) => {
  expect(await run(["serial", "import", ...args])).toMatchObject({ code: 2, stdout: "" });
});

it("a long import that is killed is finished by running it again", async () => {
  const lines = Array.from({ length: 400_000 }, (_, index) => `LONG-${index.toString(36).padStart(6, "0")}`);
  await writeFile(join(folder, "long.txt"), lines.join("\n"));
  const { startCommandLine } = await import("../../server/src/receiver/testing/spawn-command-line.ts");
  const child = startCommandLine(["serial", "import", "--batch", "long", "long.txt"], folder);
  const ended = new Promise((resolve) => child.once("close", resolve));
  const written = async () => {
    const { document } = await ask("serial", "list");
    const batches = document.batches as { batch: string; serials: number }[];
    return batches.find(({ batch }) => batch === "long")?.serials ?? 0;
  };
  while (child.exitCode === null && (await written()) === 0);
  child.kill("SIGKILL");
  await ended;
  const before = await written();
  const { document } = await ask("serial", "import", "--batch", "long", "long.txt");
  expect(document).toMatchObject({ serials: lines.length, added: lines.length - before, known: before });
  expect(await written()).toBe(lines.length);
});
