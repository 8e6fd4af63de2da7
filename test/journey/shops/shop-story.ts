import { expect, it } from "vitest";
import type { ShopKind } from "../../../server/src/config/shop-config.ts";
import { isoTime } from "../../../server/src/words/clock.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { everyShop } from "../../shops/every-shop.ts";
import { type Journey, openJourney } from "../journey.ts";
import { secretName } from "../receiver-world.ts";

type Event = Record<string, unknown>;

/** When an event happens, in ISO 8601, and a number no other event of the story has. */
export interface Moment {
  at: string;
  number: number;
}

/**
 * What one kind of shop tells of the same story. Every sale is 119.00 EUR, 19.00 of it tax. `order` is what people know
 * the sale by.
 */
export interface ShopStory {
  kind: ShopKind;
  order: string;
  /** Where the shop does not tell the tax. */
  taxMinor?: number;
  /** A purchase that carries our reference, as the first of a subscription where `subscription` is true. */
  sale(told: Moment & { reference: string; subscription: boolean }): Event[];
  /** The subscription's next cycle, and what its order is called. */
  renewal: {
    order: string;
    event(told: Moment): Event;
    /** What tells which subscription the renewal's order belongs to, where the order does not. */
    belongs?(told: Moment): Event;
  };
  /** 30 percent of the sale go back. `sale` is what was told of it, for shops that tell the whole order each time. */
  partialRefund(told: Moment, sale: readonly Event[]): Event;
  /** What was left goes back, after the partial refund or without. */
  fullRefund(told: Moment & { afterPartial: boolean }, sale: readonly Event[]): Event;
  /** The customer's bank takes the money, and what it decides; left out where the shop tells nothing of it. */
  dispute?: { opened(told: Moment): Event; won(told: Moment): Event; lost?(told: Moment): Event };
  /** The same event once more as a person resends it by hand: under a new id, unless the id is in a header. */
  resent?(event: Event): Event;
  /** The sale as the shop tells of a test; left out where no event says so. */
  asTest?(event: Event): Event;
}

const recorded = { code: 200, status: "recorded" };

/**
 * Plays the story from signed raw bytes to the ledger, on every engine. In other orders, a refund before its sale among
 * them, every story of `test/shops/stories` is told.
 */
export function tellShopStory(story: ShopStory): void {
  onEveryEngine(`a shop on ${story.kind}`, (bench) => {
    it("has its sale credited by the click, and its refunds taken back, however often each is told", async () => {
      const told = await open(await openJourney(bench));
      const sale = await told.sell();
      expect(await told.journey.explain(story.order, story.kind)).toMatchObject({
        outcome: "credited",
        partner: "north",
        reason: "click_reference",
        cycle: "new",
        netMinor: 10_000,
        taxMinor: story.taxMinor ?? 1900,
      });
      await told.expectHeld(2000);
      const part = story.partialRefund(told.moment(), sale);
      expect(await told.send(part)).toEqual(recorded);
      await told.expectHeld(1400);
      for (const event of [...sale, part]) {
        const { status } = await told.send(event);
        expect(["duplicate", "ignored"]).toContain(status);
        const again = story.resent?.(event) ?? { ...event };
        expect((await told.send(again)).status).toBe(status);
      }
      await told.expectHeld(1400);
      const rest = story.fullRefund({ ...told.moment(), afterPartial: true }, sale);
      expect(await told.send(rest)).toEqual(recorded);
      await told.expectHeld(0);
    });

    it("has the renewal of a subscription credited to whoever sold it, a year later", async () => {
      const told = await open(await openJourney(bench));
      await told.sell(true);
      told.journey.pass(365);
      expect(await told.send(story.renewal.event(told.moment()))).toEqual(recorded);
      const belongs = story.renewal.belongs?.(told.moment());
      if (belongs !== undefined) expect(await told.send(belongs)).toEqual(recorded);
      expect(await told.journey.explain(story.renewal.order, story.kind)).toMatchObject({
        outcome: "credited",
        partner: "north",
        reason: "subscription",
        cycle: "renewal",
        netMinor: 10_000,
      });
      await told.expectHeld(4000);
    });

    const { dispute, asTest } = story;
    if (dispute !== undefined)
      it("has a disputed credit held back, and given back when it is won", async () => {
        const told = await open(await openJourney(bench));
        await told.sell();
        expect(await told.send(dispute.opened(told.moment()))).toEqual(recorded);
        await told.expectHeld(0);
        expect(await told.send(dispute.won(told.moment()))).toEqual(recorded);
        await told.expectHeld(2000);
      });

    if (asTest !== undefined)
      it("has no test order credited with real money", async () => {
        const told = await open(await openJourney(bench));
        const events = await told.saleEvents(false);
        for (const event of events)
          expect(await told.send(asTest(event))).toEqual({ code: 200, status: "ignored" });
        await told.expectHeld(0);
        expect(told.journey.logged("webhook.rejected")).toContainEqual(
          expect.objectContaining({ shop: story.kind, outcome: "ignored", reason: "test_mode" }),
        );

        const secrets = [{ env: secretName(story.kind) }];
        const shops = {
          stripe: { kind: story.kind, secrets, testMode: true, ...everyShop[story.kind].configured },
        };
        const staging = await openJourney(bench, { shops });
        const now = { timestamp: Math.floor(staging.now / 1000) };
        const delivery = everyShop[story.kind].deliver(asTest(events[0] ?? {}), now);
        expect(await staging.deliver("stripe", delivery)).toEqual(recorded);
      });
  });

  async function open(journey: Journey) {
    const { token } = await journey.partnerWithToken("north");
    let number = 0;
    /** Ids of events whose shop sends them in a header: an event that is sent again keeps its own. */
    const ids = new WeakMap<Event, string>();
    const told = {
      journey,
      moment: (): Moment => ({ at: isoTime(journey.now), number: ++number }),
      send: (event: Event): Promise<{ code: number; status?: unknown }> => {
        const id = ids.get(event) ?? `msg_${++number}`;
        ids.set(event, id);
        const timestamp = Math.floor(journey.now / 1000);
        return journey.deliver(story.kind, everyShop[story.kind].deliver(event, { timestamp, id }));
      },
      async saleEvents(subscription: boolean) {
        const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
        return story.sale({ ...told.moment(), reference, subscription });
      },
      async sell(subscription = false) {
        const events = await told.saleEvents(subscription);
        const answers = [];
        for (const event of events) answers.push(await told.send(event));
        expect(answers.map(({ code }) => code)).toEqual(events.map(() => 200));
        expect(answers).toContainEqual(recorded);
        return events;
      },
      async expectHeld(heldMinor: number) {
        expect(await journey.balance("north")).toEqual({ heldMinor, payableMinor: 0 });
        await journey.expectSoundLedger();
      },
    };
    return told;
  }
}
