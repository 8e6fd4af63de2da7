import type { ReadyTemplate } from "../ready-template.ts";

/**
 * PartnerStack, REST API 2: a transaction of a customer that PartnerStack knows as the partner's. The amount is in
 * cents, which is taken to mean minor units.
 *
 * Source: https://docs.partnerstack.com/reference/post_v2-transactions
 */
export const partnerstack: ReadyTemplate = {
  name: "PartnerStack",
  base: "https://api.partnerstack.com",
  memberId: "the external key of a customer that is the partner's in PartnerStack",
  sources: ["https://docs.partnerstack.com/reference/post_v2-transactions"],
  unverified:
    "How a transaction that PartnerStack has already is answered, the amount's unit for currencies without cents, and whether transactions can be changed or removed by the API: no page about that was found.",
  effects: {
    convert: {
      method: "POST",
      path: "/api/v2/transactions",
      auth: { kind: "basic", user: "{network.publicKey}", password: "{network.secretKey}" },
      body: {
        json: {
          customer_external_key: "{member.id}",
          amount: { $number: "{amount.minor}" },
          currency: "{currency}",
          key: "{key}",
          product_key: "{network.productKey?}",
          metadata: { order: "{order}", shop: "{shop}" },
        },
      },
      answer: { conversion: { pointer: ["/data/key", "/key"] } },
    },
    adjust: {
      byHand:
        "In PartnerStack, under Transactions, change transaction {conversion} (order {order}) to {amount} {currency}.",
    },
    reverse: {
      byHand: "In PartnerStack, under Transactions, archive transaction {conversion} (order {order}).",
    },
  },
};
