import { expect, it } from "vitest";
import type { Deps } from "../../server/src/deps/deps.ts";
import { concealEvent } from "../../server/src/events/conceal-event.ts";
import type { SaleEvent } from "../../server/src/events/purchase-event.ts";
import { recordEvent } from "../../server/src/orders/record/record-event.ts";
import { insertClick } from "../../server/src/renewal/rows/clicks.ts";
import type { Tx } from "../../server/src/store/store.ts";
import { as } from "../../server/src/words/ids.ts";
import { openJourney } from "../journey/journey.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

const product = as.product("acme-paint");
const reference = as.reference(`mi4b1n2c3${"0".repeat(32)}`);

/** A transaction that counts what it is asked. */
function counting(tx: Tx, count: () => void): Tx {
  const asked =
    <A extends unknown[], R>(ask: (...args: A) => R) =>
    (...args: A): R => {
      count();
      return ask(...args);
    };
  return {
    engine: tx.engine,
    all: asked(tx.all.bind(tx)) as Tx["all"],
    one: asked(tx.one.bind(tx)) as Tx["one"],
    run: asked(tx.run.bind(tx)) as Tx["run"],
  };
}

async function statementsOf(deps: Deps, event: SaleEvent): Promise<number> {
  let statements = 0;
  const sale = { shop: as.shop("stripe"), event: concealEvent(event, deps.hashes) };
  const record = (tx: Tx) => {
    statements = 0;
    const counted = counting(tx, () => statements++);
    return recordEvent(counted, deps, sale, deps.clock());
  };
  const recorded = await deps.store.write(record);
  expect(recorded).toMatchObject({ decided: [{ order: { outcome: "credited" } }] });
  return statements;
}

onEveryEngine("the statements of a purchase", (bench) => {
  it("are 8, and a lock on its licence on an engine of many writers", async () => {
    const { deps, ...journey } = await openJourney(bench);
    const north = await journey.partnerWithToken("north");
    const now = deps.clock();
    await deps.store.write((tx) =>
      insertClick(tx, {
        reference,
        product,
        partner_id: as.partner("north"),
        jti: as.token(north.jti),
        token_issued_at: now,
        licence_hash: deps.hashes.looseLicence("AAAA-BBBB"),
        clicked_at: now,
      }),
    );
    const event: SaleEvent = {
      effect: "sale",
      eventId: "evt_1",
      objectId: "cs_1",
      order: as.provider("cs_1"),
      providerIds: [as.provider("cs_1"), as.provider("pi_1")],
      cycle: "new",
      product,
      netMinor: 10_000,
      taxMinor: 1_900,
      currency: as.currency("EUR"),
      email: "customer@example.org",
      occurredAt: now,
      reference,
    };
    expect(await statementsOf(deps, event)).toBe(bench.engine === "sqlite" ? 8 : 9);
  });
});
