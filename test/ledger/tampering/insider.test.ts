import { expect, it } from "vitest";
import { adjust } from "../../../server/src/adjustments/adjust.ts";
import { asDeed } from "../../../server/src/deps/actor.ts";
import { askSecondPerson } from "../../../server/src/four-eyes/requests.ts";
import { verifyLedger } from "../../../server/src/orders/verify/verify.ts";
import { setDetails } from "../../../server/src/partner-details/details.ts";
import { compareHead, readHead, sumHead } from "../../../server/src/receipts/history-head.ts";
import { type Journey, openJourney } from "../../journey/journey.ts";
import { dropGuards, runRaw } from "../../journey/raw-database.ts";
import { detailsOf, ibans } from "../../payouts/payout-details.ts";
import { onEveryEngine } from "../../postgres/on-every-engine.ts";
import { stripeCheckoutCompleted } from "../../shops/stripe-fixtures.ts";
import { decision, expectFound, likeOf, order, unwritten } from "./tampering.ts";

/** Ann asks for something, and nobody has approved it. */
const asked = ({ deps }: Journey) =>
  asDeed({ actor: "cli:ann", action: "test", subject: undefined }, () =>
    deps.store.write((tx) =>
      askSecondPerson(
        tx,
        { kind: "correction", subject: "stripe cs_1", document: { note: "n" }, moves: [], status: "pending" },
        deps.clock(),
      ),
    ),
  );

const detailed = async ({ deps }: Journey) => {
  for (const partner of ["north", "south"]) await setDetails(deps, partner, detailsOf(partner));
};

const request = unwritten("request for a second person req_\\w+");

expectFound("an insider", [
  {
    what: "marks what she asked for as approved by another",
    after: asked,
    statements: ["update money_requests set status = 'booked', decided_by = 'cli:bob', decided_at = 1"],
    says: [request],
  },
  {
    what: "puts another deed into what waits for approval",
    after: asked,
    refused: /stays as it was entered/,
    table: "money_requests",
    statements: [`update money_requests set document = '{"note":"more"}'`],
    says: [request],
  },
  {
    what: "changes what a request says that it moves, while it waits",
    after: asked,
    statements: [
      `update money_requests set moves = '[{"partner":"north","currency":"EUR","amountMinor":1}]'`,
    ],
    says: [request],
  },
  {
    what: "has a partner paid to the account of an earlier version, or to another's",
    after: detailed,
    statements: [
      `insert into partner_details (partner_id, version, since, sealed, accounts_changed, recorded_by, recorded_at)
        select 'north', 2, since, sealed, 0, recorded_by, recorded_at from partner_details where partner_id = 'south'`,
    ],
    says: [unwritten("details of partner north 2")],
  },
  {
    what: "moves the day from which an account counts",
    after: detailed,
    refused: /append-only/,
    table: "partner_details",
    statements: ["update partner_details set since = since + 1 where partner_id = 'north'"],
    says: [unwritten("details of partner north 1")],
  },
  {
    what: "takes the hold from a changed account",
    after: async (journey) => {
      await detailed(journey);
      journey.pass(1);
      const changed = detailsOf("north");
      await setDetails(journey.deps, "north", {
        ...changed,
        accounts: [{ kind: "iban", name: "north", iban: ibans[3] }],
      });
    },
    refused: /append-only/,
    table: "partner_details",
    statements: ["update partner_details set accounts_changed = 1 - accounts_changed where version = 2"],
    says: [unwritten("details of partner north 2")],
  },
  {
    what: "copies the seal of a true sale onto a false one",
    statements: [
      `${likeOf("events", { event_id: "'evt_x'", object_id: "'cs_9'", effect: "'link'", amount_minor: "0", net_minor: "null" }, "where object_id = 'cs_1' and effect = 'sale'").replace(") select", ", seal) select").replace(" from events", ", seal from events")}`,
    ],
    says: [unwritten("event stripe evt_x")],
  },
  {
    what: "copies the seal of a true decision onto one for another",
    statements: decision({ partner_id: "'south'" }).map((one) =>
      one.startsWith("insert into decisions")
        ? one.replace("decided_at)", "decided_at, seal)").replace("decided_at from", "decided_at, seal from")
        : one,
    ),
    says: [/^decision \S+ 2: it was not written by the receiver$/],
  },
  {
    what: "writes a customer's reward, which the partner pays, and that it was redeemed",
    statements: [
      `insert into reward_offers (offer_id, partner_id, kind, title, points, created_at, state)
        values ('ro_x', 'north', 'points', 'Thanks', 5, 1, 'offered')`,
      `insert into rewards (reward_id, order_key, partner_id, offer_id, kind, plan_id, plan_version, period, currency,
          credit_minor, points, partner_minor, vendor_minor, occurred_at, written_at, state, points_left, partner_left,
          vendor_left, last_seq)
        values ('rw_x', ${order}, 'north', 'ro_x', 'points', 'p', 1, '2026-11', 'EUR', 2000, 5, 100, 0, 1, 1, 'redeemed',
          0, 0, 0, 2)`,
      `insert into reward_steps (reward_id, seq, step, points, partner_minor, vendor_minor, note, at)
        values ('rw_x', 2, 'redeemed', 5, 100, 0, null, 1)`,
    ],
    says: [unwritten("reward rw_x"), unwritten("step of reward rw_x redeemed")],
  },
  {
    what: "hides who stands above the seller, and is paid for a purchase of her own",
    statements: [`update orders set chain = 'south' where order_key = ${order}`],
    says: [/order/],
  },
]);

onEveryEngine("a history that is cut back", (bench) => {
  /** Sales and an adjustment of a week, and what an auditor noted in the middle of it. */
  async function openNoted() {
    const journey = await openJourney(bench);
    const { deps } = journey;
    await journey.partnerWithToken("north");
    const sell = async (id: string) =>
      journey.stripe(
        stripeCheckoutCompleted({
          ...journey.happening(),
          id,
          paymentIntent: `pi_${id}`,
          email: `${id.replace("_", "-")}@home.example`,
        }),
      );
    for (const id of ["cs_1", "cs_2"]) await sell(id);
    const about = { partner: "north", kind: "bonus", reference: "T", note: "N", currency: "EUR" } as const;
    await asDeed({ actor: "cli:ann", action: "ledger adjust", subject: undefined }, () =>
      adjust(deps, { ...about, amountMinor: 100 }),
    );
    journey.pass(1);
    const head = readHead(JSON.parse(JSON.stringify(await sumHead(deps))));
    await sell("cs_3");
    return Object.assign(journey, { head });
  }

  it("is as it was noted, whatever comes after", async () => {
    const { deps, head } = await openNoted();
    expect(head.tables).toMatchObject({ events: { rows: 2 }, transfers: { rows: 1 } });
    expect(await compareHead(deps, head)).toEqual({ ok: true, until: head.until, failures: [] });
  });

  it.each([
    ["events", "delete from events where object_id = 'cs_2'"],
    [
      "decisions",
      "delete from decisions where order_key = (select order_key from orders where order_id = 'cs_2')",
    ],
    ["transfers", "delete from transfers"],
    ["audit_entries", "delete from audit_entries where actor = 'cli:ann'"],
    ["events", "update events set note = 'x' where object_id = 'cs_1'"],
  ])("says where %s were taken away or changed: %s", async (table, statement) => {
    const { deps, database, head } = await openNoted();
    await dropGuards(database, table);
    await runRaw(database, [statement]);
    const { ok, failures } = await compareHead(deps, head);
    expect(ok).toBe(false);
    expect(failures).toEqual([expect.stringMatching(new RegExp(`^${table} until `))]);
  });

  it("with all that agrees, so that the books add up, is found by what was noted alone", async () => {
    const { deps, database, head } = await openNoted();
    const tables = ["events", "decisions", "orders", "order_links", "transfers", "earnings"];
    for (const table of tables) await dropGuards(database, table);
    const key = "(select order_key from orders where order_id = 'cs_2')";
    await runRaw(database, [
      "delete from events where object_id = 'cs_2' or link_id = 'cs_2'",
      `delete from decisions where order_key = ${key}`,
      `delete from order_links where order_key = ${key}`,
      "delete from orders where order_id = 'cs_2'",
    ]);
    expect((await verifyLedger(deps)).failures).toEqual([]);
    expect((await compareHead(deps, head)).failures).toHaveLength(2);
  });
});
