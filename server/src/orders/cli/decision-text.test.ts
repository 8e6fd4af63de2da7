import { describe, expect, it } from "vitest";
import type { DecisionRecord } from "../explain/explain-order.ts";
import { decisionText } from "./decision-text.ts";

const record: DecisionRecord = {
  shop: "stripe",
  order: "cs_1",
  outcome: "credited",
  partner: "north",
  reason: "click_reference",
  cycle: "renewal",
  product: "acme-paint",
  country: "AT",
  netMinor: 4900,
  taxMinor: 931,
  currency: "EUR",
  occurredAt: "2026-11-21T12:00:00.000Z",
  receivedAt: "2026-11-21T12:00:05.000Z",
  evidence: [
    {
      kind: "token",
      route: "click_reference",
      partner: "north",
      verdict: "won",
      reason: "click_reference",
      rule: null,
      seenAt: "2026-11-21T11:59:00.000Z",
      token: "j1",
      coupon: null,
    },
    {
      kind: "email",
      route: "order_field",
      partner: "south",
      verdict: "lost",
      reason: "weaker_kind",
      rule: null,
      seenAt: "2026-01-01T00:00:00.000Z",
      token: null,
      coupon: null,
    },
  ],
  suspicions: [],
  plan: null,
  credits: [{ partner: "north", amountMinor: 613, remainingMinor: 613, currency: "EUR", rate: 12.5 }],
  lines: [],
  lostNetMinor: 0,
  releaseAt: null,
  policy: {},
  history: [
    {
      at: "2026-11-21T12:00:05.000Z",
      what: "decision",
      detail: { seq: 1, outcome: "credited", partner: "north", reason: "click_reference", cause: "sale" },
    },
    {
      at: "2026-11-21T12:00:05.000Z",
      what: "transfer",
      detail: {
        id: 1,
        kind: "credit",
        partner: "north",
        debit: "expense",
        credit: "held",
        amountMinor: 613,
        currency: "EUR",
        cause: "sale",
      },
    },
    {
      at: "2026-11-22T12:00:00.000Z",
      what: "refund",
      detail: { amountMinor: 5831, currency: "EUR", object: "re_1" },
    },
  ],
};

describe("a decision record for a person", () => {
  it("says who was credited, why, on what evidence, and what happened since", () => {
    expect(decisionText(record)).toMatchInlineSnapshot(`
      "Order cs_1 of stripe is credited to north by token.

        why       the customer clicked the partner's renewal link before buying (click_reference)
        product   acme-paint
        country   AT
        sale      renewal
        net       49.00 EUR
        tax       9.31 EUR
        bought    2026-11-21 12:00:00 UTC
        received  2026-11-21 12:00:05 UTC

      Evidence
        VERDICT  EVIDENCE  PARTNER  WHY                                                            SEEN
        won      token     north    the customer clicked the partner's renewal link before buying  2026-11-21 11:59:00 UTC
        lost     email     south    another kind of evidence is stronger                           2026-01-01 00:00:00 UTC

      Credits before refunds
        PARTNER    RATE    AMOUNT
        north    12.5 %  6.13 EUR

      History
        TIME                     WHAT      DETAIL
        2026-11-21 12:00:05 UTC  decision  credited to north: the customer clicked the partner's renewal link before buying (sale)
        2026-11-21 12:00:05 UTC  transfer  credit of 6.13 EUR for north: expense to held (sale)
        2026-11-22 12:00:00 UTC  refund    58.31 EUR
      "
    `);
  });

  it("says that nobody was credited, and that nothing was found", () => {
    const nobody: DecisionRecord = {
      ...record,
      outcome: "unattributed",
      partner: null,
      reason: "no_evidence",
      evidence: [],
      credits: [],
    };
    const text = decisionText(nobody);
    expect(text).toContain("Order cs_1 of stripe is credited to nobody.");
    expect(text).toContain("nothing says who sold the copy (no_evidence)");
    expect(text).toContain("None was found.");
    expect(text).not.toContain("Credits");
  });

  it("says what to do about an order that is held, and what was ruled on it", () => {
    const [token, email] = record.evidence;
    const held: DecisionRecord = {
      ...record,
      outcome: "held",
      partner: null,
      reason: "conflict",
      evidence: [
        { ...token, verdict: "lost", reason: "held" },
        { ...email, kind: "coupon", coupon: "NORTH10", verdict: "lost", reason: "held" },
        { ...email, kind: "manual", partner: null, verdict: "lost", reason: "seen_later" },
      ] as DecisionRecord["evidence"],
      credits: [],
      history: [
        {
          at: "2026-11-23T12:00:00.000Z",
          what: "ruling",
          detail: { seq: 1, partner: null, note: "Bought at the fair" },
        },
      ],
    };
    const text = decisionText(held);
    expect(text).toContain("Order cs_1 of stripe waits for a person to decide.");
    expect(text).toContain("Decide it with: tallystick order resolve stripe cs_1 --partner ID --note WHY");
    expect(text).toMatch(/coupon NORTH10 +south/);
    expect(text).toMatch(/manual +nobody/);
    expect(text).toContain("ruling  nobody: Bought at the fair");
    expect(decisionText(record)).not.toContain("Decide it with");
  });
});
