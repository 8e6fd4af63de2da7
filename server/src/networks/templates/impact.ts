import type { ReadyTemplate } from "../ready-template.ts";

const auth = { kind: "basic", user: "{network.accountSid}", password: "{network.authToken}" } as const;
const answer = { status: [200], done: [{ pointer: "/Status", is: ["QUEUED"] }] };

/**
 * impact.com, Brand API. Conversions are queued, and the id of the action is not in the answer: what is changed later
 * is named by event type and order.
 *
 * Source: https://integrations.impact.com/brand-api-reference (Conversions, Actions)
 */
export const impact: ReadyTemplate = {
  name: "impact.com",
  base: "https://api.impact.com",
  memberId: "the partner's id in impact.com (MediaPartnerId)",
  sources: [
    "https://integrations.impact.com/brand-api-reference",
    "https://help.impact.com/brand/platform-features/submit-and-modify-conversion-data/batch-modify-conversion-data/reverse-an-entire-action-via-api",
  ],
  effects: {
    convert: {
      method: "POST",
      path: "/Advertisers/{network.accountSid}/Conversions",
      auth,
      body: {
        form: {
          CampaignId: "{network.campaignId}",
          ActionTrackerId: "{network.actionTrackerId}",
          EventDate: "{ordered}",
          OrderId: "{order}",
          MediaPartnerId: "{member.id}",
          CurrencyCode: "{currency}",
          OrderSubTotalPostDiscount: "{amount}",
        },
      },
      answer,
    },
    adjust: {
      method: "PUT",
      path: "/Advertisers/{network.accountSid}/Actions",
      auth,
      body: {
        form: {
          ActionTrackerId: "{network.actionTrackerId}",
          OrderId: "{order}",
          Reason: "ORDER_UPDATE",
          Amount: "{amount}",
        },
      },
      answer,
    },
    reverse: {
      method: "DELETE",
      path: "/Advertisers/{network.accountSid}/Actions",
      auth,
      body: {
        form: {
          ActionTrackerId: "{network.actionTrackerId}",
          OrderId: "{order}",
          DispositionCode: "REJECTED",
        },
      },
      answer,
    },
  },
};
