import type { Deps } from "../deps/deps.ts";
import { momentNames, readMoments } from "../store/moments.ts";
import type { Tx } from "../store/store.ts";
import { type Instant, instant } from "../words/clock.ts";
import { type Figures, readFigures } from "./figures.ts";
import {
  countNewestHeld,
  countWaitingDeliveries,
  findReconciled,
  type Owed,
  sumOwed,
} from "./rows/first-screen.ts";

/** How a shop does. Times are undefined where nothing of the kind has happened. */
export interface ShopHealth {
  shop: string;
  /** When it was heard last with a good signature. */
  heardAt: Instant | undefined;
  /** When something came last that was refused: a wrong signature, or no event of the shop. */
  refusedAt: Instant | undefined;
  /** Deliveries that wait for its API to confirm them. */
  waiting: number;
  /** Until when its API was read last. */
  reconciledUntil: Instant | undefined;
}

/** A shop that sells every day is missed after so long. */
const quietMs = 3 * 86_400_000;

/** Whether a shop has been silent for days, or was never heard. */
export const isQuiet = (heardAt: Instant | undefined, now: Instant): boolean =>
  heardAt === undefined || now - heardAt > quietMs;

/** What the console's first page shows. */
export interface FirstScreen {
  owed: Owed[];
  held: { reason: string; orders: number }[];
  shops: ShopHealth[];
  figures: Figures;
  /** When the ledger was checked last, and whether it added up. */
  verified: { at: Instant; isSound: boolean } | undefined;
}

type Needs = Pick<Deps, "store" | "clock" | "config">;

/** All that the first page shows. Its cost does not grow with history: sums are kept, counts are bounded or gathered before. */
export async function readFirstScreen(deps: Needs): Promise<FirstScreen> {
  const figures = await readFigures(deps);
  return deps.store.read(async (tx) => {
    const moments = await readMoments(tx);
    const verifiedAt = moments.get(momentNames.verified);
    return {
      owed: await sumOwed(tx),
      held: await countNewestHeld(tx),
      shops: await healthOfShops(tx, deps, moments),
      figures,
      verified:
        verifiedAt === undefined
          ? undefined
          : { at: verifiedAt, isSound: (moments.get(momentNames.sound) ?? instant(0)) >= verifiedAt },
    };
  });
}

/** How each shop of the configuration does. */
export const readShopHealth = (deps: Needs): Promise<ShopHealth[]> =>
  deps.store.read(async (tx) => healthOfShops(tx, deps, await readMoments(tx)));

async function healthOfShops(
  tx: Tx,
  { config }: Needs,
  moments: ReadonlyMap<string, Instant>,
): Promise<ShopHealth[]> {
  const [waiting, reconciled] = [await countWaitingDeliveries(tx), await findReconciled(tx)];
  return [...config.shops.keys()].map((shop) => ({
    shop,
    heardAt: moments.get(`shop:${shop}`),
    refusedAt: moments.get(`refused:${shop}`),
    waiting: waiting.get(shop) ?? 0,
    reconciledUntil: reconciled.get(shop),
  }));
}
