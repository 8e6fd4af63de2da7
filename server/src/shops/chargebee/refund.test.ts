import { describe, expect, it } from "vitest";
import {
  chargebeeInvoiceEvent,
  chargebeePaymentRefunded,
} from "../../../../test/shops/chargebee-fixtures.ts";
import { chargebeeDelivery, chargebeeSecret } from "../../../../test/shops/deliveries.ts";
import { instant } from "../../words/clock.ts";
import { as } from "../../words/ids.ts";
import { openShops } from "../open-shops.ts";

const name = as.shop("chargebee");
const settings = { kind: "chargebee" as const, secrets: [chargebeeSecret], user: "tallystick" };
const shop = openShops(new Map([[name, settings]])).get(name);
const read = (payload: unknown) => shop?.read(chargebeeDelivery(payload), instant(0));

function onlyEvent(payload: unknown) {
  const reading = read(payload);
  if (reading?.outcome !== "events") throw new Error(`it was ${JSON.stringify(reading)}`);
  return reading.events[0];
}

describe("money that goes back at Chargebee", () => {
  it("reads a refund by its own transaction", () => {
    expect(onlyEvent(chargebeePaymentRefunded({ amountMinor: 3570 }))).toMatchObject({
      effect: "refund",
      objectId: expect.stringMatching(/^txn_169vvoU3YUvr976a:done:\d+$/),
      movement: "txn_169vvoU3YUvr976a",
      status: "done",
      target: ["INV-1042"],
      amountMinor: 3570,
      cumulative: false,
      createdAt: 1_763_661_589_000,
    });
    expect(read(chargebeePaymentRefunded({ invoice: null }))).toMatchObject({ outcome: "ignored" });
  });

  it.each([
    ["refund_initiated", { status: "in_progress" }, "pending"],
    ["payment_refunded", { status: "success" }, "done"],
    ["transaction_updated", { status: "failure" }, "failed"],
    ["transaction_updated", { status: "voided" }, "cancelled"],
    ["transaction_updated", { deleted: true }, "deleted"],
    ["transaction_deleted", {}, "deleted"],
  ])("reads %s of a refund %o as %s", (name, transaction, status) => {
    expect(onlyEvent(chargebeePaymentRefunded({ name, transaction }))).toMatchObject({
      effect: "refund",
      movement: "txn_169vvoU3YUvr976a",
      objectId: expect.stringMatching(`^txn_169vvoU3YUvr976a:${status}:`),
      status,
    });
  });

  it("tells nothing of a payment by events about transactions", () => {
    const transaction = { type: "payment" };
    for (const name of ["transaction_created", "transaction_updated"])
      expect(read(chargebeePaymentRefunded({ name, transaction }))).toMatchObject({ outcome: "ignored" });
  });

  it("reads net, tax and lines of a refund by its credit note", () => {
    const line_items = [
      { reference_line_item_id: "li_1", amount: 2000, tax_amount: 380 },
      { reference_line_item_id: "li_2", amount: 1000, tax_amount: 0 },
    ];
    const note = { total: 3380, line_items };
    expect(onlyEvent(chargebeePaymentRefunded({ amountMinor: 3380, note }))).toMatchObject({
      netMinor: 3000,
      lines: [
        { line: "li_1", netMinor: 2000, taxMinor: 380 },
        { line: "li_2", netMinor: 1000, taxMinor: 0 },
      ],
    });
    const half = onlyEvent(chargebeePaymentRefunded({ amountMinor: 1690, note }));
    expect(half).toMatchObject({ netMinor: 1500 });
    expect(half).not.toHaveProperty("lines");
    const tax = [{ reference_line_item_id: "li_1", amount: 0, tax_amount: 380 }];
    const taxAlone = { total: 380, line_items: tax };
    expect(onlyEvent(chargebeePaymentRefunded({ amountMinor: 380, note: taxAlone }))).toMatchObject({
      netMinor: 0,
    });
  });

  it("gives each invoice its part of a refund of several", () => {
    const linked_credit_notes = [
      { cn_id: "CN-1", applied_amount: 1000, cn_reference_invoice_id: "INV-1" },
      { cn_id: "CN-2", applied_amount: 500, cn_reference_invoice_id: "INV-2" },
    ];
    const reading = read(chargebeePaymentRefunded({ transaction: { linked_credit_notes } }));
    expect(reading).toMatchObject({
      events: [
        { target: ["INV-1"], amountMinor: 1000, movement: "txn_169vvoU3YUvr976a/CN-1" },
        { target: ["INV-2"], amountMinor: 500, movement: "txn_169vvoU3YUvr976a/CN-2" },
      ],
    });
  });

  it("finds the sale of a reversal by the invoice whose payment it undoes", () => {
    const reversal = (...ids: string[]) =>
      chargebeePaymentRefunded({
        name: "transaction_created",
        invoice: null,
        transaction: { type: "payment_reversal", linked_invoices: ids.map((invoice_id) => ({ invoice_id })) },
      });
    expect(onlyEvent(reversal("INV-1042"))).toMatchObject({ target: ["INV-1042"], status: "done" });
    expect(read(reversal("INV-1042", "INV-1043"))).toMatchObject({ outcome: "ignored" });
  });

  it.each([
    ["invoice_updated", { status: "voided" }, "done"],
    ["invoice_updated", { status: "payment_due" }, "done"],
    ["invoice_deleted", {}, "done"],
    [
      "invoice_updated",
      { linked_payments: [{ txn_status: "failure" }, { txn_status: "success" }] },
      "cancelled",
    ],
  ])("reads %s with %o as all of it gone: %s", (type, more, status) => {
    expect(onlyEvent(chargebeeInvoiceEvent(type, more))).toMatchObject({
      effect: "refund",
      movement: "unpaid-INV-1042",
      status,
      target: ["INV-1042"],
      amountMinor: 11_900,
    });
  });

  it.each([
    ["was never paid", { status: "not_paid", paid_at: null }],
    ["is paid and stayed so", {}],
    ["cost nothing", { status: "voided", total: 0 }],
  ])("ignores the change of an invoice that %s", (_, more) => {
    expect(read(chargebeeInvoiceEvent("invoice_updated", more))).toMatchObject({ outcome: "ignored" });
  });
});
