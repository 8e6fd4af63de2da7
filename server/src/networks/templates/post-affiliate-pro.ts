import type { ReadyTemplate } from "../ready-template.ts";

/**
 * Post Affiliate Pro, the tracking request that its sale tracker sends: JSON in one field of a form. An empty answer is
 * success; one that sets a visitor is success too. Its API for refunds wants a session that is opened by a log-in.
 *
 * Source: https://support.qualityunit.com/038895-Sale-action-tracking-request-data-description
 */
export const postAffiliatePro: ReadyTemplate = {
  name: "Post Affiliate Pro",
  base: "{network.url}",
  memberId: "the affiliate's id or referral id in Post Affiliate Pro",
  sources: [
    "https://support.qualityunit.com/038895-Sale-action-tracking-request-data-description",
    "https://support.qualityunit.com/715772-Refund-of-a-Transaction",
  ],
  unverified: "How a refused sale is answered: the description knows no errors.",
  effects: {
    convert: {
      method: "POST",
      path: "/scripts/track.php",
      query: { accountId: "{network.accountId}", tracking: "1" },
      body: {
        form: {
          sale: {
            json: [
              {
                ac: "",
                t: "{amount}",
                o: "{order}",
                p: "{product?}",
                a: "{member.id}",
                cr: "{currency}",
                d1: "{order.key}",
              },
            ],
          },
        },
      },
      answer: { status: [200], done: [{ matches: "^\\s*$|setVisitor" }] },
    },
    adjust: {
      byHand:
        "In Post Affiliate Pro, under Transactions, refund order {order} in part, so that {amount} {currency} of {sale} {currency} are left.",
    },
    reverse: { byHand: "In Post Affiliate Pro, under Transactions, refund the commission of order {order}." },
  },
};
