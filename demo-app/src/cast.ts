/** The reseller of the demo. */
export const reseller = { id: "north-star", name: "North Star Software", percent: 20 } as const;

/** The names behind the partner ids, as the vendor builds them into Acme Paint. */
export const sellers: Readonly<Record<string, string>> = { [reseller.id]: reseller.name };

/** The copy the customer bought. */
export const soldCopy = { licence: "PAINT-7Q4M-2K9D-XW31", email: "painter@example.com" } as const;

/** What the customer types at the checkout. */
export const customerName = "A. Painter";
