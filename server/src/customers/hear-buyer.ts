import type { ConcealedBuyer } from "../events/conceal-event.ts";
import { linesOfOrder } from "../orders/record/sale-facts.ts";
import type { OrderRow } from "../orders/rows/schema.ts";
import { sealedForVendor } from "../secrets/customer-seal.ts";
import type { Tx } from "../store/store.ts";
import type { Instant } from "../words/clock.ts";
import type { ProductId } from "../words/ids.ts";
import { forgetOrderLink, keepCustomerLicence, listLicencesOfCustomer } from "./rows/licences.ts";
import { findToldCustomer, insertCustomer } from "./rows/people.ts";
import { partsOf, partsText } from "./told-customer.ts";

/**
 * Keeps who bought an order, in the transaction that records it. What the vendor told of the same address stays as it is;
 * where the shop tells no licence the person is linked to the order, until one is known.
 */
export async function hearBuyer(
  tx: Tx,
  { order, buyer }: { order: OrderRow; buyer: ConcealedBuyer },
  now: Instant,
): Promise<void> {
  if (order.email_hash === null) return;
  const fresh = await insertCustomer(tx, {
    customer_id: buyer.customer,
    told_by: "",
    source: "order",
    email_hash: order.email_hash,
    sealed: buyer.sealed,
    sealed_for: sealedForVendor,
    language: null,
    organisation_id: null,
    organisation_parts: "",
    consent_version: null,
    consent_at: null,
    added_at: now,
    changed_at: now,
  });
  const customer = fresh ? buyer.customer : (await findToldCustomer(tx, order.email_hash, ""))?.customer_id;
  // Another process has just added the address and not committed yet: its next order or the vendor will tell of it.
  if (customer === undefined) return;
  const licence = order.licence_hash;
  const links = fresh ? [] : await listLicencesOfCustomer(tx, customer);
  for (const product of productsOf(order)) {
    const known = links.find((one) => one.product === product && one.licence_hash === (licence ?? ""));
    await keepCustomerLicence(tx, {
      customer_id: customer,
      product,
      licence_hash: licence ?? "",
      order_key: licence === null ? order.order_key : "",
      parts: partsText(["buys", ...partsOf(known?.parts ?? "")]),
      licence_end: buyer.licenceEnd,
      version: null,
      added_at: now,
    });
  }
  if (licence !== null && !fresh)
    await forgetOrderLink(tx, { customer_id: customer, order_key: order.order_key });
}

/** What was bought: the order's product, or those of its lines; one that is not known where nothing says. */
function productsOf(order: OrderRow): (ProductId | "")[] {
  if (order.product !== null) return [order.product];
  const ofLines = linesOfOrder(order).flatMap(({ product }) => (product === undefined ? [] : [product]));
  return ofLines.length === 0 ? [""] : [...new Set(ofLines)];
}
