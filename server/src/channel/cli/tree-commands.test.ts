import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { runHere } from "../../receiver/testing/run-here.ts";

it("prints the tree with --tsv as a line a partner, those below behind whom they stand below", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "tallystick-tree-"));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const env = { TALLYSTICK_ADMIN_TOKEN: "a token of at least sixteen bytes", OWN_SHOP_SECRET: "whsec_x" };
  const run = (...args: string[]) => runHere(args, { cwd, env });
  await run("init");
  expect((await run("partner", "tree", "--tsv")).stdout).toBe("");
  await run(
    "partner",
    "add",
    "nordic",
    "--name",
    "Nordic Distribution",
    "--kind",
    "distributor",
    "--percent",
    "30",
  );
  await run("partner", "add", "east", "--name", "East", "--parent", "nordic", "--percent", "35");
  const { stdout } = await run("partner", "tree", "--tsv");
  const [head, ...rows] = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  const columns = ["tier", "id", "name", "kind", "status", "parent", "percent"];
  const shown = rows.map((row) => columns.map((name) => row[head?.indexOf(name) ?? -1]));
  expect(shown).toEqual([
    ["1", "nordic", "Nordic Distribution", "distributor", "active", "", "30"],
    ["2", "east", "East", "reseller", "active", "nordic", "35"],
  ]);
});
