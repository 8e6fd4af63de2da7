import type { NetworkEffects } from "../../config/network-template.ts";
import type { ReadyTemplate } from "../ready-template.ts";

const auth = { kind: "bearer", token: "{network.accessToken}" } as const;

const named = {
  enterpriseId: "{network.enterpriseId}",
  actionTrackerId: { $number: "{network.actionTrackerId}" },
  orderId: "{order}",
};

/** GraphQL answers 200 to everything: what it took has an id, what it did not is among the errors. */
const answerOf = (mutation: string) => ({
  status: [200],
  done: [
    { pointer: "/errors", exists: false },
    { pointer: `/data/${mutation}/errors`, exists: false },
    { pointer: `/data/${mutation}/orders/0/submissionId`, exists: true },
  ],
  conversion: { pointer: [`/data/${mutation}/orders/0/submissionId`] },
});

const create = {
  method: "POST",
  path: "/graphql",
  auth,
  body: {
    graphql:
      "mutation($orders:[OrderCreateRequest!]!){createOrders(newOrders:$orders){orders{submissionId}errors{message fields}}}",
    variables: {
      orders: [
        {
          ...named,
          promotionalPropertyId: { $number: "{member.id}" },
          adId: { $number: "{network.adId?}" },
          eventTime: "{ordered}",
          amount: "{amount}",
          currency: "{currency}",
        },
      ],
    },
  },
  answer: answerOf("createOrders"),
} satisfies NetworkEffects["convert"];

/**
 * CJ, Advertiser Tracking API (GraphQL). An order is named by our id, the action tracker and the enterprise; a
 * restatement replaces the whole order, so it carries all that was sent before.
 *
 * Source: https://docs.cj.com/docs/restatements-api
 */
export const cj: ReadyTemplate = {
  name: "CJ Affiliate",
  base: "https://tracking.api.cj.com",
  memberId: "the publisher's promotional property id (PID) in CJ",
  sources: [
    "https://docs.cj.com/docs/restatement-api-implementation",
    "https://docs.cj.com/docs/cancellations-api-implementation",
    "https://developers.cj.com/docs/advertiser-api-tracking/api-overview",
  ],
  unverified:
    "Whether your programme attributes an order by promotional property alone, without a CJ event; set `adId` where it wants an ad too. CJ checks orders up to an hour after it took them and tells its findings in its reports only.",
  effects: {
    convert: create,
    adjust: {
      method: "POST",
      path: "/graphql",
      auth,
      body: {
        graphql:
          "mutation($orders:[OrderRestateRequest!]!){restateOrders(restatedOrders:$orders){orders{submissionId}errors{message fields}}}",
        variables: {
          orders: [
            {
              ...named,
              updateTime: "{changed}",
              amount: "{amount}",
              currency: "{currency}",
              status: "{network.restatedStatus?}",
              correctionReason: "Other",
            },
          ],
        },
      },
      answer: answerOf("restateOrders"),
    },
    reverse: {
      method: "POST",
      path: "/graphql",
      auth,
      body: {
        graphql:
          "mutation($orders:[OrderCancelRequest!]!){cancelOrders(cancelledOrders:$orders){orders{submissionId}errors{message fields}}}",
        variables: {
          orders: [
            {
              ...named,
              updateTime: "{changed}",
              correctionReason: "Other",
              status: "{network.cancelledStatus?}",
            },
          ],
        },
      },
      answer: answerOf("cancelOrders"),
    },
    test: { ...create, path: "/graphqltest" },
  },
};
