import type { ReadyTemplate } from "../ready-template.ts";

/**
 * Rakuten Advertising, the order event that its own tag for servers sends. Amounts are in hundredths of the currency's
 * unit, of yen too. Its Transactions API takes refunds, but for a token that must be fetched every few hours.
 *
 * Source: https://github.com/Rakuten-Advertising-Developers/Affiliate-for-Server-Side-GTM
 */
export const rakuten: ReadyTemplate = {
  name: "Rakuten Advertising",
  base: "https://track.linksynergy.com",
  memberId: "the publisher's tracking id at Rakuten (the `tr` of its tag)",
  sources: [
    "https://github.com/Rakuten-Advertising-Developers/Affiliate-for-Server-Side-GTM",
    "https://docs.tealium.com/server-side-connectors/rakuten-advertiser-transaction-api-connector/",
  ],
  unverified:
    "The body of the answer (its tag looks at the status alone), and whether a tracking id without a visit on the same day is credited.",
  effects: {
    convert: {
      method: "GET",
      path: "/ep",
      query: {
        mid: "{network.merchantId}",
        ord: "{order}",
        land: "{ordered.compact}",
        tr: "{member.id}",
        cur: "{currency}",
        skulist: "{product}",
        qlist: "1",
        amtlist: "{amount.hundredths}",
        img: "1",
        namelist: "{product}",
      },
    },
    adjust: {
      byHand:
        "In Rakuten Advertising's dashboard, correct order {order} of {ordered} to {amount} {currency}, or ask your account team to.",
    },
    reverse: {
      byHand:
        "In Rakuten Advertising's dashboard, cancel order {order} of {ordered}, or ask your account team to.",
    },
  },
};
