import { resolveOrder } from "../../../server/src/orders/rule/resolve-order.ts";
import { addPlan, assignPlan } from "../../../server/src/plans/plans.ts";
import { addDays } from "../../../server/src/words/clock.ts";
import type { Journey } from "../../journey/journey.ts";
import { ownPurchaseCompleted } from "../../shops/own-shop-fixtures.ts";
import { booking, decision, expectFound, order } from "./tampering.ts";

const more = { partner: "north", kind: "reinstatement", debit: "expense", credit: "held" } as const;

/** An order of the vendor's own shop by a link of north, 10 percent of it by a plan. */
async function afterPlannedSale(journey: Journey) {
  const { deps, now } = journey;
  const plan = { plan: "resellers", name: "Resellers", promise: "each_sale", overrides: [] };
  const rules = [
    { rule: "first", when: { renewals: { max: 0 } }, pay: { rateBp: 1000 } },
    { rule: "big", when: { quantity: { min: 100 } }, pay: { rateBp: 5000 } },
    { rule: "all", pay: { rateBp: 500 } },
  ];
  await addPlan(deps, { ...plan, rules });
  await assignPlan(deps, { plan: "resellers", partner: "north", since: addDays(now, -1) });
  const { token } = await journey.partnerWithToken("west");
  await assignPlan(deps, { plan: "resellers", partner: "west", since: addDays(now, -1) });
  const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
  const paidAt = new Date(now).toISOString();
  const sale = { reference, paidAt, coupon: undefined, cycle: "new", licence: "PLANNED" };
  await journey.own(ownPurchaseCompleted(sale));
  await journey.expectSoundLedger();
  if ((await journey.explain("A-1001", "own")).plan?.id !== "resellers")
    throw new Error("it was not planned");
}

const planned = "where order_key = (select order_key from orders where order_id = 'A-1001')";

const afterRuling = ({ deps }: Journey) =>
  resolveOrder(deps, {
    shop: "stripe",
    order: "cs_4",
    partner: "north",
    note: "North sold it by telephone.",
  });

expectFound("a tampering with a decision is found:", [
  {
    what: "a credit that is more than its rate of the net amount",
    statements: [
      ...decision({ credits: "replace(credits, '\"amountMinor\":2000', '\"amountMinor\":9000')" }),
      ...booking({ ...more, amountMinor: 4900 }),
    ],
    says: [/^order stripe cs_1: its credit is not its rate of its net amount$/],
  },
  {
    what: "a rate that the partner never had",
    statements: [
      ...decision({
        credits:
          "replace(replace(credits, '\"amountMinor\":2000', '\"amountMinor\":9000'), '\"rateBp\":2000', '\"rateBp\":9000')",
      }),
      ...booking({ ...more, amountMinor: 4900 }),
    ],
    says: [/^order stripe cs_1: its rate of 90 percent is none that north had$/],
  },
  {
    what: "a partner that its evidence does not name",
    statements: [
      ...decision({ partner_id: "'south'", credits: "replace(credits, 'north', 'south')" }),
      "update orders set partner_id = 'south' where order_id = 'cs_1'",
      ...booking({ partner: "north", kind: "reversal", debit: "held", credit: "expense", amountMinor: 1400 }),
      ...booking({ partner: "south", kind: "credit", debit: "expense", credit: "held", amountMinor: 1400 }),
    ],
    says: [/^order stripe cs_1: its decision does not rest on the evidence that it names$/],
  },
  {
    what: "evidence that was never there",
    statements: [
      ...decision({
        partner_id: "'south'",
        credits: "replace(credits, 'north', 'south')",
        evidence: "replace(evidence, 'north', 'south')",
      }),
      "update orders set partner_id = 'south' where order_id = 'cs_1'",
      ...booking({ partner: "north", kind: "reversal", debit: "held", credit: "expense", amountMinor: 1400 }),
      ...booking({ partner: "south", kind: "credit", debit: "expense", credit: "held", amountMinor: 1400 }),
    ],
    says: [/^order stripe cs_1: the click that its decision rests upon is not there$/],
  },
  {
    what: "a decision that its order does not know",
    statements: decision({}).slice(0, 1),
    says: [/^order stripe cs_1: its row does not name its newest decision$/],
  },
  {
    what: "credits for nobody",
    statements: [
      ...decision({
        outcome: "'held'",
        partner_id: "null",
        reason: "'conflict'",
        evidence_kind: "null",
        evidence_route: "null",
      }),
      "update orders set outcome = 'held', partner_id = null, reason = 'conflict' where order_id = 'cs_1'",
    ],
    says: [/^order stripe cs_1: its credits do not fit its outcome$/],
  },
  {
    what: "changed credits",
    refused: /decisions is append-only/,
    table: "decisions",
    statements: ["update decisions set credits = replace(credits, '2000', '9000')"],
    says: [/cs_1: a reinstatement of 4900 EUR for north is missing/],
  },
  {
    what: "a deleted decision",
    refused: /decisions is append-only/,
    table: "decisions",
    statements: ["delete from decisions"],
    says: [/cs_1: its decisions are not numbered from 1 without a gap/],
  },
  {
    what: "the first decision of an order that was ruled on, taken away",
    after: afterRuling,
    refused: /decisions is append-only/,
    table: "decisions",
    statements: [
      "delete from decisions where order_key = (select order_key from orders where order_id = 'cs_4') and seq = 1",
    ],
    says: [/^order stripe cs_4: its decisions are not numbered from 1 without a gap$/],
  },
  {
    what: "a decision whose number leaves another out",
    statements: [
      "insert into decisions (order_key, seq, outcome, partner_id, reason, evidence_kind, evidence_route, evidence, credits, policy, cause, decided_at) " +
        `select order_key, 3, outcome, partner_id, reason, evidence_kind, evidence_route, evidence, credits, policy, cause, decided_at from decisions where order_key = ${order}`,
      "update orders set decision_seq = 3 where order_id = 'cs_1'",
    ],
    says: [/^order stripe cs_1: its decisions are not numbered from 1 without a gap$/],
  },
  {
    what: "a hold that was never agreed",
    refused: /decisions is append-only/,
    table: "decisions",
    statements: ["update decisions set policy = replace(policy, '\"holdDays\":30', '\"holdDays\":0')"],
    says: [/^order stripe cs_1: its release is not when its hold ends$/],
  },
  {
    what: "a plan that pays more afterwards",
    after: afterPlannedSale,
    refused: /plans is append-only/,
    table: "plans",
    statements: ["update plans set document = replace(document, '1000', '9000')"],
    says: [/^order own A-1001: its credits are not what its plan pays for its lines$/],
  },
  {
    what: "a plan that never was",
    after: afterPlannedSale,
    refused: /decisions is append-only/,
    table: "decisions",
    statements: [`update decisions set plan = replace(plan, '"version":1', '"version":7') ${planned}`],
    says: [/^order own A-1001: the plan resellers version 7 that paid it is not there$/],
  },
  {
    what: "a better rule than the one that fits",
    after: afterPlannedSale,
    refused: /decisions is append-only/,
    table: "decisions",
    statements: [
      `update decisions set
        credits = replace(replace(replace(credits, '1000,', '5000,'), '"rateBp":1000', '"rateBp":5000'), '"first"', '"big"'),
        plan = replace(replace(replace(plan, '"rule":"first"', '"rule":"xx"'), '"rule":"big"', '"rule":"first"'), '"rule":"xx"', '"rule":"big"')
        ${planned}`,
    ],
    says: [/^order own A-1001: the rule big that paid it does not fit it$/],
  },
  {
    what: "a chain that begins with somebody else",
    after: afterPlannedSale,
    refused: /decisions is append-only/,
    table: "decisions",
    statements: [
      `update decisions set plan = replace(plan, '"partner":"west"', '"partner":"south"') ${planned}`,
    ],
    says: [/^order own A-1001: its chain does not begin with the partner it is credited to$/],
  },
  {
    what: "a chain that its decision did not freeze",
    after: afterPlannedSale,
    statements: [`update orders set chain = 'west south' where order_id = 'A-1001'`],
    says: [/^order own A-1001: its chain is not the one of its decision$/],
  },
  {
    what: "a ruling that is gone",
    after: afterRuling,
    refused: /rulings is append-only/,
    table: "rulings",
    statements: ["delete from rulings"],
    says: [/^order stripe cs_4: the ruling that its decision rests upon is not there$/],
  },
  {
    what: "a ruling for somebody else",
    after: afterRuling,
    refused: /rulings is append-only/,
    table: "rulings",
    statements: ["update rulings set partner_id = 'south'"],
    says: [/^order stripe cs_4: its decision does not follow the newest ruling on it$/],
  },
  {
    what: "a ruling that nobody decided on",
    statements: [
      "insert into rulings select order_key, 1, 'south', 'mine', 1 from orders where order_id = 'cs_1'",
    ],
    says: [/^order stripe cs_1: its decision does not follow the newest ruling on it$/],
  },
]);
