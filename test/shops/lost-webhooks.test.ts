import { describe, expect, it } from "vitest";
import type { ShopSettings } from "../../server/src/config/shop-config.ts";
import { reconcileOrders } from "../../server/src/intake/reconcile-orders.ts";
import { replayDeliveries } from "../../server/src/intake/replay-deliveries.ts";
import { explainOrder } from "../../server/src/orders/explain/explain-order.ts";
import { addDays, isoTime } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { openJourney } from "../journey/journey.ts";
import { secretName } from "../journey/receiver-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { everyShop } from "./every-shop.ts";
import { lostStories } from "./lost-stories/index.ts";
import type { LostStory } from "./lost-stories/story.ts";
import { chanceOf } from "./recomputed/history.ts";
import { openShopApis } from "./shop-apis.ts";

/** Every loss that there is: `LOST_WEBHOOKS=64 LOST_SEED=1 vitest run --project engines test/shops/lost-webhooks.test.ts`. */
const asked = Number(process.env.LOST_WEBHOOKS ?? 8);
const seed = Number(process.env.LOST_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Which events are kept, as bits: none, all, and others by chance until there are enough. */
function keptOf(events: number, most: number): number[] {
  const all = 2 ** events;
  if (most >= all) return Array.from({ length: all }, (_, bits) => bits);
  const chance = chanceOf(seed);
  const kept = new Set([0, all - 1]);
  while (kept.size < most) kept.add(chance.upTo(all - 1));
  return [...kept];
}

/** What an order comes to. */
interface Books {
  net: number;
  lost: number;
  earned: number | "not known";
}

/** One loss, and what every order came to after each step. */
interface Played {
  lost: number[];
  refused: number;
  new: number;
  isKnown: boolean;
  mended: object;
  repeated: object;
  late: object;
  last: object;
}

async function play(story: LostStory) {
  const { kind, host, settings, tells, ends, hidesReference = false } = story;
  const voice = everyShop[kind];
  const count = tells("none").length;
  const plays = keptOf(count, asked);
  const configured = { kind, secrets: [{ env: secretName(kind) }], ...voice.configured };
  const journey = await openJourney(benchOf("sqlite"), {
    shops: {
      ...Object.fromEntries(plays.map((bits) => [`shop${bits}`, configured])),
      stripe: { kind: "stripe", secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }] },
    },
  });
  const { token } = await journey.partnerWithToken("north", { percent: 10 });
  const since = addDays(journey.now, kind === "stripe" ? -29 : kind === "paddle" ? -80 : -370);
  const known = { kind, secrets: [], ...settings } as unknown as ShopSettings;
  let answer: ReturnType<LostStory["api"]> = () => ({ status: 500, body: {} });
  const apis = openShopApis([host], (question) => answer(question));
  const played: Played[] = [];
  let sent = 0;

  const signed = (event: unknown) =>
    voice.deliver(event, { timestamp: Math.floor(journey.now / 1000), id: `msg_${++sent}` });
  const deliver = (shop: string, event: unknown) => journey.deliver(shop, signed(event));
  /** What was lost is found in the log of a proxy: how many of the deliveries were not taken. */
  const replay = async (shop: string, events: unknown[]) => {
    async function* lines() {
      for (const { headers, body, key } of events.map(signed))
        yield JSON.stringify({
          ...{ shop, headers: Object.fromEntries(headers), receivedAt: isoTime(journey.now) },
          ...{ bodyBase64: Buffer.from(body).toString("base64"), key },
        });
    }
    const order = { lines: lines(), shops: journey.intake.shops, trust: false, dryRun: false };
    let wrong = 0;
    for await (const { outcome } of replayDeliveries(journey.deps, {
      ...order,
      settings: new Map([[as.shop(shop), known]]),
    }))
      if (outcome === "refused" || outcome === "failed") wrong++;
    return wrong;
  };
  const booksOf = async (shop: string, isKnown: boolean) => {
    const books: Record<string, Books | "none"> = {};
    for (const name of Object.keys(ends)) {
      const record = await explainOrder(journey.deps, shop, name).catch(() => undefined);
      const { netMinor: net = 0, lostNetMinor: lost = 0, credits = [] } = record ?? {};
      const earned = isKnown ? credits.reduce((sum, one) => sum + one.remainingMinor, 0) : "not known";
      books[name] = record === undefined ? "none" : { net, lost, earned };
    }
    return books;
  };

  try {
    for (const bits of plays) {
      const shop = `shop${bits}`;
      const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
      answer = story.api(reference);
      const told = tells(reference);
      const isKept = (place: number) => (bits & (1 << place)) !== 0;
      for (const [place, event] of told.entries()) if (isKept(place)) await deliver(shop, event);
      const reconcile = () => reconcileOrders(journey.deps, { shop, settings: known, since, dryRun: false });
      const first = await reconcile();
      // What the API does not tell is missing until the webhook comes after all.
      const isKnown = !hidesReference || isKept(0);
      const lost = told.map((_, place) => place).filter((place) => !isKept(place));
      const mended = await booksOf(shop, isKnown);
      // What is read again later is no news, although the clock has gone on.
      journey.pass(1 / 24);
      const again = await reconcile();
      const repeated = await booksOf(shop, isKnown);
      const notTaken = await replay(
        shop,
        lost.toReversed().map((place) => told[place]),
      );
      const late = await booksOf(shop, true);
      journey.pass(1 / 24);
      const afterwards = await reconcile();
      const last = await booksOf(shop, true);
      played.push({
        lost,
        refused: first.refused + notTaken,
        new: again.recorded + afterwards.recorded,
        mended,
        repeated,
        late,
        last,
        isKnown,
      });
    }
  } finally {
    await apis.close();
  }
  await journey.expectSoundLedger();
  return played;
}

describe.each(lostStories)("$kind: $name", (story) => {
  it(`ends as if no webhook had been lost (seed ${seed})`, async () => {
    const played = await play(story);
    const whole = played.find(({ lost }) => lost.length === 0);
    const wanted = whole?.mended as Record<string, Books>;
    const earned = Object.entries(wanted).map(([name, books]) => [name, books.earned]);
    expect(Object.fromEntries(earned)).toEqual(story.ends);
    const hidden = Object.entries(wanted).map(([name, books]) => [name, { ...books, earned: "not known" }]);
    const faults = played.flatMap(({ lost, refused, new: more, isKnown, ...books }) => {
      const now = isKnown ? wanted : Object.fromEntries(hidden);
      const right = { mended: now, repeated: now, late: wanted, last: wanted };
      const wrong = Object.entries(books).filter(
        ([name, found]) => JSON.stringify(found) !== JSON.stringify(right[name as keyof typeof right]),
      );
      return wrong.length + refused + more === 0
        ? []
        : [{ lost, refused, more, ...Object.fromEntries(wrong) }];
    });
    expect(faults.map((fault) => JSON.stringify(fault))).toEqual([]);
  });
});
