import { requireTradingPartner } from "../channel/active-partner.ts";
import { readAgreement } from "../channel/change-agreement.ts";
import { nameSubject } from "../deps/actor.ts";
import type { Deps } from "../deps/deps.ts";
import { sealText } from "../secrets/seal.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import { as } from "../words/ids.ts";
import { randomHex } from "../words/random-hex.ts";
import { Refusal } from "../words/refusal.ts";
import { isOver, lockDeals } from "./deal-conflicts.ts";
import { hashesOfCustomer } from "./deal-customer.ts";
import { countWaitingDeals, insertDeal, insertDealStep, listDealsOfCustomer } from "./rows/deals.ts";
import type { DealRow } from "./rows/schema.ts";
import { rowName } from "./shown-deal.ts";
import { afterWorkingDays } from "./working-days.ts";

/** A customer whom a partner is about to sell to. */
export interface NewDeal {
  partner: string;
  /** An address, or a domain for everybody in it. */
  customer: string;
  /** Every product by default. */
  product?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  territory?: string | undefined;
}

/** How many deals of one partner may wait for a decision. */
export const mostWaiting = 500;

/**
 * Registers a deal, for the vendor to decide within the working days of the configuration. The same partner's registration
 * of the same customer and product, while it waits or holds, is no new one.
 *
 * @throws {Refusal} `partner_unknown`, `partner_ended`, `product_unknown`, `request_invalid`; `territory_not_agreed` where
 * the partner's agreement names territories and this is none of them; `too_many_requests` when 500 of the partner wait
 */
export async function registerDeal(
  deps: Pick<Deps, "store" | "clock" | "hashes" | "config">,
  deal: NewDeal,
): Promise<DealRow> {
  const now = deps.clock();
  const customer = deal.customer.trim().toLowerCase();
  const found = hashesOfCustomer(deps, customer);
  if (deal.product !== undefined && !deps.config.products.has(as.product(deal.product)))
    throw new Refusal("product_unknown", `There is no product ${deal.product}.`);
  if (deal.territory !== undefined && !/^[A-Z]{2}$/.test(deal.territory))
    throw new Refusal("request_invalid", "A territory is a country's two letters (ISO 3166-1), such as AT.");
  const id = `dl_${now.toString(36).padStart(9, "0")}${randomHex(8)}`;
  const row: DealRow = {
    deal_id: id,
    partner_id: as.partner(deal.partner),
    customer_hash: found.hash,
    site_hash: found.site,
    customer_sealed: sealText(customer, rowName(id), deps.hashes.dealKey),
    product: deal.product === undefined ? null : as.product(deal.product),
    territory: deal.territory ?? null,
    registered_at: now,
    decide_by: afterWorkingDays(now, deps.config.deals.decideWithinDays),
    state: "registered",
    accepted_at: null,
    protected_until: null,
    ended_at: null,
  };
  return deps.store.write(async (tx) => {
    await requireTradingPartner(tx, deal.partner);
    await refuseForeignTerritory(tx, row, now);
    await lockDeals(tx, found);
    const own = (await listDealsOfCustomer(tx, found.hash)).find(
      (one) => isSame(one, row) && !isOver(one, now),
    );
    if (own !== undefined) return own;
    // Each is read by a person: whoever sends more hides them.
    if ((await countWaitingDeals(tx, row.partner_id)) >= mostWaiting)
      throw new Refusal(
        "too_many_requests",
        `${mostWaiting} deals of this partner wait for a decision already.`,
      );
    nameSubject(id);
    await insertDeal(tx, row);
    await insertDealStep(tx, { deal_id: id, step: "registered", note: null, protected_until: null, at: now });
    return row;
  });
}

async function refuseForeignTerritory(tx: Tx, deal: DealRow, now: Instant): Promise<void> {
  if (deal.territory === null) return;
  const { territories } = await readAgreement(tx, deal.partner_id, now);
  if (territories !== null && !territories.includes(deal.territory))
    throw new Refusal(
      "territory_not_agreed",
      `${deal.partner_id} may sell in ${territories.join(", ")}, not in ${deal.territory}.`,
    );
}

/** One that names no territory is the one that is there. */
const isSame = (known: DealRow, told: DealRow): boolean =>
  known.partner_id === told.partner_id &&
  known.product === told.product &&
  (told.territory === null || known.territory === told.territory);
