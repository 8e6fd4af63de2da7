import { idPattern } from "@tallystick/sdk/protocol";
import type { Deps } from "../deps/deps.ts";
import { as } from "../words/ids.ts";
import { findVoucherSeller } from "./rows/vouchers.ts";

/** A partner who sells vouchers, as customers see him: nothing but his name. */
export async function findSeller(
  { store }: Pick<Deps, "store">,
  partner: string,
): Promise<{ id: string; name: string } | undefined> {
  if (!idPattern.test(partner)) return undefined;
  return store.read((tx) => findVoucherSeller(tx, as.partner(partner)));
}
