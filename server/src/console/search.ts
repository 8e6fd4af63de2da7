import { showAdjustment } from "../adjustments/list-adjustments.ts";
import { listPartnerRows } from "../channel/rows/partners.ts";
import { findNewestCoupon } from "../coupons/rows/coupons.ts";
import { showDeal } from "../deals/deals.ts";
import type { Deps } from "../deps/deps.ts";
import { showDispute } from "../disputes/open-dispute.ts";
import { findOrdersBy, type OrderTrace } from "../orders/explain/find-orders.ts";
import type { OrderSummary } from "../orders/explain/list-orders.ts";
import { showOutboxMessage } from "../outbox/outbox.ts";
import { showPayout } from "../payouts/payout.ts";
import { showSerial, showSerialBatch } from "../serials/batches.ts";
import { showStatement } from "../statements/read-statements.ts";
import { findToken } from "../tokens/rows/tokens.ts";
import { findVoucherBatch } from "../vouchers/rows/batches.ts";
import { normalizeCoupon } from "../words/coupon-code.ts";
import { isEmailAddress } from "../words/email-address.ts";
import { as } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";

/** What else than an order or a partner a text may name. */
export interface FoundThing {
  kind:
    | "coupon"
    | "payout"
    | "statement"
    | "serial"
    | "serial_batch"
    | "voucher_batch"
    | "token"
    | "dispute"
    | "deal"
    | "adjustment"
    | "message";
  /** The name of it: never a serial. */
  name: string;
  partner: string | null;
}

/** What a search has led to. */
export interface Found {
  orders: OrderSummary[];
  /** By id or by a part of the name. */
  partners: { id: string; name: string }[];
  things: FoundThing[];
}

const partnersAtMost = 20;
const longestQuery = 255;

/**
 * Finds whatever a text may be: an order by any id that its shop gave it, a licence, a serial, a buyer's address, a
 * partner, a coupon, a batch, a token, a statement, a payout, or the id of anything that the console shows. Every way
 * is tried, since nobody can tell a serial from a licence; each is a look into an index.
 */
export async function searchAnything(deps: Deps, query: string): Promise<Found> {
  const text = query.replaceAll("\0", "").trim().slice(0, longestQuery).toWellFormed();
  if (text === "") return { orders: [], partners: [], things: [] };
  const traces: OrderTrace[] = isEmailAddress(text)
    ? [{ email: text }, { number: text }]
    : [{ number: text }, { licence: text }];
  const orders = new Map<string, OrderSummary>();
  for (const trace of traces)
    for (const order of await findOrdersBy(deps, trace))
      orders.set(JSON.stringify([order.shop, order.order]), order);
  return {
    orders: [...orders.values()],
    partners: await findPartners(deps, text),
    things: await findThings(deps, text),
  };
}

async function findPartners({ store }: Deps, text: string): Promise<Found["partners"]> {
  const wanted = text.toLowerCase();
  const rows = await store.read(listPartnerRows);
  return rows
    .filter(({ id, name }) => id.includes(wanted) || name.toLowerCase().includes(wanted))
    .slice(0, partnersAtMost)
    .map(({ id, name }) => ({ id, name }));
}

type Look = (deps: Deps, text: string) => Promise<FoundThing | readonly FoundThing[] | undefined>;

/** Ids that begin with what they are ids of are looked for where they belong alone. */
const looksByPrefix: Readonly<Record<string, Look>> = {
  po_: async (deps, name) => ({ kind: "payout", name: (await showPayout(deps, name)).id, partner: null }),
  dp_: async (deps, name) => ({ kind: "dispute", name, partner: (await showDispute(deps, name)).partner }),
  dl_: async (deps, name) => ({ kind: "deal", name, partner: (await showDeal(deps, name)).partner }),
  adj_: async (deps, name) => ({
    kind: "adjustment",
    name,
    partner: (await showAdjustment(deps, name)).partner,
  }),
  msg_: async (deps, name) => ({
    kind: "message",
    name,
    partner: (await showOutboxMessage(deps, name)).partner,
  }),
};

const looks: readonly Look[] = [
  async ({ store }, text) => {
    const row = await store.read((tx) => findNewestCoupon(tx, normalizeCoupon(text)));
    return row && { kind: "coupon", name: row.code, partner: row.partner_id };
  },
  async (deps, text) => {
    const { number, partner } = await showStatement(deps, text);
    return { kind: "statement", name: number, partner };
  },
  async (deps, text) => {
    const { batch, partner } = await showSerialBatch(deps, text);
    return { kind: "serial_batch", name: batch, partner };
  },
  async (deps, text) =>
    (await showSerial(deps, text)).map(({ batch, partner }) => ({ kind: "serial", name: batch, partner })),
  async ({ store }, text) => {
    const row = await store.read((tx) => findVoucherBatch(tx, text));
    return row && { kind: "voucher_batch", name: row.id, partner: row.partner_id };
  },
  async ({ store }, text) => {
    const row = await store.read((tx) => findToken(tx, as.token(text)));
    return row && { kind: "token", name: row.jti, partner: row.partner_id };
  },
];

async function findThings(deps: Deps, text: string): Promise<FoundThing[]> {
  const prefixed = Object.entries(looksByPrefix).find(([prefix]) => text.startsWith(prefix))?.[1];
  const found: FoundThing[] = [];
  for (const look of prefixed === undefined ? looks : [...looks, prefixed]) {
    const things = await orNothing(() => look(deps, text));
    if (things !== undefined) found.push(...[things].flat());
  }
  return found;
}

/** What is not there is refused by the verbs that show it. */
async function orNothing<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
