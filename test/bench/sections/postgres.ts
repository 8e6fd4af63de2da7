import pg from "pg";
import { startPostgres } from "../../postgres/embedded.ts";
import type { Bench, Section } from "../bench.ts";
import { column, inTurns, median } from "../measure.ts";
import { openWorld, purchaseTarget, startReceiverOn } from "../receivers.ts";
import { type Figure, figure } from "../report.ts";
import type { Target, TargetResult } from "../target.ts";

const section = "postgres";

/**
 * Purchases a second on PostgreSQL beside SQLite: fresh sales, by one receiver, by two on one database, and by one that
 * gives each purchase a transaction of its own; and renewals of registered copies.
 */
export const postgres: Section = async (bench) => {
  bench.say("starting PostgreSQL");
  const server = await startPostgres({ onDisk: true });
  bench.afterwards(server.stop);
  const on = async (name: string, { receivers = 1, file = "receiver-process.ts", renewals = false } = {}) => {
    const isSqlite = name.startsWith("SQLite");
    const database = isSqlite ? {} : { postgresUrl: await emptyDatabase(server.url, `bench_${++databases}`) };
    const world = await openWorld(bench, database);
    const started: Awaited<ReturnType<typeof startReceiverOn>>[] = [];
    for (let count = 0; count < receivers; count++) started.push(await startReceiverOn(bench, world, file));
    const subject = await purchaseTarget(bench, { name, world, receivers: started, renewals });
    const stop = async () => {
      for (const receiver of started) await receiver.stop();
    };
    return { ...subject, stop };
  };
  const subjects = [
    await on("PostgreSQL"),
    await on("SQLite"),
    await on("PostgreSQL, two receivers", { receivers: 2 }),
    await on("PostgreSQL, one transaction each", { file: "controls/one-commit-each.ts" }),
    await on("PostgreSQL, renewals", { renewals: true }),
    await on("SQLite, renewals", { renewals: true }),
  ];
  for (const subject of subjects) await subject.warmUp();
  const measured = await inTurns(subjects, bench.options.rounds, bench.say);
  const [one = [], lite = [], two = [], each = [], renewed = [], liteRenewed = []] = measured;
  // A tail is the receiver's own: what the others still sort and sum after their loads is not to wait in it.
  const [alone, ...others] = subjects;
  for (const other of others) await other.stop();
  const rate = (
    what: string,
    rounds: TargetResult[],
    control: TargetResult[],
    ratioAtLeast: number,
    beside: string,
  ) =>
    figure({
      section,
      what: `PostgreSQL, ${what}`,
      unit: "/s",
      rounds: column(rounds, "perSecond"),
      control: { what: beside, rounds: column(control, "perSecond") },
      goal: { ratioAtLeast },
    });
  return [
    rate("purchases", one, lite, 0.6, "SQLite"),
    rate("renewals of registered copies", renewed, liteRenewed, 0.5, "SQLite"),
    rate("purchases, two receivers", two, one, 1, "one receiver"),
    rate("purchases", one, each, 2, "one transaction each"),
    figure({
      section,
      what: "PostgreSQL, p99 at full load",
      unit: "ms",
      rounds: column(one, "p99"),
      control: { what: "one transaction each", rounds: column(each, "p99") },
    }),
    figure({
      section,
      what: "PostgreSQL, processor time of a purchase in the receiver",
      unit: "µs",
      rounds: column(one, "processorMicros"),
      control: { what: "SQLite", rounds: column(lite, "processorMicros") },
    }),
    await atHalfLoad(bench, alone, median(column(one, "perSecond"))),
  ];
};

let databases = 0;

async function atHalfLoad(bench: Bench, target: Target | undefined, perSecond: number): Promise<Figure> {
  if (target === undefined) throw new Error("there is something to measure");
  const { pacedSeconds, pacedRounds } = bench.options;
  const paced = {
    name: `${target.name}, ${pacedSeconds} s at half load`,
    round: () => target.paced(perSecond / 2, pacedSeconds),
  };
  const [rounds = []] = await inTurns([paced], pacedRounds, bench.say);
  const what = "PostgreSQL, p99 at half load";
  return figure({ section, what, unit: "ms", rounds: column(rounds, "p99"), goal: { below: 50 } });
}

/** Makes a database on a server, and answers its address. */
export async function emptyDatabase(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
