import { afterAll, beforeAll, expect, it } from "vitest";
import { explainOrder } from "../../../server/src/orders/explain/explain-order.ts";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { openJourney } from "../../journey/journey.ts";
import { secretName } from "../../journey/receiver-world.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { everyKind, everyShop } from "../every-shop.ts";
import { openGumroadApi } from "../gumroad-api.ts";
import { historyOf } from "./histories.ts";
import { chanceOf } from "./history.ts";
import { earnedAgain } from "./second-reading.ts";

/** `RECOMPUTED_HISTORIES=10000 RECOMPUTED_SEED=1 vitest run --project engines test/shops/recomputed`. */
const asked = process.env.RECOMPUTED_HISTORIES;
const seed = Number(process.env.RECOMPUTED_SEED ?? Math.floor(Math.random() * 2 ** 31));

let api: ReturnType<typeof openGumroadApi>;
beforeAll(() => {
  api = openGumroadApi();
});
afterAll(() => api.close());

onEveryEngine("random histories of ten shops", (bench) => {
  const histories = asked === undefined ? (bench.engine === "sqlite" ? 300 : 60) : Number(asked);

  const timeout = 1_200_000 + histories * 1_000;
  it(`earn to the cent what a second reading makes of them (${histories}, seed ${seed})`, {
    timeout,
  }, async () => {
    const shops = Object.fromEntries(
      everyKind.map((kind) => [
        kind,
        { kind, secrets: [{ env: secretName(kind) }], ...everyShop[kind].configured },
      ]),
    );
    // Many sales by one click of one buyer are what a fraud looks like: here they are one purchase told ten ways.
    const suspicions = Object.fromEntries(
      ["reference_shared", "licence_shared"].map((code) => [code, "off"]),
    );
    const journey = await openJourney(bench, { shops, trust: { suspicions } });
    const { token } = await journey.partnerWithToken("north", { percent: 10 });
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const timestamp = Math.floor(journey.now / 1000);
    const chance = chanceOf(seed);
    const faults: unknown[] = [];
    let wrongReaderIsCaught = 0;
    for (let n = 1; n <= histories; n++) {
      const kind = everyKind[n % everyKind.length] ?? "stripe";
      const { order, told, api: sale } = historyOf(kind, n, reference, chance);
      if (sale !== undefined) api.tell(sale as { id: string });
      const sent = told.map(({ payload }, at) => ({ payload, id: `msg_${n}_${at}`, rank: chance.upTo(1e6) }));
      sent.sort((a, b) => a.rank - b.rank);
      // Some of them come twice.
      for (const { payload, id } of [...sent, ...sent.filter(() => chance.is(0.1))]) {
        const { code } = await journey.deliver(kind, everyShop[kind].deliver(payload, { timestamp, id }));
        if (code !== 200) faults.push({ kind, n, code });
      }
      const record = await explainOrder(journey.deps, kind, order);
      const earnedMinor = record.credits.reduce((sum, one) => sum + one.remainingMinor, 0);
      const again = earnedAgain(kind, told);
      const found = { netMinor: record.netMinor, earnedMinor };
      if (record.outcome !== "credited" || JSON.stringify(found) !== JSON.stringify(again))
        faults.push({ kind, n, outcome: record.outcome, reason: record.reason, found, again, told });
      if (earnedAgain(kind, told, { forgetsTax: true }).earnedMinor !== earnedMinor) wrongReaderIsCaught++;
    }
    expect(faults.slice(0, 3)).toEqual([]);
    expect(faults).toHaveLength(0);
    // A reading that forgets the tax must not agree.
    expect(wrongReaderIsCaught).toBeGreaterThan(histories / 50);
    expect(await verifyLedger(journey.deps)).toMatchObject({ ok: true, failures: [] });
  });
});
