import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { as } from "../../../server/src/words/ids.ts";
import { startPostgres } from "../../postgres/embedded.ts";
import type { Bench, Section } from "../bench.ts";
import type { Child } from "../children.ts";
import { keepLatencies } from "../load/latencies.ts";
import { column, inTurns } from "../measure.ts";
import { openWorld, purchaseTarget, startReceiverOn } from "../receivers.ts";
import { type Figure, figure, grouped } from "../report.ts";
import type { SubjectTasks } from "../subject.ts";
import { benchEnv, shop, type World } from "../world.ts";
import { emptyDatabase } from "./postgres.ts";

const section = "stored";
/** What is read of each kind in one round. */
const readings = 200;

/** Purchases a second where many orders are stored already, and lists and explanations, beside a receiver with few. */
export const stored: Section = async (given) => {
  // One round differs from the next by a fifth, so a tenth needs many of them; but each adds to what is stored, and the
  // control is to stay small. So they are many and short.
  const { rounds: usual, roundSeconds } = given.options;
  const bench = {
    ...given,
    options: { ...given.options, rounds: 3 * usual, roundSeconds: roundSeconds / 3 },
  };
  const { storedOrders, rounds } = bench.options;
  bench.note(
    `At ${grouped(storedOrders)} stored orders: medians of ${rounds} rounds of a third of the time.`,
  );
  bench.say("starting PostgreSQL");
  const server = await startPostgres({ onDisk: true });
  bench.afterwards(server.stop);
  const databaseOf = (name: string) => emptyDatabase(server.url, name);
  return [
    ...(await onEngine(bench, { engine: "SQLite", ratioAtLeast: 0.9, database: async () => undefined })),
    ...(await onEngine(bench, { engine: "PostgreSQL", ratioAtLeast: 0.95, database: databaseOf })),
  ];
};

/** An engine, and where a database of it is made. */
interface EngineOptions {
  engine: string;
  ratioAtLeast: number;
  database(name: string): Promise<string | undefined>;
}

async function onEngine(bench: Bench, { engine, ratioAtLeast, database }: EngineOptions): Promise<Figure[]> {
  const { storedOrders, rounds } = bench.options;
  const open = async (name: string, orders: number) => {
    const postgresUrl = await database(name);
    const begun = performance.now();
    const world = await openWorld(bench, {
      storedOrders: orders,
      onStored: (count) => bench.say(`${engine}: ${grouped(count)} of ${grouped(orders)} orders are stored`),
      ...(postgresUrl === undefined ? {} : { postgresUrl }),
    });
    bench.say(
      `${engine}: stored ${grouped(orders)} orders in ${grouped((performance.now() - begun) / 1000)} s`,
    );
    const receiver = await startReceiverOn(bench, world);
    return { world, receiver, asked: await questions(world, receiver) };
  };
  const few = await open("stored_few", 1_000);
  const report = await verifyLedger(few.world.deps);
  // The large one is made in the same way; to verify it too would take longer than all rounds.
  if (!report.ok || report.checked.orders !== 1_000)
    throw new Error(`preload on ${engine}: ${report.failures.join("; ")}`);
  const many = await open("stored_many", storedOrders);
  const targets = await Promise.all(
    [many, few].map(({ world, receiver }, index) =>
      purchaseTarget(bench, {
        name: `${engine}, at ${grouped(index === 0 ? storedOrders : 1_000)} orders`,
        world,
        receivers: [receiver],
      }),
    ),
  );
  for (const target of targets) await target.warmUp();
  const [large = [], small = []] = await inTurns(targets, rounds, bench.say);
  const figures = [
    figure({
      section,
      what: `${engine}, purchases at ${grouped(storedOrders)} stored orders`,
      unit: "/s",
      rounds: column(large, "perSecond"),
      control: { what: "at 1,000", rounds: column(small, "perSecond") },
      goal: { ratioAtLeast },
    }),
  ];
  for (const [index, { what }] of many.asked.entries()) {
    const subjects = [many, few].map(({ asked }) => ({
      name: `${engine}, ${what}`,
      round: async () => (await asked[index]?.ask()) ?? Number.NaN,
    }));
    const [atMany = [], atFew = []] = await inTurns(subjects, bench.options.pacedRounds, bench.say);
    figures.push(
      figure({
        section,
        what: `${engine}, ${what}, p99`,
        unit: "ms",
        rounds: atMany,
        control: { what: "at 1,000", rounds: atFew },
      }),
    );
  }
  return figures;
}

/** What people ask of a receiver: pages of orders, and why an order was credited. Each answers its p99 in milliseconds. */
async function questions(world: World, receiver: Child<SubjectTasks>) {
  const url = await receiver.ask("url", undefined);
  const orders = await sampleOrders(world);
  const partner = world.tokens[0]?.partner ?? "";
  const headers = { authorization: `Bearer ${benchEnv.TALLYSTICK_ADMIN_TOKEN}` };
  const p99Of = (pathOf: (index: number) => string) => async () => {
    const latencies = keepLatencies(readings);
    for (let index = 0; index < readings; index++) {
      const begun = performance.now();
      const response = await fetch(`${url}${pathOf(index)}`, { headers });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${pathOf(index)}: ${response.status}`);
      latencies.add(performance.now() - begun);
    }
    return latencies.quantile(0.99);
  };
  return [
    { what: "the newest orders", ask: p99Of(() => "/v1/orders?limit=50") },
    { what: "a partner's orders", ask: p99Of(() => `/v1/orders?limit=50&partner=${partner}`) },
    {
      what: "unattributed orders, of which there are none",
      ask: p99Of(() => "/v1/orders?limit=50&outcome=unattributed"),
    },
    {
      what: "an order explained",
      ask: p99Of((index) => `/v1/orders/${shop}/${orders[index % orders.length]}`),
    },
  ];
}

/** Names of orders from all over the table, so that not each of them is in memory. Keys begin with the time. */
async function sampleOrders({ deps }: World): Promise<string[]> {
  const now = deps.clock();
  const ids: string[] = [];
  for (let index = 0; index < readings; index++) {
    const at = now - (25 * 86_400_000 * index) / readings;
    const row = await deps.store.cold
      .selectFrom("orders")
      .select("order_id")
      .where("order_key", "<=", as.order(Math.floor(at).toString(36).padStart(9, "0")))
      .orderBy("order_key", "desc")
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) ids.push(row.order_id);
  }
  if (ids.length === 0) throw new Error("there are orders");
  return ids;
}
