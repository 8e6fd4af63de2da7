import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importSerials } from "../../../server/src/serials/import-serials.ts";
import { findSerial, insertSerials } from "../../../server/src/serials/rows/serials.ts";
import { findToken } from "../../../server/src/tokens/rows/tokens.ts";
import { as } from "../../../server/src/words/ids.ts";
import { type NormalSerial, normalizeSerial } from "../../../server/src/words/serial-text.ts";
import { startPostgres } from "../../postgres/embedded.ts";
import type { Bench, Section } from "../bench.ts";
import { keepLatencies } from "../load/latencies.ts";
import { inTurns } from "../measure.ts";
import { clickTarget, openWorld, startReceiverOn } from "../receivers.ts";
import { type Figure, figure, grouped } from "../report.ts";
import { serialAt, writeSerialFile } from "../serial-file.ts";
import { makeWorld, product, type World, type WorldOptions } from "../world.ts";
import { emptyDatabase } from "./postgres.ts";

const section = "serials";
const series = "AP";
const lookUps = 20_000;
const rowsPerCommit = 4_000;
const roundsOfLarge = 1;
const large = 5_000_000;

/** Serials a second from a file into the database, beside bare rows; the time of a look-up; what an import disturbs. */
export const serials: Section = async (bench) => {
  const folder = await mkdtemp(join(tmpdir(), "tallystick-bench-"));
  bench.afterwards(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "serials.txt");
  bench.say(`writing a file of ${grouped(bench.options.serials)} serials`);
  await writeSerialFile(file, series, bench.options.serials);
  bench.say("starting PostgreSQL");
  const server = await startPostgres({ onDisk: true });
  bench.afterwards(server.stop);
  let databases = 0;
  const onPostgres = async () => ({ postgresUrl: await emptyDatabase(server.url, `serials_${++databases}`) });
  return [
    ...(await onEngine(bench, "SQLite", file, async () => ({}))),
    ...(await onEngine(bench, "PostgreSQL", file, onPostgres)),
    await besideReceiver(bench, file),
  ];
};

/** An import into an empty database each round, beside as many bare rows in another; look-ups in the last of them. */
async function onEngine(
  bench: Bench,
  engine: string,
  file: string,
  emptyWorld: () => Promise<WorldOptions>,
): Promise<Figure[]> {
  const count = bench.options.serials;
  const rounds = count >= large ? roundsOfLarge : Math.min(3, bench.options.rounds);
  let last: World | undefined;
  const imported = async () => {
    await last?.remove();
    last = await makeWorld(await emptyWorld());
    return rateOf(count, importFile(last, file));
  };
  const bare = async () => {
    const world = await makeWorld(await emptyWorld());
    try {
      return await rateOf(count, insertBareRows(world, count));
    } finally {
      await world.remove();
    }
  };
  bench.afterwards(async () => last?.remove());
  const subjects = [
    { name: `${engine}, import`, round: imported },
    { name: `${engine}, bare rows`, round: bare },
  ];
  const [imports = [], controls = []] = await inTurns(subjects, rounds, bench.say);
  if (last === undefined) throw new Error("a round makes a world");
  bench.say(`${engine}, look-ups`);
  const found = await timeLookUps(last, count);
  return [
    figure({
      section,
      what: `${engine}, import of ${grouped(count)} serials`,
      unit: "/s",
      rounds: imports,
      control: { what: "bare rows", rounds: controls },
      goal: { atLeast: 100_000 },
    }),
    figure({
      section,
      what: `${engine}, look-up among them, p50`,
      unit: "ms",
      ...found.at(0.5),
      goal: { below: 1 },
    }),
    figure({ section, what: `${engine}, look-up among them, p99`, unit: "ms", ...found.at(0.99) }),
  ];
}

async function rateOf(count: number, work: Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work;
  return (count * 1000) / (performance.now() - begun);
}

async function importFile({ deps }: World, file: string): Promise<void> {
  const source = createReadStream(file, { highWaterMark: 2 ** 18 });
  const report = await importSerials(deps, { batch: "bench", product, source });
  if (report.added !== report.serials || report.duplicates > 0)
    throw new Error("serials were lost or doubled");
}

/** Nothing read, hashed or sorted: ascending keys, by the same statement. */
async function insertBareRows({ deps }: World, count: number): Promise<void> {
  const records = Buffer.alloc(rowsPerCommit * 16);
  for (let from = 0; from < count; from += rowsPerCommit) {
    const rows = Math.min(rowsPerCommit, count - from);
    for (let row = 0; row < rows; row++) records.writeUInt32BE(from + row, row * 16);
    const added = await deps.store.write((tx) => insertSerials(tx, 1, { records, width: 16, count: rows }));
    if (added !== rows) throw new Error("rows were lost");
  }
}

/** Look-ups as a registration makes them, from the serial's text on, beside those of a token in a small table. */
async function timeLookUps({ deps, tokens }: World, count: number) {
  const mine = keepLatencies(lookUps);
  const control = keepLatencies(lookUps);
  for (let index = 0; index < lookUps; index++) {
    const text = serialAt(series, Math.floor((count * index) / lookUps));
    let begun = performance.now();
    const hash = deps.hashes.serial(normalizeSerial(text) as NormalSerial);
    const row = await deps.store.read((tx) => findSerial(tx, hash));
    mine.add(performance.now() - begun);
    if (row === undefined) throw new Error("a serial was lost");
    const jti = as.token(tokens[index % tokens.length]?.jti ?? "");
    begun = performance.now();
    await deps.store.read((tx) => findToken(tx, jti));
    control.add(performance.now() - begun);
  }
  return {
    at: (share: number) => ({
      rounds: [mine.quantile(share)],
      control: { what: "a token's", rounds: [control.quantile(share)] },
    }),
  };
}

const clicksPerSecond = 200;

/** Clicks on a receiver while another process imports into its file, beside the same clicks without. */
async function besideReceiver(bench: Bench, file: string): Promise<Figure> {
  const world = await openWorld(bench);
  const receiver = await startReceiverOn(bench, world);
  const tokens = world.tokens.map(({ token }) => token);
  const clicks = await clickTarget(bench, { name: "clicks beside an import", world, receiver, tokens });
  await clicks.warmUp();
  bench.say("clicks without an import");
  const { pacedSeconds } = bench.options;
  const alone = await clicks.paced(clicksPerSecond, pacedSeconds);
  bench.say("clicks beside imports");
  const state = { isOver: false };
  const importing = importAgainAndAgain(world, file, state);
  const beside = await clicks.paced(clicksPerSecond, pacedSeconds).finally(() => {
    state.isOver = true;
  });
  await importing;
  return figure({
    section,
    what: `SQLite, a click beside imports, p99 at ${clicksPerSecond}/s`,
    unit: "ms",
    rounds: [beside.p99],
    control: { what: "without", rounds: [alone.p99] },
  });
}

/** Always other serials, until the clicks are over. */
async function importAgainAndAgain({ deps }: World, file: string, state: { isOver: boolean }): Promise<void> {
  for (let turn = 0; !state.isOver; turn++) {
    const lines = createReadStream(file, { encoding: "utf8", highWaterMark: 2 ** 18 });
    const renamed = lines.map((text: string) =>
      Buffer.from(text.replaceAll(`${series}-`, `${turn}${series}-`)),
    );
    await importSerials(deps, { batch: "bench", product, source: renamed });
  }
}
