import { execFileSync, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createRenewalClient } from "@tallystick/sdk";
import type { Bench, Section } from "../bench.ts";
import { machinesNode } from "../machine.ts";
import { column, inTurns, median } from "../measure.ts";
import { openWorld, startSubject } from "../receivers.ts";
import { type Figure, figure } from "../report.ts";
import type { WarmTasks } from "../subjects/sdk-warm.ts";
import { product, type World } from "../world.ts";

const section = "sdk";
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** What embedding the SDK costs a product: at its start, and for each link. */
export const sdk: Section = async (bench) => {
  const world = await openWorld(bench, { tokens: 1 });
  const built = join(world.folder, "sdk");
  build(built);
  await writeFile(join(world.folder, "package.json"), '{ "type": "module" }');
  const receiver = world.deps.config.issuer;
  const options = {
    product,
    receiver,
    keys: await world.deps.keys.publicKeys(),
    folder: join(world.folder, "own"),
  };
  const captured = await createRenewalClient(options).attribution.capture({ token: world.tokens[0]?.token });
  if (captured.code !== "captured") throw new Error(`the token was not stored: ${captured.code}`);

  const told = [pathToFileURL(join(built, "index.js")).href, JSON.stringify(options)];
  const args = [path("../subjects/sdk-cold-start.mjs"), ...told];
  const imported = [path("../subjects/sdk-import.mjs"), ...told];
  const bare = [await tokenFile(world), JSON.stringify(options.keys.keys[0])];
  const figures = [
    ...(await coldStart(bench, { node: process.execPath, args, imported, bare, goal: true })),
    await coldCapture(bench, {
      ours: [path("../subjects/sdk-cold-capture.mjs"), ...told],
      control: [path("../controls/bare-verify.mjs"), ...bare],
    }),
  ];
  const other = machinesNode();
  if (other === undefined) bench.note("There is no other Node on this machine's path.");
  else figures.push(...(await coldStart(bench, { node: other, args, imported, bare, goal: false })));
  return [...figures, ...(await warmCalls(bench, [built, JSON.stringify(options)]))];
};

function build(outDir: string): void {
  const tsup = path("../../../node_modules/tsup/dist/cli-default.js");
  const args = [tsup, "--out-dir", outDir, "--no-dts", "--silent"];
  execFileSync(process.execPath, args, { cwd: path("../../../sdk"), stdio: ["ignore", "ignore", "inherit"] });
}

async function coldStart(
  bench: Bench,
  options: { node: string; goal: boolean } & Record<"args" | "imported" | "bare", readonly string[]>,
): Promise<Figure[]> {
  const { node, args, goal } = options;
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim().slice(1);
  const starts = bench.options.quick ? 5 : 15;
  const empty = [path("../controls/empty.mjs")];
  const bare = [path("../controls/bare-start.mjs"), ...options.bare];
  const timed = {
    ours: [] as number[],
    imported: [] as number[],
    empty: [] as number[],
    bare: [] as number[],
  };
  const subject = {
    name: `cold start on Node ${version}`,
    round: async () => {
      for (let index = 0; index < starts; index++) {
        timed.ours.push(start(node, args, "https://renew.acme.example/r/acme-paint?t=eyJ"));
        timed.imported.push(start(node, options.imported, ""));
        timed.empty.push(start(node, empty, ""));
        timed.bare.push(start(node, bare, ""));
      }
      return {
        ours: median(timed.ours.splice(0)),
        imported: median(timed.imported.splice(0)),
        empty: median(timed.empty.splice(0)),
        bare: median(timed.bare.splice(0)),
      };
    },
  };
  await subject.round();
  const [rounds = []] = await inTurns([subject], bench.options.rounds, bench.say);
  const ours = { section, what: `cold start, Node ${version}`, unit: "ms", rounds: column(rounds, "ours") };
  return [
    figure({
      ...ours,
      control: { what: "empty process", rounds: column(rounds, "empty") },
      ...(goal ? { goal: { moreAtMost: 15 } } : {}),
    }),
    figure({ ...ours, control: { what: "one bare verification", rounds: column(rounds, "bare") } }),
    figure({
      section,
      what: `import alone, Node ${version}`,
      unit: "ms",
      rounds: column(rounds, "imported"),
      control: { what: "empty process", rounds: column(rounds, "empty") },
      ...(goal ? { goal: { moreAtMost: 8 } } : {}),
    }),
  ];
}

async function tokenFile({ folder, tokens }: World): Promise<string> {
  const file = join(folder, "token");
  await writeFile(file, tokens[0]?.token ?? "");
  return file;
}

/** What the first question for a stored token costs a process that has just begun. */
async function coldCapture(
  bench: Bench,
  { ours, control }: Record<"ours" | "control", readonly string[]>,
): Promise<Figure> {
  const starts = bench.options.quick ? 5 : 15;
  const timed = (args: readonly string[], says: string) => {
    const { stdout } = run(process.execPath, args, says);
    return Number(stdout.slice(says.length));
  };
  const subject = {
    name: "capture() of a stored token",
    round: async () => {
      const taken = Array.from({ length: starts }, () => [
        timed(ours, "already_stored "),
        timed(control, "verified "),
      ]);
      return {
        ours: median(taken.map(([one = 0]) => one)),
        control: median(taken.map(([, one = 0]) => one)),
      };
    },
  };
  const [rounds = []] = await inTurns([subject], bench.options.rounds, bench.say);
  return figure({
    section,
    what: "capture(), a token is stored",
    unit: "ms",
    rounds: rounds.map((round) => round.ours),
    control: { what: "bare verification", rounds: rounds.map((round) => round.control) },
    goal: { below: 10 },
  });
}

/** Milliseconds from the start of a process to its end. */
function start(node: string, args: readonly string[], prints: string): number {
  const begun = performance.now();
  run(node, args, prints);
  return performance.now() - begun;
}

function run(node: string, args: readonly string[], prints: string): { stdout: string } {
  const { status, stdout } = spawnSync(node, args, {
    encoding: "utf8",
    env: {},
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0 || !stdout.startsWith(prints)) throw new Error(`${args[0]} printed ${stdout}`);
  return { stdout };
}

async function warmCalls(bench: Bench, args: readonly string[]): Promise<Figure[]> {
  const child = await startSubject<WarmTasks>(bench, "subjects/sdk-warm.ts", { args });
  const seconds = bench.options.quick ? 0.3 : 1;
  const names = ["asked", "composed", "urlObjects"] as const;
  for (const name of names) await child.ask(name, seconds);
  const subjects = names.map((name) => ({ name: `links, ${name}`, round: () => child.ask(name, seconds) }));
  const [asked = [], composed = [], urlObjects = []] = await inTurns(
    subjects,
    bench.options.rounds,
    bench.say,
  );
  const timed = ["views", "bareViews"] as const;
  for (const name of timed) await child.ask(name, seconds);
  const [views = [], bareViews = []] = await inTurns(
    timed.map((name) => ({ name: `prompt, ${name}`, round: () => child.ask(name, seconds) })),
    bench.options.rounds,
    bench.say,
  );
  const control = { what: "by new URL", rounds: urlObjects };
  const goal = { atLeast: 100_000 };
  return [
    figure({ section, what: "renewalUrl(), warm", unit: "/s", rounds: asked, control, goal }),
    figure({ section, what: "links, each for another licence", unit: "/s", rounds: composed, control, goal }),
    figure({
      section,
      what: "promptView(), warm",
      unit: "ms",
      rounds: views,
      control: { what: "two files and a plural", rounds: bareViews },
      goal: { below: 1 },
    }),
  ];
}
