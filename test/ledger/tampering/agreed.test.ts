import { adjust } from "../../../server/src/adjustments/adjust.ts";
import { takeDealStep } from "../../../server/src/deals/deals.ts";
import { registerDeal } from "../../../server/src/deals/register-deal.ts";
import { asDeed } from "../../../server/src/deps/actor.ts";
import { openDispute } from "../../../server/src/disputes/open-dispute.ts";
import { addDays } from "../../../server/src/words/clock.ts";
import type { Journey } from "../../journey/journey.ts";
import { runRaw } from "../../journey/raw-database.ts";
import { expectFound } from "./tampering.ts";

async function afterDeal({ deps }: Journey): Promise<void> {
  const { deal_id: id } = await registerDeal(deps, { partner: "north", customer: "buyer.example" });
  await takeDealStep(deps, id, { step: "accepted", until: addDays(deps.clock(), 60), note: "new to us" });
  await registerDeal(deps, { partner: "south", customer: "other.example" });
}

const afterPayout = ({ database }: Journey): Promise<void> =>
  runRaw(database, [
    `insert into payout_batches (id, currency, channel, state, minimum_minor, proposed_by, proposed_at)
      values ('po_1', 'EUR', 'bank', 'proposed', 1, 'cli:ann', 1)`,
    `insert into payout_items (id, batch_id, row_no, partner_id, currency, amount_minor, details_version, state, sent)
      values ('pi_1', 'po_1', 1, 'north', 'EUR', 1400, 1, 'open', 0)`,
  ]);

const afterAdjustment = ({ deps }: Journey): Promise<unknown> =>
  asDeed({ actor: "cli:ann", action: "test", subject: undefined }, () =>
    adjust(deps, {
      partner: "north",
      amountMinor: 500,
      currency: "EUR",
      kind: "bonus",
      reference: "B-1",
      note: "a bonus",
    }),
  );

const afterDispute = ({ deps }: Journey): Promise<unknown> =>
  openDispute(deps, "south", { number: "cs_1", text: "Ours." });

const payout = /what a payout was proposed as, and who agreed to it/;
const item = /whom a payout goes to, and how much, stays/;
const entered = /an adjustment stays as it was entered/;
const deal = /a deal stays as it was registered/;

expectFound("a tampering with what people agreed to is refused or found:", [
  ...[
    "update payout_items set partner_id = 'south'",
    "update payout_items set amount_minor = amount_minor * 10",
    "update payout_items set details_version = 2",
    "update payout_items set currency = 'JPY'",
    "delete from payout_items",
  ].map((statement) => ({
    what: `a payout's item: ${statement}`,
    after: afterPayout,
    refused: item,
    statements: [statement],
    says: [],
  })),
  ...["update payout_batches set proposed_by = 'cli:eve'", "update payout_batches set currency = 'JPY'"].map(
    (statement) => ({
      what: `a payout: ${statement}`,
      after: afterPayout,
      refused: payout,
      statements: [statement],
      says: [],
    }),
  ),
  {
    what: "an item that says it was paid",
    after: afterPayout,
    statements: [
      "update payout_items set state = 'confirmed', settled_at = 4000000000000, settled_by = 'cli:eve'",
    ],
    says: [/^payout pi_1: it is confirmed, and the journal does not say so$/],
  },
  ...[
    "update adjustments set amount_minor = amount_minor * 10",
    "update adjustments set partner_id = 'south'",
    "update adjustments set entered_by = 'cli:eve'",
    "delete from adjustments",
  ].map((statement) => ({
    what: `an adjustment: ${statement}`,
    after: afterAdjustment,
    refused: entered,
    statements: [statement],
    says: [],
  })),
  ...[
    "update deals set partner_id = 'south'",
    "update deals set accepted_at = 1 where partner_id = 'north'",
    "delete from deal_steps",
  ].map((statement) => ({
    what: `a deal: ${statement}`,
    after: afterDeal,
    refused: statement.includes("deal_steps") ? /deal_steps is append-only/ : deal,
    statements: [statement],
    says: [],
  })),
  {
    what: "a deal about another customer",
    after: afterDeal,
    statements: ["update deals set customer_hash = 'another' where partner_id = 'south'"],
    says: [/^deal dl_\w+: it is not about the customer that is sealed in it$/],
  },
  {
    what: "a deal that nobody accepted",
    after: afterDeal,
    statements: [
      "update deals set state = 'accepted', accepted_at = 1, protected_until = 4000000000000 where partner_id = 'south'",
    ],
    says: [/^deal dl_\w+: it does not stand where its steps say$/],
  },
  {
    what: "a deal that is protected for longer",
    after: afterDeal,
    statements: ["update deals set protected_until = 4000000000000 where partner_id = 'north'"],
    says: [/^deal dl_\w+: it does not stand where its steps say$/],
  },
  {
    what: "a deal that is copied to another partner",
    after: afterDeal,
    statements: [
      `insert into deals select deal_id || 'x', 'south', customer_hash, customer_sealed, product, territory,
        registered_at, decide_by, state, accepted_at, protected_until, ended_at, site_hash from deals where partner_id = 'north'`,
    ],
    says: [/^deal dl_\w+x: it is not about the customer that is sealed in it$/],
  },
  {
    what: "a dispute of another partner",
    after: afterDispute,
    refused: /a dispute stays its partner/,
    statements: ["update disputes set partner_id = 'north'"],
    says: [],
  },
  {
    what: "a ruling that nobody decided on",
    after: afterDispute,
    statements: [
      `insert into rulings (order_key, seq, partner_id, note, ruled_at)
        select order_key, 1, 'south', 'hers', 1 from orders where order_id = 'cs_1'`,
    ],
    says: [/^order stripe cs_1: its decision does not follow the newest ruling on it$/],
  },
  {
    what: "a period's term out of nothing",
    statements: [
      `insert into period_terms (closed_in, partner_id, term, currency, period, plan_id, version, counted, amount_minor,
          change_minor, why, closed_at)
        values ('2026-10', 'south', 'bonus', 'EUR', '2026-10', 'plan', 1, 1, 50000, 50000, '{}', 4000000000000)`,
    ],
    says: [/^period 2026-10: what term bonus comes to for south in EUR was not booked$/],
  },
]);
