/**
 * A second reading of what shops tell, from their own documents (docs/shops names them) and from nothing of the
 * receiver's: it imports none of it. It reads a whole history in the order of the shop's clock, where the receiver reads
 * event by event in any order. Each file of it has at most 150 lines.
 */

import { fastspring, lemon, paddle, polar } from "./reading-by-event.ts";
import { gumroad, own, shopify, woocommerce } from "./reading-by-order.ts";
import { chargebee } from "./reading-chargebee.ts";
import { stripe } from "./reading-stripe.ts";
import { type Story, share, sum, type Telling } from "./told-values.ts";

const readers: Record<string, (told: Telling[]) => Map<string, Story>> = {
  stripe,
  paddle,
  fastspring,
  "lemon-squeezy": lemon,
  polar,
  shopify,
  woocommerce,
  chargebee,
  gumroad,
  "standard-webhooks": own,
};

/**
 * What a tenth of each order's net has come to, of what was paid and kept. A further term names nobody by itself: it hands
 * on who led the customer to the first one, and nothing once that was paid back whole. `forgetsTax` is a reader that is
 * wrong.
 */
export function earnedAgain(kind: string, told: Telling[], { forgetsTax = false } = {}) {
  const orders = [...(readers[kind]?.(told) ?? [])].map(([order, story]) => ({
    order,
    ...kept(story, forgetsTax),
  }));
  const [first] = orders;
  return orders.map(({ order, isWhole: _, ...one }) => {
    const isCredited = order === first?.order || first?.isWhole === false;
    return { order, isCredited, netMinor: one.netMinor, earnedMinor: isCredited ? one.earnedMinor : 0 };
  });
}

function kept({ net, tax, gone: told, beyond }: Story, forgetsTax: boolean) {
  const gone = [...told.values()].filter((one) => one !== undefined);
  // What was paid twice goes back first.
  const gross = Math.max(0, sum(gone.map((one) => one.gross)) - beyond);
  const knownNet = sum(gone.map((one) => one.net ?? 0));
  const knownGross = sum(gone.map((one) => (one.net === undefined ? 0 : one.gross)));
  const netLeft = Math.max(0, net - knownNet);
  const left = netLeft + (forgetsTax ? 0 : Math.max(0, tax - (knownGross - knownNet)));
  const rest = left === 0 ? 0 : share(netLeft, Math.max(0, gross - knownGross), left);
  const isAll = gone.some((one) => one.whole) || (gross > 0 && gross >= net + tax);
  const lost = isAll ? net : Math.min(net, knownNet + rest);
  const earned = share(net, 1, 10);
  const isWhole = isAll || (net > 0 && lost === net);
  return { netMinor: net, earnedMinor: lost === net ? 0 : earned - share(earned, lost, net), isWhole };
}
