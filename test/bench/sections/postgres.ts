import pg from "pg";
import { startPostgres } from "../../postgres/embedded.ts";
import type { Section } from "../bench.ts";
import { column, inTurns } from "../measure.ts";
import { openWorld, purchaseTarget, startReceiverOn } from "../receivers.ts";
import { figure } from "../report.ts";

/** Purchases a second on PostgreSQL, by two receivers on one database and by one on another. */
export const postgres: Section = async (bench) => {
  bench.say("starting PostgreSQL");
  const server = await startPostgres({ onDisk: true });
  bench.afterwards(server.stop);
  const one = await openWorld(bench, { postgresUrl: await emptyDatabase(server.url, "bench_one") });
  const two = await openWorld(bench, { postgresUrl: await emptyDatabase(server.url, "bench_two") });
  const pair = [await startReceiverOn(bench, two), await startReceiverOn(bench, two)];
  const subjects = [
    await purchaseTarget(bench, { name: "two receivers", world: two, receivers: pair }),
    await purchaseTarget(bench, {
      name: "one receiver",
      world: one,
      receivers: [await startReceiverOn(bench, one)],
    }),
  ];
  for (const subject of subjects) await subject.warmUp();
  const [double = [], single = []] = await inTurns(subjects, bench.options.rounds, bench.say);
  const section = "postgres";
  const control = { what: "one receiver", rounds: column(single, "perSecond") };
  return [
    figure({ section, what: "PostgreSQL, purchases, one receiver", unit: "/s", rounds: control.rounds }),
    figure({
      section,
      what: "PostgreSQL, purchases, two receivers",
      unit: "/s",
      rounds: column(double, "perSecond"),
      control,
    }),
    figure({
      section,
      what: "PostgreSQL, p99 at full load, one receiver",
      unit: "ms",
      rounds: column(single, "p99"),
    }),
  ];
};

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
