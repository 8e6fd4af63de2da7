import type { OpenedDeps } from "../../server/src/deps/open-deps.ts";
import { concealEvent } from "../../server/src/events/conceal-event.ts";
import { recorderOn } from "../../server/src/intake/recorder.ts";
import { insertRegistration } from "../../server/src/renewal/rows/registrations.ts";
import type { Instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { sessionId, timedId } from "./load/stripe-ids.ts";

const yearMs = 31_536_000_000;

/** A copy that was sold and registered a year ago. */
export interface RegisteredCopy {
  licence: string;
  token: { jti: string; partner: string };
}

/** Registers copies, and records the sale of each, which was a year ago and is told now, so that it is still held. */
export async function addRegisteredCopies(
  deps: OpenedDeps,
  copies: readonly RegisteredCopy[],
): Promise<void> {
  const now = deps.clock();
  const soldAt = (now - yearMs) as Instant;
  const recorder = recorderOn(deps);
  const perWrite = 500;
  for (let from = 0; from < copies.length; from += perWrite) {
    const some = copies.slice(from, from + perWrite);
    await deps.store.write(async (tx) => {
      for (const { licence, token } of some)
        await insertRegistration(tx, {
          product: as.product("acme-paint"),
          licence_hash: deps.hashes.looseLicence(licence),
          partner_id: as.partner(token.partner),
          jti: as.token(token.jti),
          token_issued_at: (soldAt - 86_400_000) as Instant,
          bound_at: soldAt,
          sold: null,
          contradicted: null,
        });
    });
    const sales = some.map(({ licence }) => concealEvent(firstSale(licence, soldAt), deps.hashes));
    await Promise.all(sales.map((event) => recorder.record({ shop: as.shop("stripe"), event, now })));
  }
}

function firstSale(licence: string, soldAt: Instant) {
  const session = sessionId();
  return {
    effect: "sale" as const,
    eventId: timedId("evt_1", Math.floor(soldAt / 1000)),
    objectId: session,
    occurredAt: soldAt,
    order: as.provider(session),
    providerIds: [as.provider(session), as.provider(timedId("pi_3", Math.floor(soldAt / 1000)))],
    cycle: "new" as const,
    product: as.product("acme-paint"),
    netMinor: 10_000,
    taxMinor: 1900,
    currency: as.currency("EUR"),
    licence,
  };
}
