import { booking, expectFound, order, other } from "./tampering.ts";

const credit = { kind: "credit", debit: "expense", credit: "held" } as const;
const payout = { partner: "north", kind: "payout", debit: "payable", credit: "paid" } as const;

expectFound("a tampering with the journal, its sums or what they hang on, is found:", [
  {
    what: "a credit without an order",
    statements: booking({ key: "'nowhere'", partner: "south", ...credit, amountMinor: 5000 }),
    says: [/^transfer \d+: its order is not there$/],
  },
  {
    what: "a credit beside what the order gives",
    statements: booking({ partner: "south", ...credit, amountMinor: 5000 }),
    says: [/^order stripe cs_1: a reversal of 5000 EUR for south is missing or was booked in excess$/],
  },
  {
    what: "a payout out of nothing",
    statements: booking({ ...payout, amountMinor: 1400, source: "po_1" }),
    says: [/^transfer \d+: a payout for north from payout po_1: /],
  },
  {
    what: "a payout out of nothing, and back",
    statements: [
      ...booking({ ...payout, amountMinor: 1400, source: "po_1" }),
      ...booking({
        partner: "north",
        kind: "payout_return",
        debit: "paid",
        credit: "payable",
        amountMinor: 1400,
        source: "po_2",
      }),
    ],
    says: [/a payout for north from payout po_1: /, /a payout_return for north from payout po_2: /],
  },
  {
    what: "a changed amount",
    refused: /transfers is append-only/,
    table: "transfers",
    statements: ["update transfers set amount_minor = 2001 where kind = 'credit'"],
    says: [
      /order stripe cs_1: a reversal of 1 EUR for north is missing/,
      /north EUR: heldMinor is kept as 1400, the journal adds up to 1401/,
    ],
  },
  {
    what: "a deleted transfer",
    refused: /transfers is append-only/,
    table: "transfers",
    statements: ["delete from transfers where kind = 'reversal'"],
    says: [
      /order stripe cs_1: a reversal of 600 EUR for north is missing/,
      /heldMinor is kept as 1400, the journal adds up to 2000/,
    ],
  },
  {
    what: "a transfer moved to another partner",
    refused: /transfers is append-only/,
    table: "transfers",
    statements: ["update transfers set partner_id = 'south'"],
    says: [/cs_1: a credit of 1400 EUR for north is missing/, /south EUR: heldMinor is kept as 0/],
  },
  {
    what: "a changed balance",
    statements: ["update balances set held_minor = held_minor + 1"],
    says: [/^north EUR: heldMinor is kept as 1401, the journal adds up to 1400$/],
  },
  {
    what: "a balance of somebody who earned nothing",
    statements: ["insert into balances values ('south', 'EUR', 0, 0, 100000, 0)"],
    says: [/^south EUR: payableMinor is kept as 100000, the journal adds up to 0$/],
  },
  {
    what: "a deleted balance",
    statements: ["delete from balances"],
    says: [/^north EUR: heldMinor is kept as 0, the journal adds up to 1400$/],
  },
  {
    what: "a refund that is led to another order",
    statements: [
      `update order_links set order_key = ${other} where id = (select link_id from events where effect = 'refund')`,
    ],
    says: [/^order stripe cs_1: a reinstatement of 600 EUR for north is missing or was booked in excess$/],
  },
  {
    what: "a sale's name that is led to another order",
    statements: [`update order_links set order_key = ${other} where id = 'cs_1'`],
    says: [/^order stripe cs_1: a name of its sale leads to another order$/],
  },
  {
    what: "a deleted name of a sale",
    refused: /what names a sale is not deleted/,
    table: "order_links",
    statements: ["delete from order_links where id = 'cs_1'"],
    says: [/^sale stripe cs_1: it was taken, and has no order$/],
  },
  {
    what: "a percentage that nobody set",
    statements: ["update partners set percent_bp = 9000 where id = 'north'"],
    says: [/^partner north: its percentage is not what was written down last$/],
  },
  {
    what: "a percentage that a partner was never added with",
    refused: /the percentage a partner was added with stays as it was/,
    table: "partners",
    statements: ["update partners set percent_bp = 9000, added_percent_bp = 9000 where id = 'north'"],
    says: [/^order stripe cs_1: its rate of 20 percent is none that north had$/],
  },
  {
    what: "a changed refund",
    refused: /events is append-only/,
    table: "events",
    statements: ["update events set amount_minor = 1 where effect = 'refund'"],
    says: [/cs_1: a reinstatement of \d+ EUR for north is missing/],
  },
  {
    what: "a deleted refund",
    refused: /events is append-only/,
    table: "events",
    statements: ["delete from events where effect = 'refund'"],
    says: [/cs_1: a reinstatement of 600 EUR for north is missing/],
  },
  {
    what: "a refund that nobody booked",
    statements: [
      `insert into events (shop, event_id, object_id, effect, link_id, amount_minor, cumulative, currency, occurred_at, received_at)
        values ('stripe', 'evt_x', 're_x', 'refund', 'cs_1', 5950, 0, 'EUR', 1, 1)`,
    ],
    says: [/cs_1: a reversal of \d+ EUR for north is missing/],
  },
  {
    what: "a transfer that is both an order's and somebody's",
    refused: /transfers_traced|check/i,
    statements: [
      `insert into transfers (order_key, decision_seq, source, source_id, partner_id, kind, debit, credit, amount_minor,
          currency, cause, booked_at)
        values (${order}, 1, 'payout', '1', 'south', 'credit', 'expense', 'held', 1, 'EUR', 'sale', 1)`,
    ],
    says: [],
  },
  {
    what: "a transfer between accounts it has no business with",
    refused: /transfers_lawful|check/i,
    statements: booking({
      partner: "south",
      kind: "credit",
      debit: "expense",
      credit: "paid",
      amountMinor: 1,
    }),
    says: [],
  },
]);
