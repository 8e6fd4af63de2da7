import type { Deps } from "../../server/src/deps/deps.ts";
import { type ConcealedEvent, concealEvent } from "../../server/src/events/conceal-event.ts";
import { linesOf } from "../../server/src/events/order-line.ts";
import { insertClick } from "../../server/src/renewal/rows/clicks.ts";
import type { Tx } from "../../server/src/store/store.ts";
import { addDays, type Instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";

/** What each order brings, without and with the tax that there is none of, in cents. */
export const netMinor = 10_000;
/** What North is credited for it, and what its points cost it. */
export const creditMinor = 2_000;
export const costMinor = 300;

/**
 * What becomes of the renewal of a licence, by its number: it is kept and its reward redeemed, all of it goes back, half of it
 * goes back, or all of it goes back once its reward was redeemed.
 */
export const fates = ["kept", "refunded", "halved", "refunded_late"] as const;
export const fateOf = (name: string) => fates[Number(name.split("-")[1]) % 4] ?? "kept";

/** The names of all that shops tell about some licences: a first sale, a renewal, and what goes back. */
export const factsAbout = (numbers: readonly number[]): string[] =>
  numbers.flatMap((at) => [
    `first-${at}`,
    `renewal-${at}`,
    ...(fateOf(`renewal-${at}`) === "kept" ? [] : [`refund-${at}`]),
  ]);

/** What is told only once the reward was redeemed. */
export const isLate = (name: string): boolean =>
  name.startsWith("refund-") && fateOf(name) === "refunded_late";

/** Of which order the reward is redeemed. */
export const isRedeemed = (order: string): boolean =>
  fateOf(order) === "kept" || fateOf(order) === "refunded_late";

type World = Pick<Deps, "clock" | "hashes">;

/** The day of the first sales, of the renewals, and of what goes back. */
const ages = { first: 420, renewal: 60, refund: 50 } as const;

const dayOf = ({ clock }: World, kind: keyof typeof ages): Instant => addDays(clock(), -ages[kind]);

/** What a shop tells, by its name. Told again in another life it is the same event, whatever its time. */
export function factOf(name: string, deps: World): ConcealedEvent {
  const [kind = "", at = ""] = name.split("-");
  const base = { eventId: `evt-${name}`, objectId: name, currency: as.currency("EUR") };
  if (kind === "refund") {
    const amountMinor = fateOf(name) === "halved" ? netMinor / 2 : netMinor;
    return concealEvent(
      {
        ...base,
        effect: "refund",
        amountMinor,
        netMinor: amountMinor,
        cumulative: false,
        target: [as.provider(`renewal-${at}`)],
        occurredAt: dayOf(deps, "refund"),
      },
      deps.hashes,
    );
  }
  return concealEvent(
    {
      ...base,
      effect: "sale",
      order: as.provider(name),
      providerIds: [as.provider(name)],
      cycle: "new",
      product: as.product("acme-paint"),
      netMinor,
      taxMinor: 0,
      lines: linesOf([], { netMinor, taxMinor: 0 }),
      licence: `LIC-${at}`,
      reference: as.reference(`ref-${name}`),
      occurredAt: dayOf(deps, kind === "first" ? "first" : "renewal"),
    },
    deps.hashes,
  );
}

/** North's customer clicks its link, of which the receiver hears shortly before it hears of the sale. */
export const clickBefore = (tx: Tx, { clock }: World, name: string): Promise<unknown> =>
  insertClick(tx, {
    reference: as.reference(`ref-${name}`),
    product: as.product("acme-paint"),
    partner_id: as.partner("north"),
    jti: as.token(`none-${name}`),
    token_issued_at: addDays(clock(), -2),
    licence_hash: null,
    clicked_at: addDays(clock(), -1),
  });
