/** The reseller of the demo. */
export const reseller = { id: "north-star", name: "North Star Software", percent: 20 } as const;

/** The names behind the partner ids, as the vendor builds them into Acme Paint. */
export const sellers: Readonly<Record<string, string>> = { [reseller.id]: reseller.name };

/** Somebody who buys a copy. */
export interface Customer {
  /** The licence of her copy, where no serial stands in for it. */
  licence: string;
  email: string;
}

/** The first copy that is bought. */
export const soldCopy: Customer = { licence: "PAINT-7Q4M-2K9D-XW31", email: "painter@example.com" };

/** The customers after one another: each has a licence and an address of her own. */
export function nextCustomer(index: number): Customer {
  if (index === 0) return soldCopy;
  return { licence: `PAINT-7Q4M-2K9D-${1000 + index}`, email: `painter-${index + 1}@example.com` };
}

/** What the customer types at the checkout. */
export const customerName = "A. Painter";
