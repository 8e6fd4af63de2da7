import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { walkUnattributedLicences } from "../../server/src/orders/rows/order-lists.ts";
import {
  findActivation,
  findSerialClaims,
  findSerialClaimsOfText,
  findStandingActivations,
} from "../../server/src/serials/rows/activations.ts";
import { findAssignmentsOfSerial, findWaitingOrders } from "../../server/src/serials/rows/assignments.ts";
import { findSerialRange } from "../../server/src/serials/rows/ranges.ts";
import { findSerial } from "../../server/src/serials/rows/serials.ts";
import type { Query } from "../../server/src/store/query.ts";
import type { Tx } from "../../server/src/store/store.ts";
import { as, type SerialHash } from "../../server/src/words/ids.ts";
import { benchOf } from "../postgres/on-every-engine.ts";

const hash = "A".repeat(22) as SerialHash;
const licence = "L" as never;
const product = as.product("acme-paint");

/** What registrations and purchases ask, however many serials, batches and activations there are. */
const questions: Record<string, (tx: Tx) => Promise<unknown>> = {
  findSerial: (tx) => findSerial(tx, hash),
  findSerialRange: (tx) => findSerialRange(tx, product, 5),
  findActivation: (tx) => findActivation(tx, hash),
  findStandingActivations: (tx) =>
    findStandingActivations(tx, { licence_hash: licence, product, serial_hash: hash }),
  findAssignmentsOfSerial: (tx) => findAssignmentsOfSerial(tx, { batch_no: 1, open: 5 }),
  findWaitingOrders: (tx) => findWaitingOrders(tx, { batch_no: 1, after: as.order("") }),
  walkUnattributedLicences: (tx) => walkUnattributedLicences(tx, { after: as.order(""), limit: 1_000 }),
  findSerialClaims: (tx) => findSerialClaims(tx, licence),
  findSerialClaimsOfText: (tx) =>
    findSerialClaimsOfText(tx, licence, { hash, open: 5, openHash: hash }, product),
};

const tables = /SCAN (serial\w*|orders|batches|given|partners|pooled_serials)/;

it.each(Object.entries(questions))("%s walks over no table on SQLite", async (_name, ask) => {
  const bench = await fileWithTables();
  const plans: string[] = [];
  const explain = <P extends object, R>(query: Query<P, R>, params: P) => {
    const { text, values } = query.compileFor("sqlite");
    const steps = bench.prepare(`explain query plan ${text}`).all(...(values(params) as string[]));
    plans.push(...steps.map(({ detail }) => String(detail)));
    return Promise.resolve([]);
  };
  const tx = {
    engine: "sqlite",
    all: explain,
    one: async (...asked: Parameters<typeof explain>) => void explain(...asked),
  };
  await ask(tx as unknown as Tx);
  expect(plans.length).toBeGreaterThan(0);
  expect(plans.filter((step) => tables.test(step))).toEqual([]);
});

const { database, open } = benchOf("sqlite");
let opened: DatabaseSync | undefined;

async function fileWithTables(): Promise<DatabaseSync> {
  if (opened !== undefined) return opened;
  const config = await database();
  if (config.engine !== "sqlite") throw new Error("this is about SQLite");
  await open({ database: config });
  opened = new DatabaseSync(config.path, { readOnly: true });
  return opened;
}
