import { isDeepStrictEqual } from "node:util";
import { expect, it } from "vitest";
import type { ShopKind } from "../../../server/src/config/shop-config.ts";
import { explainOrder } from "../../../server/src/orders/explain/explain-order.ts";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { openJourney } from "../../journey/journey.ts";
import { secretName } from "../../journey/receiver-world.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { everyShop } from "../every-shop.ts";
import { type Chance, chanceOf } from "../recomputed/history.ts";

/** What an order of a story ends at; the partner earns a tenth of what is left of its net. */
interface Ending {
  order: string;
  netMinor?: number;
  taxMinor?: number;
  currency?: string;
  cycle?: "new" | "renewal";
  outcome?: "credited" | "held" | "unattributed";
  earnedMinor: number;
  /** What is told of each line, as far as members are given here. */
  lines?: Record<string, unknown>[];
  /** What each line lost. */
  lostOfLines?: number[];
  /** True where the receiver must know no such order. */
  unknown?: true;
}

/** One story that a shop tells, in its own events. */
export interface ShopStory {
  name: string;
  /**
   * The events in the order of the shop's clock, with the reference of a click where the customer came by one. A function
   * among them makes its event when it is its turn, an hour later.
   */
  tells: (reference: string) => unknown[];
  ends: Ending[];
  /** True where the shop gives some event no time, so that it has to come when it happened. */
  inOrder?: boolean;
}

/** More orders of each story: `STORY_ORDERS=20 STORY_SEED=1 vitest run --project engines test/shops/stories`. */
const askedOrders = process.env.STORY_ORDERS;
const seed = Number(process.env.STORY_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** The events of a story in the shop's order, the other way round, and in others; some of these come twice. */
function ordersOf(events: number, others: number, chance: Chance): number[][] {
  const told = Array.from({ length: events }, (_, at) => at);
  const orders = [told, told.toReversed()];
  for (let n = 0; n < others; n++) {
    const ranked = told.map((at) => ({ at, rank: chance.upTo(1e9) }));
    const shuffled = ranked.sort((a, b) => a.rank - b.rank).map(({ at }) => at);
    const twice = told.filter(() => chance.is(0.4));
    orders.push([...shuffled, ...twice]);
  }
  return orders;
}

/** Of each line that is there those members that are asked for. */
const membersOf = (asked: readonly object[], lines: readonly object[]) =>
  lines.map((line, at) => {
    const names = Object.keys(asked[at] ?? line);
    return Object.fromEntries(names.map((name) => [name, Reflect.get(line, name) ?? null]));
  });

/** What was told, as it is sent again by hand: under another id, where the id stands in the body. */
function underAnotherId(payload: unknown, id: string): unknown {
  if (typeof payload !== "object") return payload;
  const told = payload as Record<string, unknown>;
  if (Array.isArray(told.events))
    return { ...told, events: told.events.map((event, at) => ({ ...(event as object), id: `${id}_${at}` })) };
  if ("event_id" in told) return { ...told, event_id: `${told.event_id}_${id}` };
  // An object's own id is never changed: only an event's is.
  return "object" in told && told.object === "event" ? { ...told, id } : told;
}

/**
 * Plays stories of one kind of shop on every engine and on one receiver. Each is played in the order of the shop's
 * clock, the other way round, and in random orders with repetitions, every time at a shop of its own: it must make no
 * difference.
 */
export function playStories(kind: ShopKind, stories: readonly ShopStory[]): void {
  const voice = everyShop[kind];
  const configured = { kind, secrets: [{ env: secretName(kind) }], ...voice.configured };

  onEveryEngine(`stories of ${kind}`, (bench) => {
    const others = Number(askedOrders ?? (bench.engine === "sqlite" ? 1 : 0));
    const plays = stories.flatMap((story) => {
      const orders = story.inOrder ? 1 : 2 + others;
      return Array.from({ length: orders }, (_, order) => ({ story, order }));
    });
    const shops = Object.fromEntries(plays.map((_, index) => [`shop${index}`, configured]));

    it(`end right, ${plays.length} of them (seed ${seed})`, async () => {
      const journey = await openJourney(bench, {
        shops: { ...shops, stripe: { kind: "stripe", secrets: [{ env: "STRIPE_WEBHOOK_SECRET" }] } },
      });
      const { token } = await journey.partnerWithToken("north", { percent: 10 });
      const link = `https://renew.acme.example/r/acme-paint?t=${token}`;
      const timestamp = Math.floor(journey.now / 1000);
      let sent = 0;
      const faults: unknown[] = [];
      for (const [index, { story, order }] of plays.entries()) {
        const { reference } = await journey.click(link);
        const told = story.tells(reference);
        const played = ordersOf(told.length, others, chanceOf(seed + index))[order] ?? [];
        const about = { story: story.name, played };
        for (const [place, at] of played.entries()) {
          const isAgain = played.indexOf(at) < place;
          const step = told[at];
          if (typeof step === "function") journey.pass(1 / 24);
          const first = typeof step === "function" ? step() : step;
          const payload = isAgain ? underAnotherId(first, `again_${place}`) : first;
          const delivery = voice.deliver(payload, { timestamp, id: `msg_${++sent}` });
          const { code } = await journey.deliver(`shop${index}`, delivery);
          if (code !== 200) faults.push({ ...about, refused: JSON.stringify(told[at]), code });
        }
        for (const { earnedMinor, lostOfLines, lines, unknown, ...ending } of story.ends) {
          const ended = explainOrder(journey.deps, `shop${index}`, ending.order);
          const record = await ended.catch(() => undefined);
          if (unknown || record === undefined) {
            if (unknown !== (record === undefined ? true : undefined))
              faults.push({ ...about, order: ending.order, isThere: record !== undefined });
            continue;
          }
          const isCredited = record.outcome === "credited";
          const earned = isCredited ? record.credits.reduce((sum, one) => sum + one.remainingMinor, 0) : 0;
          const found: Record<string, unknown> = { ...record, earnedMinor: earned };
          const expected = Object.entries({ ...ending, earnedMinor });
          const wrong = expected.filter(([name, value]) => found[name] !== value);
          const lost = record.lines.map(({ lostNetMinor }) => lostNetMinor);
          if (lostOfLines !== undefined && String(lost) !== String(lostOfLines))
            wrong.push(["lost", String(lost)]);
          const sum = record.lines.reduce((all, one) => all + one.netMinor, 0);
          if (sum !== record.netMinor) wrong.push(["sum", String(sum)]);
          if (lines !== undefined && !isDeepStrictEqual(membersOf(lines, record.lines), lines))
            wrong.push(["lines", JSON.stringify(membersOf(lines, record.lines))]);
          const { outcome, reason, netMinor, lostNetMinor } = record;
          const is = { order: record.order, outcome, reason, netMinor, lostNetMinor, earned };
          if (wrong.length > 0) faults.push({ ...about, expected: Object.fromEntries(wrong), is });
        }
      }
      expect(faults).toEqual([]);
      expect(await verifyLedger(journey.deps)).toMatchObject({ ok: true, failures: [] });
    });
  });
}
