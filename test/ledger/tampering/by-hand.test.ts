import { booking, decision, expectFound, likeOf, order, other, unwritten } from "./tampering.ts";

const orderColumns = [
  ..."shop order_id object_id cycle told_cycle product net_minor tax_minor currency lines amounts_rank amounts_at".split(
    " ",
  ),
  ..."amounts_event occurred_at received_at decision_seq outcome partner_id reason release_at reference".split(
    " ",
  ),
];

/** A purchase of cs_9 that no shop told of, credited to North like cs_1, with all that agrees with it. */
const saleByHand = (release = "release_at"): string[] => {
  const named: Record<string, string> = {
    order_id: "'cs_9'",
    object_id: "'cs_9'",
    amounts_event: "'evt_x'",
    release_at: release,
  };
  const selected = orderColumns.map((column) => named[column] ?? column);
  return [
    likeOf(
      "events",
      { event_id: "'evt_x'", object_id: "'cs_9'", link_id: "'cs_9'" },
      "where object_id = 'cs_1' and effect = 'sale'",
    ),
    "insert into order_links (namespace, id, order_key, sold) values ('stripe', 'cs_9', 'order-9', 1)",
    `insert into orders (order_key, ${orderColumns.join(", ")}) select 'order-9', ${selected.join(", ")} from orders where order_id = 'cs_1'`,
    likeOf("decisions", { order_key: "'order-9'" }, `where order_key = ${order}`),
    ...booking({
      key: "'order-9'",
      partner: "north",
      kind: "credit",
      debit: "expense",
      credit: "held",
      amountMinor: 2000,
    }),
  ];
};

const refundByHand = (more: Record<string, string>): string =>
  likeOf(
    "events",
    {
      event_id: "'evt_x'",
      object_id: "'re_x'",
      movement_id: "'re_x'",
      amount_minor: "8330",
      cumulative: "0",
      ...more,
    },
    "where effect = 'refund'",
  );

expectFound("what no shop told and the receiver never decided is found, however well all else agrees:", [
  {
    what: "a whole purchase",
    statements: saleByHand(),
    says: [unwritten("event stripe evt_x"), unwritten("decision order-9 1")],
  },
  {
    what: "a refund of what another partner sold",
    statements: [
      refundByHand({}),
      ...booking({ partner: "north", kind: "reversal", debit: "held", credit: "expense", amountMinor: 1400 }),
    ],
    says: [unwritten("event stripe evt_x")],
  },
  {
    what: "a refund that fails",
    statements: [
      refundByHand({
        object_id: "'re_y'",
        movement_id: "movement_id",
        amount_minor: "0",
        status: "'failed'",
      }),
      ...booking({
        partner: "north",
        kind: "reinstatement",
        debit: "expense",
        credit: "held",
        amountMinor: 600,
      }),
    ],
    says: [unwritten("event stripe evt_x")],
  },
  {
    what: "a decision that says the same once more, from another cause",
    statements: decision({ cause: "'ruling'" }),
    says: [/^decision \S+ 2: it was not written by the receiver$/],
  },
  {
    what: "a seal that somebody makes up",
    statements: [
      likeOf(
        "events",
        { event_id: "'evt_x'", object_id: "'cs_9'", effect: "'link'" },
        "where object_id = 'cs_1' and effect = 'sale'",
      )
        .replace("received_at) select", "received_at, seal) select")
        .replace("received_at from", "received_at, seal from"),
    ],
    says: [unwritten("event stripe evt_x")],
  },
  {
    what: "an event of long ago, and a mark that says it was there",
    statements: [
      likeOf(
        "events",
        { event_id: "'evt_x'", object_id: "'cs_9'", effect: "'link'", received_at: "1" },
        "where object_id = 'cs_1' and effect = 'sale'",
      ),
      "insert into receipts (receipt) select replace(receipt, 'events 0', 'events 9') from receipts where receipt like 'unsealed % events 0'",
    ],
    says: [/^events until 1970-01-01T00:00:00.009Z: those without a seal are not those that were there$/],
  },
  {
    what: "a mark that is taken away",
    table: "receipts",
    statements: ["delete from receipts where receipt like 'unsealed % decisions %'"],
    says: [/^decisions: it was not noted which of them have no seal$/],
  },
  {
    what: "a refund that leads to another order",
    statements: [
      `update order_links set order_key = ${other} where id = 'pi_1'`,
      ...booking({
        partner: "north",
        kind: "reinstatement",
        debit: "expense",
        credit: "held",
        amountMinor: 600,
      }),
    ],
    says: [/./],
  },
]);
