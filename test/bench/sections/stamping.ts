import { execFileSync } from "node:child_process";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsup";
import { tinyZip } from "../../stamp/tiny-archives.ts";
import type { Bench, Section } from "../bench.ts";
import type { Child } from "../children.ts";
import { column, inTurns, median } from "../measure.ts";
import { startSubject } from "../receivers.ts";
import { type Figure, figure } from "../report.ts";
import type { StamperTasks } from "../subjects/stamper.ts";

const section = "stamping";
const mebibyte = 2 ** 20;
const token = "t".repeat(400);
const readings = 20;

/** What a stamp costs: beside a plain copy, to read, and in memory. */
export const stamping: Section = async (bench) => {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-bench-"));
  bench.afterwards(() => rm(folder, { recursive: true, force: true }));
  bench.note(
    "Stamped programs have a real signature at their end and are grown before it, so they would not verify: the work is the same.",
  );
  const built = await buildStamper(folder);
  const start = () => startSubject<StamperTasks>(bench, built);
  const [large, huge] = [join(folder, "large.exe"), join(folder, "huge.exe")];
  await growProgram(large, 100 * mebibyte, { sparse: false });
  await growProgram(huge, (bench.options.quick ? 256 : 2048) * mebibyte, { sparse: true });
  return [
    await besideCopy(bench, start, { folder, large }),
    ...(await readingStamps(bench, start, folder)),
    ...(await readingArchives(bench, start, folder)),
    await peakMemory(bench, start, { folder, huge }),
  ];
};

type Start = () => Promise<Child<StamperTasks>>;

/** Made as the packages are: stripping types at the start takes 40 MB that nobody has who installed them. */
async function buildStamper(folder: string): Promise<string> {
  await build({
    entry: { stamper: fileURLToPath(new URL("../subjects/stamper.ts", import.meta.url)) },
    outDir: join(folder, "built"),
    outExtension: () => ({ js: ".mjs" }),
    format: "esm",
    target: "node26",
    config: false,
    silent: true,
    dts: false,
    esbuildOptions: (options) => {
      options.conditions = ["tallystick-source"];
    },
  });
  return pathToFileURL(join(folder, "built", "stamper.mjs")).href;
}

/** Puts bytes between the code and the certificate table of a small signed program. */
async function growProgram(path: string, bytes: number, { sparse }: { sparse: boolean }): Promise<void> {
  const program = await readFile(new URL("../../stamp/fixtures/pe/dual.exe", import.meta.url));
  const directory = program.readUInt32LE(0x3c) + 24 + 144;
  const table = program.readUInt32LE(directory);
  program.writeUInt32LE(table + bytes, directory);
  const file = await open(path, "wx");
  try {
    await file.write(program.subarray(0, table), 0, table, 0);
    const filler = Buffer.alloc(mebibyte, "Acme Paint ");
    for (let at = 0; !sparse && at < bytes; at += filler.length)
      await file.write(filler, 0, Math.min(filler.length, bytes - at), table + at);
    await file.write(program.subarray(table), 0, program.length - table, table + bytes);
  } finally {
    await file.close();
  }
}

async function besideCopy(
  bench: Bench,
  start: Start,
  { folder, large }: { folder: string; large: string },
): Promise<Figure> {
  const stamper = await start();
  const [to, copy] = [join(folder, "stamped.exe"), join(folder, "copy.exe")];
  const ours = async () => {
    await rm(to, { force: true });
    return stamper.ask("stamp", { from: large, to, token });
  };
  const control = async () => {
    await rm(copy, { force: true });
    const begun = performance.now();
    execFileSync("cp", [large, copy]);
    return performance.now() - begun;
  };
  await ours();
  await control();
  const repeated = (work: () => Promise<number>) => async () =>
    median([await work(), await work(), await work()]);
  const subjects = [
    { name: "stamp 100 MiB", round: repeated(ours) },
    { name: "cp 100 MiB", round: repeated(control) },
  ];
  const [stamped = [], copied = []] = await inTurns(subjects, bench.options.rounds, bench.say);
  return figure({
    section,
    what: "stamping a signed program of 100 MiB",
    unit: "ms",
    rounds: stamped,
    control: { what: "cp", rounds: copied },
    goal: { ratioAtMost: 2 },
  });
}

/** The first reading of a process compiles what it runs; a product's start does just that. */
async function readingStamps(bench: Bench, start: Start, folder: string): Promise<Figure[]> {
  const stamper = await start();
  const figures: Figure[] = [];
  for (const size of [0, 100, 2048]) {
    const [plain, path] = [join(folder, `plain-${size}.exe`), join(folder, `read-${size}.exe`)];
    await growProgram(plain, size * mebibyte, { sparse: true });
    await stampSparse(stamper, plain, path);
    const subject = { name: `read a stamp in ${size} MiB`, round: () => readOnce(start, path) };
    const [rounds = []] = await inTurns([subject], bench.options.rounds, bench.say);
    const what = `reading a stamp, ${size === 0 ? "12 KiB" : `${size} MiB`}`;
    figures.push(
      figure({ section, what, unit: "ms", rounds: column(rounds, "warm"), goal: { below: 5 } }),
      figure({ section, what: `${what}, the process's first`, unit: "ms", rounds: column(rounds, "first") }),
    );
  }
  return figures;
}

/** Archives of so many files that reading all their names would take longer than the goal. */
async function readingArchives(bench: Bench, start: Start, folder: string): Promise<Figure[]> {
  const stamper = await start();
  const figures: Figure[] = [];
  for (const [kind, prefix] of [
    ["zip", "node_modules/acme"],
    ["macOS app in a zip", "Paint.app/Contents"],
  ] as const) {
    const [plain, path] = [join(folder, "plain.zip"), join(folder, "stamped.zip")];
    const content = new Uint8Array();
    const files = Array.from({ length: 66_000 }, (_, index) => ({ name: `${prefix}/${index}.js`, content }));
    await writeFile(plain, tinyZip(files, { zip64: true }));
    await stampSparse(stamper, plain, path);
    const subject = { name: `read a stamp, ${kind}`, round: () => readOnce(start, path) };
    const [rounds = []] = await inTurns([subject], bench.options.rounds, bench.say);
    const what = `reading a stamp, ${kind} of 66,000 files`;
    figures.push(
      figure({ section, what, unit: "ms", rounds: column(rounds, "warm"), goal: { below: 5 } }),
      figure({ section, what: `${what}, the process's first`, unit: "ms", rounds: column(rounds, "first") }),
    );
  }
  return figures;
}

async function readOnce(start: Start, path: string): Promise<{ first: number; warm: number }> {
  const fresh = await start();
  const first = await fresh.ask("read", { path, token });
  const warm: number[] = [];
  for (let index = 0; index < readings; index++) warm.push(await fresh.ask("read", { path, token }));
  await fresh.stop();
  return { first, warm: median(warm) };
}

/** A stamped copy; what is sparse in the original need not be so in it, and nothing here measures that. */
async function stampSparse(stamper: Child<StamperTasks>, from: string, to: string): Promise<void> {
  await stamper.ask("stamp", { from, to, token });
  await rm(from);
}

async function peakMemory(
  bench: Bench,
  start: Start,
  { folder, huge }: { folder: string; huge: string },
): Promise<Figure> {
  const [before, stamper] = [await start(), await start()];
  bench.say("memory");
  await stamper.ask("stamp", { from: huge, to: join(folder, "huge-stamped.exe"), token });
  return figure({
    section,
    what: `memory at most, stamping ${bench.options.quick ? "256 MiB" : "2 GiB"}`,
    unit: "MiB",
    rounds: [await stamper.ask("peak", undefined)],
    control: { what: "before", rounds: [await before.ask("peak", undefined)] },
    goal: { below: 80 },
  });
}
