import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "./random.ts";
import {
  type Acknowledgement,
  clickUntilRecorded,
  deliver,
  paid,
  refunded,
  register,
  type ShopEvent,
  type ShopOrder,
} from "./shop-traffic.ts";
import type { Vendor } from "./vendor.ts";

/** A purchase the shop had acknowledged, and what a partner must have been credited for it when all is over. */
export interface Promised {
  order: string;
  partner: string;
  /** After refunds that were acknowledged too. */
  creditMinor: number;
  /** What the partner was found by. */
  by: "click" | "registration";
}

/** A world in which the receiver comes and goes. */
export interface World {
  readonly vendor: Vendor;
  readonly random: Random;
  /** The address of the receiver; while it is down, that of the next one once it listens. */
  url: Promise<string>;
  /** True when nobody begins anything new. */
  closing: boolean;
  readonly promised: Promised[];
  /** Requests that were answered. */
  answered: number;
  /** Requests that got no answer, or a 5xx. */
  unanswered: number;
  /** Deliveries that got no answer although they were recorded, as the next try showed. */
  recordedUnanswered: number;
  /** Deliveries that were repeated though the first had been acknowledged. */
  repeated: number;
  orders: number;
}

/** Begins with a receiver that is expected to listen soon. */
export const openWorld = (vendor: Vendor, random: Random, url: Promise<string>): World => ({
  vendor,
  random,
  url,
  closing: false,
  promised: [],
  answered: 0,
  unanswered: 0,
  recordedUnanswered: 0,
  repeated: 0,
  orders: 0,
});

/**
 * One customer after another, until the world closes: each buys through a link, or with a licence that was registered,
 * and some want money back. Whatever was begun is brought to its end.
 */
export async function liveOn(world: World): Promise<void> {
  const { random, vendor } = world;
  while (!world.closing) {
    const partner = random.pick(vendor.partners);
    const name = `o${++world.orders}`;
    const order: ShopOrder = { name, totalMinor: 100 * random.between(10, 200) };
    const by = random.next() < 0.6 ? "click" : "registration";
    if (by === "click") order.reference = await untilClicked(world, partner.token);
    else {
      order.licence = `licence of ${name}`;
      await untilRegistered(world, order.licence, partner.token);
    }
    await untilAcknowledged(world, paid(order));
    const promise = {
      order: `cs_${name}`,
      partner: partner.id,
      creditMinor: order.totalMinor / 5,
      by,
    } as const;
    const place = world.promised.push(promise) - 1;
    if (random.next() > 0.3) continue;
    await untilAcknowledged(world, refunded(order, order.totalMinor / 2));
    world.promised[place] = { ...promise, creditMinor: promise.creditMinor / 2 };
  }
}

/** A customer whose click got no answer, or no reference in time, clicks again and has another reference. */
const untilClicked = (world: World, token: string): Promise<string> =>
  insist(world, async (url) => ({
    code: 302,
    reference: await clickUntilRecorded(() => url, token),
  })).then(({ reference }) => reference);

/** The SDK sends a registration again until it is answered. */
async function untilRegistered(world: World, licence: string, token: string): Promise<void> {
  const { code } = await insist(world, (url) => register(url, licence, token));
  if (code !== 200) throw new Error(`a registration was answered ${code}`);
}

/** The shop delivers an event again, under its id, until it is acknowledged; now and then once more after that. */
async function untilAcknowledged(world: World, event: ShopEvent): Promise<void> {
  const times = world.random.next() < 0.1 ? 2 : 1;
  for (let done = 0; done < times; done++) {
    const { code, status } = await insist<Acknowledgement>(world, (url) => deliver(url, event));
    if (done === 0 && status === "duplicate") world.recordedUnanswered += 1;
    if (code !== 200) throw new Error(`a delivery was answered ${code}`);
  }
  world.repeated += times - 1;
}

// Some minutes, at ten milliseconds each.
const triesAtMost = 30_000;

async function insist<T extends { code: number }>(
  world: World,
  ask: (url: string) => Promise<T>,
): Promise<T> {
  for (let tries = 0; tries < triesAtMost; tries++) {
    const url = await world.url;
    const answer = await ask(url).catch(() => undefined);
    if (answer !== undefined && answer.code < 500) {
      world.answered += 1;
      return answer;
    }
    world.unanswered += 1;
    await pause(10); // As a customer does who tries again.
  }
  throw new Error(`${triesAtMost} requests in a row got no answer`);
}
