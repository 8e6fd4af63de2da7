import { Readable } from "node:stream";
import { addCoupon } from "../../../server/src/coupons/coupons.ts";
import { importSerials } from "../../../server/src/serials/import-serials.ts";
import { issueVouchers, openVoucherBatch } from "../../../server/src/vouchers/issue.ts";
import { redeemVoucher } from "../../../server/src/vouchers/redeem.ts";
import type { Journey } from "../../journey/journey.ts";
import { ownPurchaseCompleted } from "../../shops/own-shop-fixtures.ts";
import { expectFound } from "./tampering.ts";

const click = /a click that led to an order stays as it was/;
const bound = /a registration that orders rest upon stays as it was/;

/** A purchase in the vendor's own shop without a link, now; members given are those of its data. */
const buy = (journey: Journey, more: Record<string, unknown>) => {
  const paidAt = new Date(journey.now).toISOString();
  const nothing = { reference: undefined, coupon: undefined, licence: undefined };
  return journey.own(ownPurchaseCompleted({ ...nothing, paidAt, ...more }));
};

/** A copy that north sold is registered, and its licence renewed. */
async function afterRegistration(journey: Journey) {
  const { token } = await journey.partnerWithToken("west");
  await journey.register("LICENCE-1", token);
  journey.pass(1);
  await buy(journey, { licence: "LICENCE-1" });
}

async function afterCoupon(journey: Journey) {
  await addCoupon(journey.deps, { code: "NORTH10", partner: "north" });
  await buy(journey, { coupon: "north10" });
}

/** A subscription that a link began is renewed: the renewal rests on that link. */
async function afterRenewal(journey: Journey) {
  const { token } = await journey.partnerWithToken("west");
  const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
  await buy(journey, { order: "A-1", reference, licence: "LICENCE-2", cycle: "new" });
  journey.pass(365);
  await buy(journey, { order: "A-2", licence: "LICENCE-2" });
}

const serial = "PAINT-0001-Q7W3";

/** A copy with a serial of north's batch is renewed: its licence is the serial. */
async function afterSerial(journey: Journey) {
  const source = Readable.from([Buffer.from(serial)]);
  await importSerials(journey.deps, { batch: "batch", product: "acme-paint", partner: "north", source });
  journey.pass(1);
  await buy(journey, { licence: serial });
}

/** A voucher of north is exchanged for a serial, and the copy renewed. */
async function afterVoucher(journey: Journey) {
  const { deps } = journey;
  const source = Readable.from([Buffer.from(serial)]);
  await importSerials(deps, { batch: "pool", product: "acme-paint", pool: true, source });
  const { batch } = await openVoucherBatch(deps, { partner: "north", product: "acme-paint" });
  for await (const [voucher] of issueVouchers(deps, batch, 1))
    await redeemVoucher(deps, { code: voucher?.code ?? "" });
  journey.pass(1);
  await buy(journey, { licence: serial });
}

expectFound("a tampering with what a decision rests upon is found:", [
  {
    what: "a deleted click",
    refused: click,
    table: "clicks",
    statements: ["delete from clicks where partner_id = 'north'"],
    says: [/^order stripe cs_1: the click that its decision rests upon is not there$/],
  },
  {
    what: "a click of another partner",
    refused: click,
    table: "clicks",
    statements: ["update clicks set partner_id = 'south' where partner_id = 'north'"],
    says: [/^order stripe cs_1: the click that its decision rests upon is not there$/],
  },
  {
    what: "the click of an earlier order that a renewal inherited",
    after: afterRenewal,
    refused: click,
    table: "clicks",
    statements: ["update clicks set jti = 'another' where partner_id = 'west'"],
    says: [
      /^order own A-1: the click that its decision rests upon is not there$/,
      /^order own A-2: the click of an earlier order that its decision rests upon is not there$/,
    ],
  },
  {
    what: "a deleted registration",
    after: afterRegistration,
    refused: bound,
    table: "registrations",
    statements: ["delete from registrations"],
    says: [/^order own A-1001: the registration that its decision rests upon is not there$/],
  },
  {
    what: "a registration for another partner",
    after: afterRegistration,
    refused: bound,
    table: "registrations",
    statements: ["update registrations set partner_id = 'south'"],
    says: [/^order own A-1001: the registration that its decision rests upon is not there$/],
  },
  {
    what: "a registration of another licence",
    after: afterRegistration,
    statements: ["update registrations set licence_hash = 'another'"],
    says: [/^order own A-1001: the registration that its decision rests upon is not there$/],
  },
  {
    what: "a code that was given to another partner",
    after: afterCoupon,
    refused: /a code stays its partner's for its time, and ended once it is/,
    table: "coupons",
    statements: ["update coupons set partner_id = 'south'"],
    says: [/^order own A-1001: the code that its decision rests upon is not there$/],
  },
  {
    what: "a code that is gone",
    after: afterCoupon,
    statements: ["delete from coupons"],
    says: [/^order own A-1001: the code that its decision rests upon is not there$/],
  },
  {
    what: "a code that was taken out of the order",
    after: afterCoupon,
    statements: ["update orders set coupon = null where order_id = 'A-1001'"],
    says: [
      /^order own A-1001: its codes are not those that its events tell$/,
      /^order own A-1001: the code that its decision rests upon is not there$/,
    ],
  },
  {
    what: "a batch of serials that was assigned to nobody",
    after: afterSerial,
    refused: /serial_assignments is append-only/,
    table: "serial_assignments",
    statements: ["delete from serial_assignments"],
    says: [/^order own A-1001: the serial that its decision rests upon is not there$/],
  },
  {
    what: "a batch of serials that was assigned to another partner",
    after: afterSerial,
    refused: /serial_assignments is append-only/,
    table: "serial_assignments",
    statements: ["update serial_assignments set partner_id = 'south'"],
    says: [/^order own A-1001: the serial that its decision rests upon is not there$/],
  },
  {
    what: "a batch of vouchers of another partner",
    after: afterVoucher,
    refused: /a batch of vouchers stays its partner's/,
    table: "voucher_batches",
    statements: ["update voucher_batches set partner_id = 'south'"],
    says: [/^order own A-1001: the voucher that its decision rests upon is not there$/],
  },
  {
    what: "a deleted voucher",
    after: afterVoucher,
    refused: /a voucher stays in its batch/,
    table: "vouchers",
    statements: ["delete from vouchers"],
    says: [/^order own A-1001: the voucher that its decision rests upon is not there$/],
  },
]);
