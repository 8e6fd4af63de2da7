import type { ReadyTemplate } from "../ready-template.ts";

const auth = { kind: "header", name: "x-api-key", value: "{network.apiKey}" } as const;

/**
 * Tapfiliate, REST API 1.6. The answer to a conversion has its id, by which it is changed and deleted.
 *
 * Source: https://tapfiliate.com/docs/rest/
 */
export const tapfiliate: ReadyTemplate = {
  name: "Tapfiliate",
  base: "https://api.tapfiliate.com",
  memberId: "the affiliate's referral code in Tapfiliate",
  sources: ["https://tapfiliate.com/docs/rest/", "https://tapfiliate.com/docs/integrations/s2s-postback"],
  unverified:
    "What is answered to an order that Tapfiliate has already; anything from 200 to 299 counts as done.",
  effects: {
    convert: {
      method: "POST",
      path: "/1.6/conversions/",
      auth,
      body: {
        json: {
          program_id: "{network.programId}",
          referral_code: "{member.id}",
          external_id: "{order}",
          amount: { $number: "{amount}" },
          currency: "{currency}",
        },
      },
      answer: { done: [{ pointer: "/id", exists: true }], conversion: { pointer: ["/id"] } },
    },
    adjust: {
      method: "PATCH",
      path: "/1.6/conversions/{conversion}/",
      query: { recalculate_commissions: "true" },
      auth,
      body: { json: { amount: { $number: "{amount}" } } },
      answer: { status: [200], done: [{ pointer: "/id", exists: true }] },
    },
    reverse: {
      method: "DELETE",
      path: "/1.6/conversions/{conversion}/",
      auth,
      answer: { status: [200, 204] },
    },
  },
};
