import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { runHere } from "../../receiver/testing/run-here.ts";

it("lists plans and whom they pay with --tsv as lines that say which of the two they are", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "tallystick-plans-"));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const env = { TALLYSTICK_ADMIN_TOKEN: "a token of at least sixteen bytes", OWN_SHOP_SECRET: "whsec_x" };
  const run = (...args: string[]) => runHere(args, { cwd, env });
  await run("init");
  const rules = [{ rule: "all", pay: { rateBp: 2_000 } }];
  const plan = { plan: "flat", name: "Flat", promise: "each_sale", rules };
  await writeFile(join(cwd, "flat.json"), JSON.stringify(plan));
  await run("plan", "add", join(cwd, "flat.json"));
  await run("plan", "assign", "flat", "--kind", "reseller");
  const { stdout } = await run("plan", "list", "--tsv");
  const [head, ...lines] = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  const of = (name: string) => lines.map((line) => line[head?.indexOf(name) ?? -1]);
  expect(of("row")).toEqual(["plan", "assignment"]);
  expect(of("plan")).toEqual(["flat", "flat"]);
  expect(of("of")).toEqual(["", "reseller"]);
  expect(lines.map((line) => line.length)).toEqual([head?.length, head?.length]);
});
