import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { listAudit } from "../../../server/src/audit/list-audit.ts";
import { asDeed } from "../../../server/src/deps/actor.ts";
import { verifyLedger } from "../../../server/src/orders/verify.ts";
import { addPerson } from "../../../server/src/people/people.ts";
import { acceptRows } from "../../../server/src/receipts/accept-rows.ts";
import { sealedTables } from "../../../server/src/receipts/sealed-tables.ts";
import { settleReceipts, settleSeals } from "../../../server/src/receipts/settle-receipts.ts";
import { openDeps } from "../../../server/src/receiver/open-deps.ts";
import { adoptNow } from "../../../server/src/secrets/adopt-hashes.ts";
import { createHashes } from "../../../server/src/secrets/create-hashes.ts";
import { formerOfLicence } from "../../../server/src/secrets/former-hashes.ts";
import { addDays } from "../../../server/src/words/clock.ts";
import { type Journey, openJourney } from "../../journey/journey.ts";
import { dropGuards, runRaw } from "../../journey/raw-database.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../../shops/stripe-fixtures.ts";
import { booking, decision, expectFound, order, other } from "./tampering.ts";

const unwritten = (what: string) => new RegExp(`^${what}: it was not written by the receiver$`);

/** A row that says what another says, but for some columns. */
const likeOf = (table: string, replaced: Record<string, string>, where: string): string => {
  const columns = sealedTables.find((one) => one.table === table)?.columns ?? [];
  const selected = columns.map((column) => replaced[column] ?? column);
  return `insert into ${table} (${columns.join(", ")}) select ${selected.join(", ")} from ${table} ${where}`;
};

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

/** What somebody has linked to cs_1's sale, at the time of the sale. */
const link = likeOf(
  "events",
  { event_id: "'evt_x'", object_id: "'cs_9'", effect: "'link'", amount_minor: "0", net_minor: "null" },
  "where object_id = 'cs_1' and effect = 'sale'",
);

async function afterRegistration(journey: Journey): Promise<void> {
  const { token } = await journey.partnerWithToken("west");
  await journey.register("LICENCE-1", token);
}

const afterPerson = ({ deps }: Journey) =>
  addPerson(deps, { mail: "ann@acme.example", role: "auditor", addedBy: "cli:boss" });

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

const lapsed = "revoked_at = null";

expectFound("evidence and rights that nobody had the receiver write are refused or found:", [
  {
    what: "a binding of somebody else's licence",
    after: afterRegistration,
    statements: [
      `insert into registrations (product, licence_hash, partner_id, jti, token_issued_at, bound_at)
        select product, 'another', 'south', jti, token_issued_at, bound_at from registrations`,
    ],
    says: [unwritten("registration for south")],
  },
  {
    what: "a binding that is moved to another licence",
    after: afterRegistration,
    statements: ["update registrations set licence_hash = 'another'"],
    says: [unwritten("registration for west")],
  },
  {
    what: "a person who may do everything",
    after: afterPerson,
    statements: [
      `insert into people (id, role, mail_hash, mail, digest, added_at, added_by)
        select 'pe_x', 'owner', 'x', mail, digest, 1, added_by from people`,
    ],
    says: [unwritten("person pe_x")],
  },
  {
    what: "a person with another role",
    after: afterPerson,
    refused: /a person stays who she is/,
    table: "people",
    statements: ["update people set role = 'owner'"],
    says: [unwritten("person \\S+")],
  },
  {
    what: "a key of a partner",
    statements: [
      "insert into partner_keys (id, secret_hash, partner_id, created_at) values ('k_x', 'x', 'north', 1)",
    ],
    says: [unwritten("key of partner north k_x")],
  },
  {
    what: "an address that a partner says it registered",
    statements: [
      `insert into registered_emails (email_hash, product, partner_id, pepper_id, registered_at, origin)
        values ('x', 'acme-paint', 'south', 'p', 1, 'import')`,
    ],
    says: [unwritten("address registered by south")],
  },
  {
    what: "a batch of vouchers",
    statements: [
      `insert into voucher_batches (id, partner_id, product, issued, exchanged, withdrawn, issued_at)
        values ('vb_x', 'south', 'acme-paint', 10, 0, 0, 1)`,
    ],
    says: [unwritten("batch of vouchers vb_x")],
  },
  {
    what: "a period that nobody closed",
    statements: ["insert into closed_periods (period, closed_at) values ('2026-11', 1)"],
    says: [unwritten("closed period 2026-11")],
  },
  {
    what: "a line that keeps a movement out of its statement",
    statements: [
      "insert into statement_lines (number, line, transfer_id, data) select 'none', 1, min(id), '{}' from transfers",
    ],
    says: [/^statement none: its lines are not those that it was closed with$/],
  },
  {
    what: "a mandate of a customer",
    statements: [
      `insert into customer_mandates (mandate_id, partner_id, product, licence_hash, given_by, given_at)
        values ('cm_x', 'south', 'acme-paint', 'x', 'y', 1)`,
    ],
    says: [unwritten("mandate cm_x")],
  },
  {
    what: "a mark of evidence that is taken away",
    after: afterRegistration,
    table: "receipts",
    statements: ["delete from receipts where receipt = 'adopted evidence'"],
    says: [/^receipts: the mark adopted evidence is gone$/],
  },
  ...[
    { statement: `update tokens set ${lapsed}`, refused: /a token stays as it was issued/ },
    { statement: "update tokens set partner_id = 'south'", refused: /a token stays as it was issued/ },
    { statement: "update signing_keys set public_jwk = '{}'", refused: /a signing key stays as it is/ },
  ].map(({ statement, refused }) => ({
    what: `a token: ${statement}`,
    after: ({ database }: Journey) =>
      runRaw(database, ["update tokens set revoked_at = 1 where partner_id = 'south'"]),
    refused,
    statements: [statement],
    says: [],
  })),
]);

onEveryEngine("events and decisions without a seal", (bench) => {
  /** A receiver that was filled before there were seals, and is started now. */
  async function openOld(): Promise<Journey> {
    const journey = await openJourney(bench);
    const { database, deps } = journey;
    const { token } = await journey.partnerWithToken("north");
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), id: "cs_1", reference }));
    const guarded = ["events", "decisions", "receipts"];
    for (const table of guarded) await dropGuards(database, table);
    await runRaw(database, [
      "update events set seal = null",
      "update decisions set seal = null",
      "delete from receipts where receipt like 'unsealed %'",
    ]);
    const again = await openDeps(deps.config, { log: deps.log, clock: deps.clock });
    onTestFinished(() => again.store.close());
    return journey;
  }

  it("are taken as they are where they were there before, which the audit says, and none comes to them", async () => {
    const journey = await openOld();
    const { deps, database } = journey;
    await journey.expectSoundLedger();
    const { entries } = await listAudit(deps, { actor: "receiver" });
    expect(entries).toMatchObject([{ action: "receipts", subject: "2 rows as they were" }]);
    journey.pass(1);
    await journey.stripe(
      stripeCheckoutCompleted({ ...journey.happening(), id: "cs_2", email: "b@example.com" }),
    );
    await journey.expectSoundLedger();
    await runRaw(database, [link]);
    const since = addDays(deps.clock(), -3);
    const said = [/^events until \S+: those without a seal are not those that were there$/];
    for (const { failures } of [await verifyLedger(deps), await verifyLedger(deps, { since })])
      expect(failures).toEqual(said.map((one) => expect.stringMatching(one)));
    const none = await verifyLedger(deps, { since: deps.clock() });
    expect(none.failures).toEqual([]);
    const deed = { actor: "cli:ann", action: "ledger accept", subject: undefined };
    expect(await asDeed(deed, () => acceptRows(deps))).toMatchObject({ count: 2, dryRun: false });
    await journey.expectSoundLedger();
  });

  it("are accepted by a person one by one where they are younger than seals", async () => {
    const journey = await openOld();
    const { deps, database } = journey;
    await runRaw(database, [link.replace("received_at from", "received_at + 1 from")]);
    const rows = ["event stripe evt_x"];
    const deed = { actor: "cli:ann", action: "ledger accept", subject: undefined };
    expect(await asDeed(deed, () => acceptRows(deps))).toMatchObject({ count: 1, rows });
    await journey.expectSoundLedger();
  });

  it("are not taken as they are where the mark was taken away", async () => {
    const journey = await openJourney(bench);
    const { deps, database } = journey;
    await journey.stripe(stripeCheckoutCompleted({ ...journey.happening(), id: "cs_1" }));
    await dropGuards(database, "receipts");
    await runRaw(database, ["delete from receipts where receipt like 'unsealed %'"]);
    const again = await openDeps(deps.config, { log: deps.log, clock: deps.clock });
    onTestFinished(() => again.store.close());
    const { failures } = await verifyLedger(deps);
    expect(failures).toEqual(
      ["events", "decisions"].map((table) => `${table}: it was not noted which of them have no seal`),
    );
  });

  it("count under a new pepper where the former one sealed them, and no others", async () => {
    const journey = await openOld();
    const { deps, database } = journey;
    await journey.stripe(
      stripeCheckoutCompleted({ ...journey.happening(), id: "cs_2", email: "b@example.com" }),
    );
    const { token } = await journey.partnerWithToken("west");
    await journey.register("LICENCE-1", token);
    const rotate = async (pepper: string, former: string | undefined) => {
      Object.assign(deps.hashes, { former: undefined }, createHashes(pepper, former));
      await settleReceipts(deps.store, deps.hashes);
      await settleSeals(deps.store, deps.hashes);
    };
    const first = (await readFile(join(deps.config.keysFolder, "pepper"), "utf8")).trim();
    const second = "another pepper, long enough for anything";
    await rotate(second, first);
    await journey.expectSoundLedger();
    // The licence is met again: its binding is kept under another hash, with a receipt of its own.
    const known = createHashes(second, first);
    await adoptNow(deps, formerOfLicence(known, "LICENCE-1"));
    await journey.expectSoundLedger();
    await rotate(second, undefined);
    await journey.expectSoundLedger();
    await runRaw(database, [link]);
    expect((await verifyLedger(deps)).ok).toBe(false);
    await rotate("a third pepper, long enough for anything", second);
    expect((await verifyLedger(deps)).ok).toBe(false);
  });
});
