import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readBalances } from "../../server/src/books/balances.ts";
import type { Deps } from "../../server/src/deps/deps.ts";
import { listDisputes, showDispute } from "../../server/src/disputes/open-dispute.ts";
import { concealEvent } from "../../server/src/events/conceal-event.ts";
import { linesOf } from "../../server/src/events/order-line.ts";
import { explainOrder } from "../../server/src/orders/explain/explain-order.ts";
import { recordEvent } from "../../server/src/orders/record/record-event.ts";
import { verifyLedger } from "../../server/src/orders/verify/verify.ts";
import { insertClick } from "../../server/src/renewal/rows/clicks.ts";
import { addDays } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { killWorker } from "./kill-worker.ts";
import { type Random, seededRandom } from "./random.ts";
import { openVendor, type Vendor } from "./vendor.ts";

/** Fewer than the 100 of a whole run: TALLYSTICK_TEST_DISPUTE_KILLS=100. */
const wanted = Number(process.env.TALLYSTICK_TEST_DISPUTE_KILLS ?? 6);
const program = fileURLToPath(new URL("dispute-worker.ts", import.meta.url));
const orders = Array.from({ length: Math.ceil(wanted * 0.8) }, (_, at) => `order-${at}`);
const netMinor = 10_000;

describe("disputes whose ruling is killed between any two writes", () => {
  it.each(["sqlite", "postgres"] as const)(
    "move each order once, and end ruled on, on %s",
    async (engine) => {
      const random = seededRandom(`disputes on ${engine}`);
      const vendor = await openVendor(engine);
      await vendor.use(async (deps) => {
        for (const order of orders) await sell(deps, order);
      });
      const kills = await killUntilDone(vendor, random);
      console.info(`${engine}: ${kills} kills`);
      expect(kills).toBeGreaterThanOrEqual(wanted);
      await vendor.use(expectMovedOnce);
    },
  );
});

/** North's customer clicks its link and buys. */
async function sell(deps: Deps, order: string): Promise<void> {
  const now = deps.clock();
  const product = as.product("acme-paint");
  const totals = { netMinor, taxMinor: 0 };
  await deps.store.write(async (tx) => {
    await insertClick(tx, {
      reference: as.reference(`ref-${order}`),
      product,
      partner_id: as.partner("north"),
      jti: as.token(`none-${order}`),
      token_issued_at: addDays(now, -2),
      licence_hash: null,
      clicked_at: addDays(now, -1),
    });
    const event = concealEvent(
      {
        effect: "sale",
        eventId: `evt-${order}`,
        objectId: order,
        order: as.provider(order),
        providerIds: [as.provider(order)],
        cycle: "new",
        product,
        ...totals,
        currency: as.currency("EUR"),
        lines: linesOf([], totals),
        licence: `LIC-${order}`,
        reference: `ref-${order}`,
        occurredAt: now,
      },
      deps.hashes,
    );
    await recordEvent(tx, deps, { shop: as.shop("stripe"), event }, now);
  });
}

/** Starts the process again and again, and kills it after a few words, until it says that nothing is left to do. */
async function killUntilDone(vendor: Vendor, random: Random): Promise<number> {
  for (let kills = 0; ; kills++) {
    const printed = await killWorker(vendor, { words: [program, ...orders], enough: random.between(1, 6) });
    if (printed.endsWith("done")) return kills;
  }
}

async function expectMovedOnce(deps: Deps): Promise<void> {
  const heldOf = async (partner: string) => (await readBalances(deps, { partner }))[0]?.heldMinor;
  expect(await heldOf("north")).toBe(0);
  expect(await heldOf("south")).toBe((orders.length * netMinor) / 5);
  for (const order of orders) {
    const { partner, reason, history } = await explainOrder(deps, "stripe", order);
    expect({ partner, reason }).toEqual({ partner: "south", reason: "ruling" });
    expect(history.map(({ what }) => what)).toEqual([
      "decision",
      "transfer",
      "ruling",
      "decision",
      "transfer",
      "transfer",
    ]);
  }
  const { disputes } = await listDisputes(deps, { limit: 1_000 });
  expect(disputes).toHaveLength(orders.length);
  for (const { id } of disputes) {
    const { state, granted, thread } = await showDispute(deps, id);
    expect({ state, granted }).toEqual({ state: "ruled", granted: true });
    expect(thread.map(({ kind }) => kind)).toEqual(["claim", "answer", "note", "ruling"]);
  }
  expect((await verifyLedger(deps)).failures).toEqual([]);
}
