import type { ReadyTemplate } from "../ready-template.ts";

const path = "/Apiv3/json";
const method = "POST" as const;
const answer = { status: [200], done: [{ pointer: "/response/status", is: [1, "1"] }] };
const target = { NetworkToken: "{network.networkToken}", Target: "Conversion" };

/**
 * TUNE (HasOffers), Network API. Conversions made this way are tied to no click, which is what a renewal from within a
 * product is; the postback address wants a click's transaction id.
 *
 * Source: https://developers.tune.com/network/conversion-create/
 */
export const tune: ReadyTemplate = {
  name: "TUNE",
  base: "https://{network.networkId}.api.hasoffers.com",
  memberId: "the partner's id in TUNE (affiliate_id)",
  sources: [
    "https://developers.tune.com/network/conversion-create/",
    "https://developers.tune.com/network/conversion-update",
    "https://developers.tune.com/network/conversion-updatestatus/",
  ],
  unverified:
    "The names of a conversion's fields and the shape of the answer, which the pages show only in a browser; and how TUNE treats an order it has already.",
  effects: {
    onlyCurrency: "{network.currency}",
    convert: {
      method,
      path,
      body: {
        form: {
          ...target,
          Method: "create",
          "data[offer_id]": "{network.offerId}",
          "data[affiliate_id]": "{member.id}",
          "data[advertiser_info]": "{order}",
          "data[sale_amount]": "{amount}",
          "data[payout]": "{commission}",
          "data[status]": "approved",
          return_object: "1",
        },
      },
      answer: {
        ...answer,
        conversion: { pointer: ["/response/data/Conversion/tune_event_id", "/response/data/tune_event_id"] },
      },
    },
    adjust: {
      method,
      path,
      body: {
        form: {
          ...target,
          Method: "update",
          tune_event_id: "{conversion}",
          "data[sale_amount]": "{amount}",
          "data[payout]": "{commission}",
          return_object: "0",
        },
      },
      answer,
    },
    reverse: {
      method,
      path,
      body: {
        form: { ...target, Method: "updateStatus", tune_event_id: "{conversion}", status: "rejected" },
      },
      answer,
    },
  },
};
