import type { ReadyTemplate } from "../ready-template.ts";

/**
 * Everflow, Network API: a conversion for an offer and a partner without a click. The answer has no id of it, and what
 * changes a conversion wants one.
 *
 * Source: https://developers.everflow.io/api-reference/post-networksconversionsreporting
 */
export const everflow: ReadyTemplate = {
  name: "Everflow",
  base: "https://api.eflow.team",
  memberId: "the partner's id in Everflow (affiliate_id)",
  sources: [
    "https://developers.everflow.io/api-reference/post-networksconversionsreporting",
    "https://developers.everflow.io/api-reference/put-networksreportingconversionssaleamount",
    "https://developers.everflow.io/api-reference/patch-networksreportingconversions",
  ],
  effects: {
    onlyCurrency: "{network.currency}",
    convert: {
      method: "POST",
      path: "/v1/networks/conversions/reporting",
      auth: { kind: "header", name: "x-eflow-api-key", value: "{network.apiKey}" },
      body: {
        json: {
          is_now: true,
          offer_id: { $number: "{network.offerId}" },
          affiliate_id: { $number: "{member.id}" },
          event_id: 0,
          timezone_id: { $number: "{network.timezoneId}" },
          number_of_conversions: 1,
          order_id: "{order}",
          internal_notes: "{key}",
          revenue_amount: { $number: "{amount}" },
          is_revenue_amount_submitted: true,
          payout_amount: { $number: "{commission}" },
          is_payout_amount_submitted: true,
        },
      },
      answer: { status: [200], done: [{ pointer: "/result", is: [true] }] },
    },
    adjust: {
      byHand:
        "In Everflow's conversion report, find order {order}, and set its revenue to {amount} and its payout to {commission} {currency}.",
    },
    reverse: {
      byHand: "In Everflow's conversion report, find order {order}, and set its status to rejected.",
    },
  },
};
