import { randomBytes } from "node:crypto";
import type { Order } from "../order.ts";
import { carriedBy, textArticle } from "./carried.ts";
import type { ShopEvent, ShopVoice } from "./shop-voice.ts";
import { newTextSecret } from "./text-signature.ts";

const articleId = textArticle("");

/**
 * Gumroad: https://app.gumroad.com/ping. A form without a signature, to an address with a key in it; amounts are US
 * cents without tax. A test ping is taken as it is, a live one counts only when Gumroad's API says the same.
 */
export const gumroad: ShopVoice = {
  name: "Gumroad",
  remark:
    "It sells one article at a time, so a cart is several sales. It tells US dollars, without tax. A test ping cannot tell a part of a refund, so all goes back, and nothing tells one that failed.",
  // Its API is asked about live pings alone, so any token will do here.
  settings: { testMode: true, apiToken: { env: "ACME_GUMROAD_SECRET" } },
  currency: "USD",
  wholeRefunds: true,
  oneArticle: true,
  tellsLines: true,
  refundsByLine: false,
  articleId,
  newSecret: () => newTextSecret(),
  newOrderId: () => `${randomBytes(15).toString("base64url")}==`,
  address: (secret) => `gumroad/${secret}`,
  paid: (order) => ping("sale", order),
  refunded: (order) => ping("refund", order),
  disputed: (order, { status }) =>
    status === "lost" ? undefined : ping(status === "won" ? "dispute_won" : "dispute", order),
  sign: () => ({ "content-type": "application/x-www-form-urlencoded" }),
};

function ping(resource: string, order: Order): ShopEvent {
  const [line] = order.lines;
  const params = Object.entries(carriedBy(order)).map(([name, value]) => [`url_params[${name}]`, value]);
  const fields = {
    resource_name: resource,
    sale_id: order.id,
    sale_timestamp: order.paidAt.toISOString(),
    product_name: `Acme Paint, ${line?.article.name.toLowerCase()}`,
    permalink: line === undefined ? "" : articleId(line.article),
    email: order.email,
    price: String(order.netMinor),
    currency: "usd",
    quantity: String(line?.quantity ?? 1),
    ...(order.coupon === undefined ? {} : { offer_code: order.coupon }),
    ...Object.fromEntries(params),
    test: "true",
  };
  const id = randomBytes(12).toString("hex");
  return { id, type: resource, text: String(new URLSearchParams(fields)) };
}
