import { z } from "zod";
import { askForList } from "../kit/list-orders.ts";
import { ShopApiError } from "../kit/shop-api.ts";
import type { IncompleteReading, SingleReading } from "../shop.ts";
import { readRenewedOrder } from "./order.ts";

/** The credentials of FastSpring's API, which are sent by basic authentication. */
export interface FastspringApi {
  username: string;
  password: string;
}

/** An order that is asked for by its id comes by itself, or as the only one of a list. */
const answer = z.union([
  z.object({ orders: z.array(z.unknown()).min(1) }).transform(({ orders }) => orders[0]),
  z.looseObject({ id: z.string() }),
]);

/**
 * Asks for the order of a renewal that names it alone, as without webhook expansion. Nothing of the renewal counts without
 * it, so the API is asked until it tells it.
 *
 * @throws ShopApiError when the API gives no answer, or none that can be read: it should be asked again
 */
export async function fetchOrder(
  named: IncompleteReading,
  { username, password }: FastspringApi,
): Promise<SingleReading> {
  const url = new URL(`https://api.fastspring.com/orders/${encodeURIComponent(named.order)}`);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const told = await askForList(url, { authorization, schema: answer, exactNumbers: true });
  const order = readRenewedOrder(named, told);
  if (order.outcome !== "refused") return order;
  throw new ShopApiError(
    `${url.host} told order ${named.order} in a way that makes no sense: ${order.detail}`,
  );
}
