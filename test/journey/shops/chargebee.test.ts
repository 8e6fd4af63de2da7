import { chargebeePaymentRefunded, chargebeePaymentSucceeded } from "../../shops/chargebee-fixtures.ts";
import { type Moment, tellShopStory } from "./shop-story.ts";

const invoice = "INV-1";
const subscription = "sub-1";
const envelope = ({ at, number }: Moment) => ({
  eventId: `ev_${number}`,
  occurredAtSeconds: Math.floor(Date.parse(at) / 1000),
});

tellShopStory({
  kind: "chargebee",
  order: invoice,
  sale: (told) => [
    chargebeePaymentSucceeded({
      ...envelope(told),
      invoice,
      recurring: told.subscription,
      subscription,
      fields: { cf_reference: told.reference },
    }),
  ],
  renewal: {
    order: "INV-2",
    event: (told) =>
      chargebeePaymentSucceeded({ ...envelope(told), invoice: "INV-2", first: false, subscription }),
  },
  partialRefund: (told) =>
    chargebeePaymentRefunded({ ...envelope(told), id: "txn_1", invoice, amountMinor: 3570 }),
  fullRefund: (told) =>
    chargebeePaymentRefunded({
      ...envelope(told),
      id: "txn_2",
      invoice,
      amountMinor: told.afterPartial ? 8330 : 11_900,
    }),
  resent: (event) => ({ ...event, id: `${event.id}again` }),
  asTest: ({ content, ...event }) => {
    const { transaction, ...rest } = content as { transaction: object };
    return { ...event, content: { ...rest, transaction: { ...transaction, gateway: "chargebee" } } };
  },
});
