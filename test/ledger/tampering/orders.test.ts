import { releaseDue } from "../../../server/src/orders/rule/release.ts";
import type { Journey } from "../../journey/journey.ts";
import { decision, expectFound, order, other } from "./tampering.ts";

const money = /the money of an order is what a sale tells/;
const amounts = /^order stripe cs_1: its amounts are not those that its events tell$/;
const release = /what was released, or waits for it, changes with a decision/;
const cs1 = "where order_id = 'cs_1'";

/** The hold of cs_1 ends, and it is released. */
async function afterRelease(journey: Journey) {
  journey.pass(31);
  await releaseDue(journey.deps);
}

expectFound("a tampering with an order or its sale is found:", [
  {
    what: "ten times the net amount",
    refused: money,
    table: "orders",
    statements: [`update orders set net_minor = net_minor * 10 ${cs1}`],
    says: [amounts, /^order stripe cs_1: its credit is not its rate of its net amount$/],
  },
  {
    what: "another currency",
    refused: money,
    table: "orders",
    statements: [`update orders set currency = 'KWD' ${cs1}`],
    says: [amounts, /^order stripe cs_1: its credit is not its rate of its net amount$/],
  },
  {
    what: "another tax, which refunds are measured by",
    refused: money,
    table: "orders",
    statements: [`update orders set tax_minor = 0 ${cs1}`],
    says: [amounts],
  },
  {
    what: "lines that no event told",
    refused: money,
    table: "orders",
    statements: [`update orders set lines = '[]' ${cs1}`],
    says: [amounts],
  },
  {
    what: "an event of another sale that tells the same amounts",
    statements: [
      `update orders set amounts_event = (select amounts_event from orders where order_id = 'cs_4') ${cs1}`,
    ],
    says: [/^order stripe cs_1: its name and time are not those that an event tells$/],
  },
  {
    what: "another country of the buyer",
    statements: [`update orders set country = 'XK' ${cs1}`],
    says: [/^order stripe cs_1: its buyer's country is not what its events tell$/],
  },
  {
    what: "a subscription that is said to be one with another",
    statements: [
      `insert into subscription_names (shop, subscription_id, kept_as, told_by)
        values ('stripe', 'sub_x', 'sub_1', (select order_key from orders where order_id = 'cs_1'))`,
    ],
    says: [/^subscription stripe sub_x: no order says that it is one with sub_1$/],
  },
  {
    what: "an order that no sale was told for",
    refused: money,
    table: "orders",
    statements: [
      `insert into orders (order_key, shop, order_id, object_id, cycle, net_minor, tax_minor, currency, occurred_at,
          received_at, decision_seq, outcome, reason)
        values ('zz', 'stripe', 'cs_x', 'cs_x', 'new', 1, 0, 'EUR', 1, 1, 1, 'unattributed', 'no_evidence')`,
      `insert into decisions (order_key, seq, outcome, reason, evidence, credits, policy, cause, decided_at)
        values ('zz', 1, 'unattributed', 'no_evidence', '[]', '[]', '{}', 'sale', 1)`,
    ],
    says: [/^order stripe cs_x: the event of its sale that it was made of is not there$/],
  },
  {
    what: "a deleted order",
    refused: /orders are not deleted/,
    table: "orders",
    statements: ["delete from orders"],
    says: [/^transfer \d+: its order is not there$/, /^sale stripe cs_1: it was taken, and has no order$/],
  },
  {
    what: "a deleted sale",
    refused: /events is append-only/,
    table: "events",
    statements: ["delete from events where effect = 'sale' and link_id = 'cs_1'"],
    says: [/^order stripe cs_1: the event evt_\d+ that it was made of is not there$/],
  },
  {
    what: "a sale that is told otherwise afterwards",
    refused: /events is append-only/,
    table: "events",
    statements: ["update events set net_minor = 9000 where effect = 'sale' and link_id = 'cs_1'"],
    says: [amounts],
  },
  {
    what: "a sale whose amounts are taken out of its event",
    refused: /events is append-only/,
    table: "events",
    statements: ["update events set net_minor = null where effect = 'sale' and link_id = 'cs_4'"],
    says: [/^order stripe cs_4: its amounts are not those that its events tell$/],
  },
  {
    what: "a telling that knows better and never counted",
    statements: [
      `insert into events (shop, event_id, object_id, effect, link_id, amount_minor, net_minor, cumulative, currency,
          amounts_rank, told, occurred_at, received_at)
        values ('stripe', 'evt_x', 'in_x', 'sale', 'cs_1', 5950, 5000, 0, 'EUR', 2, '{"cycle":"new"}', 1, 1)`,
    ],
    says: [/^sale stripe cs_1: it knows the amounts of its order better than the order does$/],
  },
  {
    what: "another reference",
    statements: [
      `update orders set reference = (select reference from clicks where partner_id = 'south') ${cs1}`,
    ],
    says: [/^order stripe cs_1: its reference is not what its events tell$/],
  },
  {
    what: "a code that no event told",
    statements: ["update orders set coupon = 'SOUTH' where order_id = 'cs_4'"],
    says: [/^order stripe cs_4: its codes are not those that its events tell$/],
  },
  {
    what: "a subscription that no event told",
    statements: ["update orders set subscription_id = 'sub_1' where order_id = 'cs_4'"],
    says: [/^order stripe cs_4: its subscription is not what its events tell$/],
  },
  {
    what: "a purchase that is said to be older",
    statements: [`update orders set received_at = received_at - 1, release_at = release_at - 1 ${cs1}`],
    says: [/^order stripe cs_1: it was not first heard of when its events came in$/],
  },
  {
    what: "an order that is said to be one with another",
    statements: [`update orders set joined_to = ${other} ${cs1}`],
    says: [/^order stripe cs_1: it is said to be one with another order/],
  },
  {
    what: "an order that is joined to another by a decision",
    statements: [
      ...decision({
        outcome: "'unattributed'",
        partner_id: "null",
        reason: "'joined'",
        evidence_kind: "null",
        evidence_route: "null",
        evidence: "'[]'",
        credits: "'[]'",
      }).slice(0, 1),
      `update orders set decision_seq = 2, outcome = 'unattributed', partner_id = null, reason = 'joined', release_at = null,
        joined_to = 'elsewhere' ${cs1}`,
    ],
    says: [/^sale stripe cs_1: its order is one that was joined to another$/],
  },
  {
    what: "a release that never comes",
    refused: release,
    table: "orders",
    statements: [`update orders set release_at = null ${cs1}`],
    says: [/^order stripe cs_1: its credit is neither released nor waits for it$/],
  },
  {
    what: "a release that comes early",
    statements: [`update orders set release_at = received_at + 1 ${cs1}`],
    says: [/^order stripe cs_1: its release is not when its hold ends$/],
  },
  {
    what: "a release that is only claimed",
    statements: [`update orders set released_at = received_at, release_at = null ${cs1}`],
    says: [
      /cs_1: 1400 is still held though the order was released/,
      /^order stripe cs_1: it is released before its hold ends$/,
    ],
  },
  {
    what: "a release that is taken back",
    after: afterRelease,
    refused: release,
    table: "orders",
    statements: [`update orders set released_at = null ${cs1}`],
    says: [/^order stripe cs_1: its credit is neither released nor waits for it$/],
  },
  {
    what: "an outcome that no decision says",
    statements: [`update orders set outcome = 'unattributed', partner_id = null ${cs1}`],
    says: [/^order stripe cs_1: its row and its newest decision do not agree$/],
  },
  {
    what: "a reason that no decision gives",
    statements: [`update orders set reason = 'ruling' where order_key = ${order}`],
    says: [/^order stripe cs_1: its row and its newest decision do not agree$/],
  },
]);
