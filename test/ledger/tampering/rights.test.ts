import { addCoupon, endCoupon } from "../../../server/src/coupons/coupons.ts";
import { addPerson } from "../../../server/src/people/people.ts";
import type { Journey } from "../../journey/journey.ts";
import { runRaw } from "../../journey/raw-database.ts";
import { expectFound, unwritten } from "./tampering.ts";

async function afterRegistration(journey: Journey): Promise<void> {
  const { token } = await journey.partnerWithToken("west");
  await journey.register("LICENCE-1", token);
}

const afterPerson = ({ deps }: Journey) =>
  addPerson(deps, { mail: "ann@acme.example", role: "auditor", addedBy: "cli:boss" });

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
  {
    what: "a code that goes on after its end",
    after: async ({ deps }) => {
      await addCoupon(deps, { code: "NORTH", partner: "north" });
      await endCoupon(deps, "NORTH");
    },
    refused: /a code stays its partner's for its time, and ended once it is/,
    statements: ["update coupons set ended_at = null"],
    says: [],
  },
  {
    what: "a partner of another kind, whom another plan pays",
    refused: /a partner stays of its kind/,
    statements: ["update partners set kind = 'distributor' where id = 'south'"],
    says: [],
  },
  ...[
    { statement: "update tokens set expires_at = 1", refused: /a token stays as it was issued/ },
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
