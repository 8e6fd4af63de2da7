import { expect, it, onTestFinished } from "vitest";
import { adjust } from "../../../server/src/adjustments/adjust.ts";
import { listAudit } from "../../../server/src/audit/list-audit.ts";
import { mergePartner, suspendPartner } from "../../../server/src/channel/partner-standing.ts";
import { addPartner, endPartner } from "../../../server/src/channel/partners.ts";
import { addCoupon } from "../../../server/src/coupons/coupons.ts";
import { registerDeal } from "../../../server/src/deals/register-deal.ts";
import { asDeed } from "../../../server/src/deps/actor.ts";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { acceptRows } from "../../../server/src/receipts/accept-rows.ts";
import { openDeps } from "../../../server/src/receiver/start/open-deps.ts";
import { type Journey, openJourney } from "../../journey/journey.ts";
import { dropGuards, runRaw } from "../../journey/raw-database.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { booking, expectFound } from "./tampering.ts";

const late = "4000000000000";
const unwritten = (noun: string) => [new RegExp(`^${noun}: it was not written by the receiver$`)];

const out = { kind: "payout", debit: "payable", credit: "paid" } as const;
const back = { kind: "payout_return", debit: "paid", credit: "payable" } as const;

const standing = (id: string) => [
  new RegExp(`^partner ${id}: it does not stand where what was written down last says$`),
];

/** Pays 50.00 EUR to South, in step with its balance: the journal and the sums agree. */
const paid = (kind: string, source: string, id: string): string[] => [
  `insert into transfers (source, source_id, partner_id, kind, debit, credit, amount_minor, currency, cause, booked_at)
    values ('${source}', '${id}', 'south', '${kind}', 'expense', 'payable', 5000, 'EUR', '${source}', 1)`,
  `insert into balances (partner_id, currency, shard, held_minor, payable_minor, paid_minor)
    values ('south', 'EUR', 0, 0, 5000, 0)
    on conflict (partner_id, currency, shard) do update set payable_minor = balances.payable_minor + 5000`,
];

const entered = (status: string, decidedBy: string): string =>
  `insert into adjustments (adjustment_id, partner_id, kind, amount_minor, currency, reference, note, status, entered_by,
      entered_at, decided_by, decided_at)
    values ('adj_x', 'south', 'bonus', 5000, 'EUR', 'B-1', 'a bonus', '${status}', 'cli:ann', 1, ${decidedBy})`;

const afterPending = ({ deps }: Journey): Promise<unknown> =>
  adjust(deps, {
    partner: "south",
    amountMinor: 1_000_000_00,
    currency: "EUR",
    kind: "bonus",
    reference: "B-1",
    note: "a large bonus",
  });

expectFound("a row that nobody had the receiver write is found, however well all else agrees:", [
  {
    what: "an adjustment, booked",
    statements: [entered("booked", "null, null"), ...paid("bonus", "adjustment", "adj_x")],
    says: unwritten("adjustment adj_x"),
  },
  {
    what: "an adjustment that says who approved it",
    statements: [entered("booked", "'cli:boss', 2"), ...paid("bonus", "adjustment", "adj_x")],
    says: unwritten("adjustment adj_x"),
  },
  {
    what: "an adjustment that waits and is not approved by anybody",
    after: afterPending,
    statements: ["update adjustments set status = 'booked', decided_by = 'cli:boss', decided_at = 2"],
    says: unwritten("adjustment \\S+"),
  },
  {
    what: "an opening balance of another programme",
    statements: [
      `insert into import_rows (programme, kind, source_id, partner_id, status, amount_minor, currency, unit, unit_amount,
          account, earned_at, version, imported_at)
        values ('csv', 'commission', 'c_1', 'south', 'due', 5000, 'EUR', 'EUR', '50.00', 'payable', 1, 1, 1)`,
      ...paid("opening", "import", "csv c_1 1"),
    ],
    says: unwritten("imported row csv c_1"),
  },
  {
    what: "a period's term, booked",
    statements: [
      "insert into closed_periods (period, closed_at) values ('2026-10', 4000000000000)",
      `insert into period_terms (closed_in, partner_id, term, currency, period, plan_id, version, counted, amount_minor,
          change_minor, why, closed_at)
        values ('2026-10', 'south', 'bonus', 'EUR', '2026-10', 'plan', 1, 1, 5000, 5000, '{}', ${late})`,
      ...paid("term", "period", "2026-10 bonus"),
    ],
    says: unwritten("term of period 2026-10 bonus south"),
  },
  {
    what: "a position of long ago",
    statements: [
      "insert into partner_positions (partner_id, parent_id, since, recorded_at) values ('north', 'south', 1, 1)",
    ],
    says: unwritten("position of partner north"),
  },
  {
    what: "a position that is written once more",
    after: ({ deps, admin }) =>
      admin("PATCH", "/v1/partners/north", { parent: "south" }).then(() => deps.clock()),
    statements: [
      `insert into partner_positions (partner_id, parent_id, since, recorded_at)
        select partner_id, parent_id, since, recorded_at from partner_positions`,
    ],
    says: [/^position of partner north: it stands there twice$/],
  },
  {
    what: "a partner",
    statements: [
      `insert into partners (id, name, kind, percent_bp, added_percent_bp, status, created_at)
        values ('eve', 'Eve', 'reseller', 9000, 9000, 'active', 1)`,
    ],
    says: unwritten("partner eve"),
  },
  {
    what: "a partner that is merged into another by nobody",
    statements: [
      "update partners set merged_into = 'south', merged_at = 1, status = 'ended', ended_at = 1 where id = 'north'",
    ],
    says: standing("north"),
  },
  {
    what: "a partner that is merged into another than it was",
    after: async ({ deps }) => {
      await addPartner(deps, { id: "east", name: "East" });
      await mergePartner(deps, "north", { into: "east" });
      await mergePartner(deps, "east", { into: "south" });
      await addPartner(deps, { id: "eve", name: "Eve" });
    },
    statements: ["update partners set merged_into = 'eve' where id = 'north'"],
    says: standing("north"),
  },
  {
    what: "a suspension that nobody ended",
    after: ({ deps }) => suspendPartner(deps, "north"),
    statements: ["update partners set suspended_at = null where id = 'north'"],
    says: standing("north"),
  },
  {
    what: "an end that nobody took back",
    after: ({ deps }) => endPartner(deps, "north"),
    statements: ["update partners set status = 'active', ended_at = null"],
    says: standing("north"),
  },
  {
    what: "a plan, and whom it pays since when",
    statements: [
      "insert into plans (plan_id, version, document, added_at) values ('mine', 1, '{}', 1)",
      `insert into plan_assignments (plan_id, version, target, target_id, since, recorded_at)
        values ('mine', 1, 'partner', 'south', 1, 1)`,
    ],
    says: [...unwritten("plan mine 1"), ...unwritten("assignment of plan mine 1 partner south")],
  },
  {
    what: "an agreement, with a territory",
    statements: [
      `insert into partner_agreements (partner_id, version, since, sharing, notices, territories, self_billing, recorded_at)
        values ('south', 9, 1, 'full', '', 'DE', 0, 1)`,
    ],
    says: unwritten("agreement with partner south 9"),
  },
  {
    what: "a code at the checkout",
    statements: [
      "insert into coupons (code, partner_id, valid_from, created_at) values ('SOUTH', 'south', 1, 1)",
    ],
    says: unwritten("coupon of partner south"),
  },
  {
    what: "a code that is given to another partner",
    after: ({ deps }) => addCoupon(deps, { code: "NORTH", partner: "north" }),
    refused: /a code stays its partner's/,
    table: "coupons",
    statements: ["update coupons set partner_id = 'south'"],
    says: unwritten("coupon of partner south"),
  },
  {
    what: "a deal that is accepted by its steps too",
    after: ({ deps }) => registerDeal(deps, { partner: "south", customer: "other.example" }),
    statements: [
      `insert into deal_steps (deal_id, step, protected_until, at) select deal_id, 'accepted', ${late}, 1 from deals`,
      `update deals set state = 'accepted', accepted_at = 1, protected_until = ${late}`,
    ],
    says: unwritten("step of deal dl_\\w+ accepted"),
  },
  {
    what: "a payout that is approved, paid and has come back",
    statements: [
      `insert into payout_batches (id, currency, channel, state, minimum_minor, proposed_by, proposed_at, approved_by,
          approved_at)
        values ('po_1', 'EUR', 'bank', 'settled', 1, 'cli:ann', 1, 'cli:boss', 2)`,
      `insert into payout_items (id, batch_id, row_no, partner_id, currency, amount_minor, details_version, state, sent,
          settled_at, settled_by, returned_at)
        values ('pi_1', 'po_1', 1, 'north', 'EUR', 1400, 1, 'returned', 1, ${late}, 'cli:eve', ${late})`,
      ...booking({ partner: "north", ...out, amountMinor: 1400, source: "pi_1" }),
      ...booking({ partner: "north", ...back, amountMinor: 1400, source: "pi_1" }),
    ],
    says: [...unwritten("payout po_1"), ...unwritten("payment pi_1")],
  },
  {
    what: "an audit entry",
    statements: [
      "insert into audit_entries (at, actor, action, subject) values (1, 'cli:boss', 'ledger adjust', 'adj_x')",
    ],
    says: unwritten("audit entry \\d+"),
  },
  {
    what: "receipts that somebody makes up",
    statements: [
      "insert into receipts (receipt) values ('AAAAAAAAAAAAAAAAAAAAAA')",
      entered("booked", "null, null"),
      ...paid("bonus", "adjustment", "adj_x"),
    ],
    says: unwritten("adjustment adj_x"),
  },
  {
    what: "the mark by which old rows are taken as they are, taken away",
    refused: /receipts is append-only/,
    table: "receipts",
    statements: ["delete from receipts where receipt = 'adopted'"],
    says: [/^receipts: their first mark is gone$/],
  },
]);

onEveryEngine("rows that the receiver did not write", (bench) => {
  it("are accepted by a person, who stands in the audit; one that stands there twice is not", async () => {
    const journey = await openJourney(bench);
    const { deps, database } = journey;
    await journey.partnerWithToken("north");
    await journey.partnerWithToken("south");
    await journey.admin("PATCH", "/v1/partners/north", { parent: "south" });
    await runRaw(database, [
      "insert into coupons (code, partner_id, valid_from, created_at) values ('SOUTH', 'south', 1, 1)",
      `insert into partner_positions (partner_id, parent_id, since, recorded_at)
        select partner_id, parent_id, since, recorded_at from partner_positions`,
    ]);
    const deed = { actor: "cli:ann", action: "ledger accept", subject: undefined };
    const rows = ["coupon of partner south"];
    expect(await asDeed(deed, () => acceptRows(deps, { dryRun: true }))).toMatchObject({ count: 1, rows });
    expect((await verifyLedger(deps)).failures).toHaveLength(2);
    expect(await asDeed(deed, () => acceptRows(deps))).toEqual({ dryRun: false, count: 1, rows });
    expect((await verifyLedger(deps)).failures).toEqual(["position of partner north: it stands there twice"]);
    const { entries } = await listAudit(deps, { actor: "cli:ann" });
    expect(entries).toMatchObject([{ action: "ledger accept" }]);
  });

  it("that were there before there were receipts are taken as they are, which the audit says", async () => {
    const journey = await openJourney(bench);
    const { deps, database } = journey;
    await journey.partnerWithToken("north");
    await dropGuards(database, "receipts");
    await runRaw(database, ["delete from receipts"]);
    const again = await openDeps(deps.config, { log: deps.log, clock: deps.clock });
    onTestFinished(() => again.store.close());
    await journey.expectSoundLedger();
    expect((await listAudit(deps, { actor: "receiver" })).entries).toMatchObject([
      { action: "receipts", subject: expect.stringMatching(/^\d+ rows as they were$/) },
    ]);
  });
});
