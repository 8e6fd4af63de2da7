import { believableAddresses } from "../attribution/suspicions.ts";
import type { Ways } from "../orders/decide/ways.ts";
import { countRegistered, countSales } from "./rows/email-tallies.ts";

/** Who has sold so often is believed whatever its list is, and nothing more is counted. */
const enoughSales = 100;

/** How many addresses a partner registered itself, counted as far as makes a difference, and its sales before an instant. */
export const findAddresses: Ways["findAddresses"] = async (tx, { partner, before }) => {
  const sales = await countSales(tx, { partner_id: partner, before, most: enoughSales });
  if (sales >= enoughSales) return {};
  const most = believableAddresses(sales) + 1;
  return { addresses: { registered: await countRegistered(tx, { partner_id: partner, most }), sales } };
};
