import { findPartner } from "../channel/rows/partners.ts";
import type { Deps } from "../deps/deps.ts";
import { as } from "../words/ids.ts";

/**
 * A binding with the display name of its partner, for the product to say who sold the copy. Never in a conflict: then
 * the caller's token or serial is another partner's, and whose customer a licence is must not be learnt by asking.
 */
export async function withPartnerName<Binding extends { status: string; partner: string | null }>(
  deps: Deps,
  binding: Binding,
): Promise<Binding & { partnerName?: string }> {
  const { status, partner } = binding;
  if (status === "conflict" || partner === null) return binding;
  const found = await deps.store.read((tx) => findPartner(tx, as.partner(partner)));
  return found === undefined ? binding : { ...binding, partnerName: found.name };
}
