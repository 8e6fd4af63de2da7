import { expect, it, onTestFinished } from "vitest";
import type { ShopKind } from "../../../server/src/config/shop-config.ts";
import { explainOrder } from "../../../server/src/orders/explain/explain-order.ts";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { openJourney } from "../../journey/journey.ts";
import { secretName } from "../../journey/receiver-world.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { everyKind, everyShop } from "../every-shop.ts";
import { openShopApis } from "../shop-apis.ts";
import { historyOf } from "./histories.ts";
import { type Chance, chanceOf, type History } from "./history.ts";
import { earnedAgain } from "./second-reading.ts";

/**
 * `RECOMPUTED_HISTORIES=10000 RECOMPUTED_SEED=1 vitest run --project engines test/shops/recomputed`. What arrives at once
 * may end its turn in any order: `RECOMPUTED_AT_ONCE=1` is the same at each run of a seed.
 */
const asked = process.env.RECOMPUTED_HISTORIES;
const seed = Number(process.env.RECOMPUTED_SEED ?? Math.floor(Math.random() * 2 ** 31));
const atOnce = Number(process.env.RECOMPUTED_AT_ONCE ?? 8);
/** So many histories are told through each other. */
const together = 40;

type Named = History & { kind: ShopKind; n: number };

const wooUrl = "https://shop.acme.example";

/** Who answers as the shops' APIs: Gumroad of each sale, FastSpring of orders, Stripe of sessions and their lines, WooCommerce of refunds. */
function openApis() {
  const known = new Map<string, unknown>();
  const hosts = ["https://api.gumroad.com", "https://api.stripe.com", "https://api.fastspring.com", wooUrl];
  const apis = openShopApis(hosts, ({ path }) => {
    const body = known.get(decodeURIComponent(path.replace(/[?&](limit|per_page)=.*/, "")));
    return body === undefined ? { status: 404, body: {} } : { body };
  });
  const tell = ({ sales = [], session, lines = [], refunds = [], orders = [] }: History) => {
    for (const order of orders) known.set(`/orders/${order.id}`, { orders: [order] });
    for (const { order, listed } of refunds) known.set(`/wp-json/wc/v3/orders/${order}/refunds`, listed);
    for (const sale of sales) known.set(`/v2/sales/${sale.id}`, { success: true, sale });
    if (session === undefined) return;
    known.set(`/v1/checkout/sessions?payment_intent=${session.payment_intent}`, { data: [session] });
    known.set(`/v1/checkout/sessions/${session.id}/line_items`, { data: lines, has_more: false });
  };
  return { ...apis, tell };
}

/** Everything that several histories tell, each in an order of its own, some of it twice; what comes in turn is one. */
function shuffled(histories: Named[], chance: Chance) {
  const sent = histories.flatMap(({ kind, n, told, inTurn }) => {
    const deliveries = told.map(({ payload }, at) => ({ kind, payload, id: `msg_${n}_${at}` }));
    const all = [...deliveries, ...deliveries.filter(() => chance.is(0.1))];
    const turns = inTurn ? [deliveries] : all.map((one) => [one]);
    return turns.map((turn) => ({ turn, rank: chance.upTo(1e6) }));
  });
  return sent.sort((a, b) => a.rank - b.rank).map(({ turn }) => turn);
}

onEveryEngine("random histories of ten shops", (bench) => {
  const histories = asked === undefined ? (bench.engine === "sqlite" ? 200 : 60) : Number(asked);

  const timeout = 1_200_000 + histories * 1_000;
  it(`earn to the cent what a second reading makes of them (${histories}, seed ${seed})`, {
    timeout,
  }, async () => {
    const apis = openApis();
    onTestFinished(() => apis.close());
    const shops = Object.fromEntries(
      everyKind.map((kind) => [
        kind,
        { kind, secrets: [{ env: secretName(kind) }], ...everyShop[kind].configured },
      ]),
    );
    const secret = { env: "SHOP_API_TOKEN" };
    Object.assign(shops.stripe ?? {}, { api: { token: secret } });
    Object.assign(shops.fastspring ?? {}, { api: { username: secret, password: secret } });
    Object.assign(shops.woocommerce ?? {}, { api: { url: wooUrl, key: secret, secret } });
    // Half of what was bought was often paid back here: for a person that is a reason to look.
    const suspicions = { earlier_refunded: "off" };
    const journey = await openJourney(bench, { shops, trust: { suspicions } });
    const { token } = await journey.partnerWithToken("north", { percent: 10 });
    const timestamp = Math.floor(journey.now / 1000);
    const chance = chanceOf(seed);
    const faults: unknown[] = [];
    let orders = 0;
    let wrongReaderIsCaught = 0;

    const deliver = async (turns: ReturnType<typeof shuffled>) => {
      for (let turn = turns.shift(); turn !== undefined; turn = turns.shift())
        for (const { kind, payload, id } of turn) {
          const { code } = await journey.deliver(kind, everyShop[kind].deliver(payload, { timestamp, id }));
          if (code !== 200) faults.push({ kind, id, code });
        }
    };
    const check = async ({ kind, n, told }: Named) => {
      const wrong = earnedAgain(kind, told, { forgetsTax: true });
      for (const [at, { order, isCredited, ...again }] of earnedAgain(kind, told).entries()) {
        orders++;
        const record = await explainOrder(journey.deps, kind, order);
        const earnedMinor = record.credits.reduce((sum, one) => sum + one.remainingMinor, 0);
        const found = { netMinor: record.netMinor, earnedMinor };
        const lines = record.lines.reduce((sum, one) => sum + one.netMinor, 0);
        const isWhole = record.lines.length === 0 || lines === record.netMinor;
        const isAsCredited = (record.outcome === "credited") === isCredited;
        if (!isAsCredited || !isWhole || JSON.stringify(found) !== JSON.stringify(again))
          faults.push({
            kind,
            n,
            order,
            outcome: record.outcome,
            reason: record.reason,
            lines,
            found,
            again,
            told,
          });
        if (wrong[at]?.earnedMinor !== earnedMinor) wrongReaderIsCaught++;
      }
    };

    for (let n = 1; n <= histories; n += together) {
      const some: Named[] = [];
      for (let of = n; of < n + together && of <= histories; of++) {
        const kind = everyKind[of % everyKind.length] ?? "stripe";
        const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
        some.push({ kind, n: of, ...historyOf(kind, { n: of, reference, chance }) });
      }
      for (const one of some) apis.tell(one);
      const turns = shuffled(some, chance);
      await Promise.all(Array.from({ length: atOnce }, () => deliver(turns)));
      for (const one of some) await check(one);
    }
    expect(faults.slice(0, 3)).toEqual([]);
    expect(faults).toHaveLength(0);
    expect(orders).toBeGreaterThan(histories);
    // A reading that forgets the tax must not agree.
    expect(wrongReaderIsCaught).toBeGreaterThan(histories / 50);
    expect(await verifyLedger(journey.deps)).toMatchObject({ ok: true, failures: [] });
  });
});
