import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { stampFile } from "../../../server/src/stamp/apply-plan.ts";
import { openFileSource } from "../../../server/src/stamp/file-source.ts";
import { planStamp } from "../../../server/src/stamp/plan-stamp.ts";
import { standingToken } from "../../../server/src/tokens/standing-tokens.ts";
import { as } from "../../../server/src/words/ids.ts";
import { tinyZip } from "../../stamp/tiny-archives.ts";
import { type Bench, connections, type Section } from "../bench.ts";
import type { Child } from "../children.ts";
import type { Downloaded, DownloaderTasks } from "../load/downloader.ts";
import { openWorld, startReceiverOn, startSubject } from "../receivers.ts";
import { figure } from "../report.ts";
import type { SubjectTasks } from "../subject.ts";
import { product, type World } from "../world.ts";

const mebibyte = 2 ** 20;
// Each moves 13 GB.
const mostRounds = 3;
const installerName = "acme-paint.zip";

/** 64 customers of 64 partners download an installer at once, beside the same file served as it lies. */
export const downloads: Section = async (bench) => {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-bench-"));
  bench.afterwards(() => rm(folder, { recursive: true, force: true }));
  const installer = join(folder, installerName);
  const installerBytes = (bench.options.quick ? 20 : 100) * mebibyte;
  await writeFile(
    installer,
    tinyZip([{ name: "acme-paint.bin", content: Buffer.alloc(installerBytes, "Acme Paint ") }]),
  );
  const world = await openWorld(bench, { installers: [installer] });
  const partners = [...new Set(world.tokens.map(({ partner }) => partner))].slice(0, connections);
  const downloader = await startSubject<DownloaderTasks>(bench, "load/downloader.ts");
  const receiver = await startReceiverOn(bench, world);
  const whole = await startSubject(bench, "controls/whole-file.ts", { args: [installer] });
  const address = await receiver.ask("url", undefined);
  const wholeAddress = await whole.ask("url", undefined);
  const ours = partners.map((partner) => `${address}/d/${product}/${partner}`);
  const plain = partners.map(() => `${wholeAddress}/${installerName}`);

  await assertBytes(bench, { world, installer, partners, downloader, urls: ours });
  const watch = watchMemory(receiver);
  const rounds: { ours: number[]; control: number[] } = { ours: [], control: [] };
  for (let round = 0; round < Math.min(bench.options.rounds, mostRounds); round++) {
    rounds.ours.push(await ratePerSecond(downloader, ours));
    rounds.control.push(await ratePerSecond(downloader, plain));
    bench.say(`round ${round + 1}`);
  }
  const { before, peak } = await watch();
  return [
    figure({
      section: "downloads",
      what: `${connections} stamped downloads of ${installerBytes / mebibyte} MiB at once`,
      unit: "MiB/s",
      rounds: rounds.ours,
      control: { what: "unstamped", rounds: rounds.control },
      goal: { ratioAtLeast: 0.8 },
    }),
    figure({
      section: "downloads",
      what: "memory while they ran",
      unit: "MiB",
      rounds: [peak],
      control: { what: "before", rounds: [before] },
    }),
  ];
};

async function ratePerSecond(downloader: Child<DownloaderTasks>, urls: readonly string[]): Promise<number> {
  const begun = performance.now();
  const done = await downloader.ask("all", { urls });
  const bytes = done.reduce((sum, one) => sum + one.bytes, 0);
  return bytes / mebibyte / ((performance.now() - begun) / 1000);
}

interface Check {
  world: World;
  installer: string;
  partners: readonly string[];
  downloader: Child<DownloaderTasks>;
  urls: readonly string[];
}

/** What every partner's customer gets must be what stamping the file by hand gives, whole and in a range. */
async function assertBytes(bench: Bench, { world, installer, partners, downloader, urls }: Check) {
  bench.say("every partner's bytes");
  const got = await downloader.ask("all", { urls, hashed: true });
  const range = { start: 1_000_000, end: 3_000_001 };
  const header = `bytes=${range.start}-${range.end - 1}`;
  const parts = await downloader.ask("all", { urls, hashed: true, range: header });
  for (const [index, partner] of partners.entries()) {
    const { whole, part } = await expectedHashes({ world, installer, partner, range });
    if (!same(got[index], whole) || !same(parts[index], part))
      throw new Error(`the download of ${partner} is not the stamped installer`);
  }
}

const same = (got: Downloaded | undefined, hash: string) => got?.hash === hash;

async function expectedHashes(of: {
  world: World;
  installer: string;
  partner: string;
  range: { start: number; end: number };
}) {
  const { world, installer, partner, range } = of;
  const order = { partner: as.partner(partner), product: as.product(product), batch: "download" };
  const { token } = await standingToken(world.deps, order);
  const copy = join(world.folder, "stamped.zip");
  const source = await openFileSource(installer);
  try {
    await stampFile(source, await planStamp(source, token), copy);
  } finally {
    await source.close();
  }
  const stamped = await openFileSource(copy);
  try {
    return {
      whole: await hashOf(stamped, { start: 0, end: stamped.size }),
      part: await hashOf(stamped, range),
    };
  } finally {
    await stamped.close();
  }
}

async function hashOf(
  source: Awaited<ReturnType<typeof openFileSource>>,
  { start, end }: { start: number; end: number },
): Promise<string> {
  const hash = createHash("sha256");
  for (let at = start; at < end; at += mebibyte)
    hash.update(await source.read(at, Math.min(mebibyte, end - at)));
  return hash.digest("hex");
}

/** Looks at a process's resident memory ten times a second; the answer ends it and tells the most that was seen. */
function watchMemory(receiver: Child<SubjectTasks>): () => Promise<{ before: number; peak: number }> {
  let watching = true;
  const watched = (async () => {
    const before = (await receiver.ask("memory", undefined)) / mebibyte;
    let peak = before;
    while (watching) {
      peak = Math.max(peak, (await receiver.ask("memory", undefined)) / mebibyte);
      await setTimeout(100);
    }
    return { before, peak };
  })();
  return () => {
    watching = false;
    return watched;
  };
}
