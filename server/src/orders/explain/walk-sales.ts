import { orderLoss } from "../../books/book.ts";
import type { Loss } from "../../ledger/loss.ts";
import type { Store, Tx } from "../../store/store.ts";
import type { Instant } from "../../words/clock.ts";
import { as, type PartnerId } from "../../words/ids.ts";
import {
  listPartnerSales,
  listSaleLosses,
  type PartnerSaleRow,
  type SaleSpan,
  salesPerPage,
} from "../rows/partner-sales.ts";

/** A sale that is credited to a partner, and what of it has gone back. */
export interface PartnerSale {
  row: PartnerSaleRow;
  loss: Loss;
}

/** The sales of a partner in a time: from an instant on, and before another. */
export interface SalesOfPartner {
  partner: PartnerId;
  from: Instant;
  until: Instant;
}

/**
 * Walks through the sales that are credited to a partner, the earliest first, a page in a transaction of its own: as long
 * as it takes, nobody waits for it. `read` gets what else it needs of a page in the same transaction.
 */
export async function* walkSales<Extra>(
  store: Pick<Store, "read">,
  { partner, from, until }: SalesOfPartner,
  read: (tx: Tx, span: SaleSpan, sales: readonly PartnerSale[]) => Promise<Extra>,
): AsyncGenerator<{ sales: PartnerSale[]; extra: Extra }> {
  let after = { after_at: from, after_key: as.order("") };
  for (;;) {
    const page = await store.read(async (tx) => {
      const rows = await listPartnerSales(tx, { partner_id: partner, ...after, until });
      const last = rows.at(-1);
      if (last === undefined) return undefined;
      const span = { partner_id: partner, ...after, last_at: last.occurred_at, last_key: last.order_key };
      const losses = Map.groupBy(await listSaleLosses(tx, span), ({ order_key }) => order_key);
      const sales = rows.map((row) => ({ row, loss: orderLoss(row, losses.get(row.order_key) ?? []) }));
      return {
        sales,
        extra: await read(tx, span, sales),
        next: { after_at: span.last_at, after_key: span.last_key },
      };
    });
    if (page === undefined) return;
    yield page;
    if (page.sales.length < salesPerPage) return;
    after = page.next;
  }
}
