/** The reseller of the journey. */
export const reseller = {
  id: "north-star",
  name: "North Star Software",
  email: "sales@north-star.example",
  percent: 20,
} as const;

/** Who stands above the resellers, and earns a share on top of theirs. */
export const distributor = {
  id: "harbour",
  name: "Harbour Distribution",
  email: "sales@harbour.example",
  percent: 5,
} as const;

/** The four resellers below the distributor, the journey's first. Each sells its copies in another way. */
export const resellers = [
  reseller,
  { id: "atelier", name: "Atelier Lumière", email: "sales@atelier.example", percent: 20 },
  { id: "pixel-sons", name: "Pixel & Sons", email: "sales@pixel-sons.example", percent: 20 },
  { id: "kobo", name: "Kobo Tools", email: "sales@kobo.example", percent: 20 },
] as const;

/** The names behind the partner ids, as the vendor builds them into Acme Paint. */
export const sellers: Readonly<Record<string, string>> = Object.fromEntries(
  [distributor, ...resellers].map(({ id, name }) => [id, name]),
);

/** The people who may sign in, each at a door of their own. They exist in the demo alone. */
export const people = {
  partner: { name: "Nora", mail: "nora@north-star.example", role: "owner", partner: reseller.id },
  distributor: { name: "Henrik", mail: "henrik@harbour.example", role: "owner", partner: distributor.id },
  vendor: { name: "Olivia", mail: "olivia@acme.example", role: "owner" },
  finance: { name: "Felix", mail: "felix@acme.example", role: "finance" },
} as const;

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
