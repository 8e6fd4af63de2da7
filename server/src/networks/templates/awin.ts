import type { ReadyTemplate } from "../ready-template.ts";

const order = {
  orderReference: "{order}",
  amount: { $number: "{amount}" },
  channel: "aw",
  currency: "{currency}",
  publisherId: { $number: "{member.id}" },
  clickTime: { $number: "{ordered.seconds}" },
  commissionGroups: [{ code: "{network.commissionGroup}", amount: { $number: "{amount}" } }],
};

const orders = {
  method: "POST",
  path: "/s2s/advertiser/{network.advertiserId}/orders",
  auth: { kind: "header", name: "x-api-key", value: "{network.apiKey}" },
} as const;

const batch = {
  method: "POST",
  path: "/advertisers/{network.advertiserId}/transactions/batch",
  auth: { kind: "bearer", token: "{network.accessToken}" },
} as const;

/** Awin names a transaction by its id, or by our reference, its time and the zone of that. */
const transaction = { orderRef: "{order}", transactionDate: "{ordered.local}", timezone: "UTC" };

/**
 * Awin, Conversion API and Transaction Validation API. There is no click of Awin's in a renewal from within a product:
 * the sale is attributed by publisher and time, the time of the order standing for that of the click.
 *
 * Source: https://developer.awin.com/apidocs/conversion-api
 */
export const awin: ReadyTemplate = {
  name: "Awin",
  base: "https://api.awin.com",
  memberId: "the publisher's id in Awin",
  sources: [
    "https://developer.awin.com/apidocs/conversion-api",
    "https://developer.awin.com/apidocs/approve-decline-amend-batch-transactions-for-a-given-advertiser",
  ],
  unverified:
    "The unit of clickTime (taken for seconds), the body of the answers, and whether an amendment finds a transaction by the time of the order when Awin noted a later one.",
  effects: {
    convert: { ...orders, body: { json: { orders: [order] } } },
    adjust: {
      ...batch,
      body: {
        json: [
          {
            action: "amend",
            approve: false,
            transaction: {
              ...transaction,
              amendReason: "{cause}",
              currency: "{currency}",
              saleAmount: { $number: "{amount}" },
              transactionParts: [
                { amount: { $number: "{amount}" }, commissionGroupCode: "{network.commissionGroup}" },
              ],
            },
          },
        ],
      },
    },
    reverse: {
      ...batch,
      body: { json: [{ action: "decline", transaction: { ...transaction, declineReason: "{cause}" } }] },
    },
    test: { ...orders, body: { json: { orders: [{ ...order, isTest: true }] } } },
  },
};
