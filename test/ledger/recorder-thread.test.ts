import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Config } from "../../server/src/config/config.ts";
import { concealEvent } from "../../server/src/events/conceal-event.ts";
import type { SaleEvent } from "../../server/src/events/purchase-event.ts";
import { recorderOn } from "../../server/src/intake/recorder.ts";
import { startRecorderThread } from "../../server/src/intake/recorder-thread/start-recorder-thread.ts";
import { recorderProgram } from "../../server/src/receiver/recorder-program.ts";
import { createHashes } from "../../server/src/secrets/create-hashes.ts";
import type { OpenedStore } from "../../server/src/store/store.ts";
import { WriteTurn } from "../../server/src/store/write-turn.ts";
import { as } from "../../server/src/words/ids.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { click, insert, statement } from "../store/rows.ts";
import { addClick, addPartnerRow, ledgerWorld, noon, shop } from "./ledger-world.ts";

const orders = statement("select count(*) as orders from orders");

const hashes = createHashes("a pepper that is long enough for tests");
const sale = (name: string, over: Partial<SaleEvent> = {}) => concealEvent(saleOf(name, over), hashes);
const saleOf = (name: string, over: Partial<SaleEvent>): SaleEvent => ({
  effect: "sale",
  eventId: `evt_${name}`,
  objectId: `cs_${name}`,
  order: as.provider(`cs_${name}`),
  providerIds: [as.provider(`cs_${name}`), as.provider(`pi_${name}`)],
  cycle: "renewal",
  product: as.product("acme-paint"),
  netMinor: 10_000,
  taxMinor: 1_900,
  currency: as.currency("EUR"),
  email: "customer@example.org",
  occurredAt: noon,
  ...over,
});

function turnOf({ sharedTurn }: OpenedStore) {
  if (sharedTurn === undefined) throw new Error("a store on SQLite shares its turn");
  return sharedTurn;
}

describe("the recorder's thread", () => {
  const bench = benchOf("sqlite");

  async function open() {
    const database = await bench.database();
    const store = await bench.open({ database, longRunning: true });
    const world = ledgerWorld(store, { database } as Partial<Config>);
    await addPartnerRow(world, "north", 2_000);
    await addClick(world, "click-1", "north");
    const start = (config: Partial<Config> = {}) =>
      startRecorderThread({ config: { ...world.config, ...config }, turn: turnOf(store) }, recorderProgram());
    return { world, store, start };
  }

  it("records what the same event leads to in the caller's own thread, and tells a duplicate", async () => {
    const { store, start } = await open();
    const here = await open();
    const thread = await start();
    const event = sale("1", { reference: "click-1", licence: "ACME-1" });
    const recording = await thread.record({ shop, event, now: noon });
    expect(recording).toEqual(await recorderOn(here.world).record({ shop, event, now: noon }));
    expect(recording).toMatchObject({
      status: "recorded",
      reports: [
        { event: "order.credited", fields: { partner: "north", amountMinor: 2_000, evidence: "token" } },
      ],
    });
    expect(await thread.record({ shop, event, now: noon })).toEqual({ status: "duplicate" });
    await thread.stop();
    const kept = statement("select order_id, licence_hash, email_hash, reason from orders");
    const rows = await Promise.all([store, here.store].map((one) => one.read((tx) => tx.all(kept, {}))));
    expect(rows[0]).toHaveLength(1);
    expect(rows[0]).toEqual(rows[1]);
  });

  it("has its turn to write when it came first, and not before", async () => {
    // The log is not copied meanwhile: that takes a turn too.
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const { store, start } = await open();
    const thread = await start();
    const counters = new Int32Array(turnOf(store));
    const asked = () => Atomics.load(counters, 0);
    const mine = new WriteTurn(turnOf(store));
    await mine.take();
    const before = asked();
    const recording = thread.record({ shop, event: sale("1"), now: noon });
    await expect.poll(asked).toBe(before + 1);
    const ordersSeen = store.write(async (tx) => tx.one(orders, {}));
    await expect.poll(asked).toBe(before + 2);
    expect(await store.read((tx) => tx.one(orders, {}))).toEqual({ orders: 0 });
    mine.pass();
    expect(await ordersSeen).toEqual({ orders: 1 });
    expect(await recording).toMatchObject({ status: "recorded" });
    await thread.stop();
  });

  it("writes in turn with the receiver's own connection, and neither is refused", async () => {
    const { store, start } = await open();
    const thread = await start();
    const each = 1_000;
    let sold = 0;
    let clicked = 0;
    const seller = async () => {
      while (sold < each) {
        const event = sale(`busy-${sold++}`);
        await thread.record({ shop, event, now: noon });
      }
    };
    const clicker = async () => {
      while (clicked < each) {
        const row = click({ reference: as.reference(`busy-${clicked++}`) });
        await store.write((tx) => tx.run(insert.clicks, row));
      }
    };
    await Promise.all([...Array.from({ length: 32 }, seller), ...Array.from({ length: 32 }, clicker)]);
    const clicks = statement("select count(*) as clicks from clicks where reference like 'busy-%'");
    expect(await store.read((tx) => tx.one(clicks, {}))).toEqual({ clicks: each });
    expect(await store.read((tx) => tx.one(orders, {}))).toEqual({ orders: each });
    await thread.stop();
  });

  it("hands back what a work failed with, and goes on", async () => {
    const { store, start } = await open();
    const thread = await start();
    const impossible = sale("impossible", { netMinor: -1 });
    await expect(thread.record({ shop, event: impossible, now: noon })).rejects.toThrow(/CHECK constraint/);
    expect(await thread.record({ shop, event: sale("next"), now: noon })).toMatchObject({
      status: "recorded",
    });
    await thread.stop();
    expect(await store.read((tx) => tx.one(orders, {}))).toEqual({ orders: 1 });
  });

  it("finishes what was asked when it is told to stop", async () => {
    const { store, start } = await open();
    const thread = await start();
    const asked = Array.from({ length: 100 }, (_, index) =>
      thread.record({ shop, event: sale(`last-${index}`), now: noon }),
    );
    await thread.stop();
    expect((await Promise.all(asked)).every(({ status }) => status === "recorded")).toBe(true);
    expect(await store.read((tx) => tx.one(orders, {}))).toEqual({ orders: 100 });
  });

  it("says why it could not be started", async () => {
    const { start } = await open();
    const database = { engine: "sqlite", path: "/dev/null/none.db" } as const;
    await expect(start({ database })).rejects.toThrow(/ENOTDIR|EEXIST|unable to open/);
  });
});
