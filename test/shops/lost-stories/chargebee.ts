import { chargebeePaymentRefunded, chargebeePaymentSucceeded } from "../chargebee-fixtures.ts";
import { type LostStory, seconds } from "./story.ts";

const at = (day: number, name = "") => ({ eventId: `ev_${name}${day}`, occurredAtSeconds: seconds(day) });
const chargebeeTells = (reference: string) => [
  chargebeePaymentSucceeded({ ...at(0), fields: { cf_reference: reference } }),
  chargebeePaymentRefunded({ ...at(2), id: "txn_2" }),
  chargebeePaymentRefunded({
    ...at(5),
    ...{ id: "txn_2", name: "transaction_updated", transaction: { status: "failure" } },
  }),
  chargebeePaymentRefunded({ ...at(7), id: "txn_3", amountMinor: 2380 }),
  chargebeePaymentSucceeded({ ...at(350), invoice: "INV-2", first: false }),
  chargebeePaymentRefunded({ ...at(360), id: "txn_4", invoice: "INV-2", amountMinor: 5950 }),
];

/** Stories of Chargebee whose webhooks may be lost. */
export const chargebeeStories: LostStory[] = [
  {
    name: "a refund that fails, another one, and a renewal of which half goes back",
    ...{ kind: "chargebee", host: "https://acme.chargebee.com" },
    settings: { user: "tallystick", api: { url: "https://acme.chargebee.com", key: "live_1" } },
    tells: chargebeeTells,
    api: (reference) => () => ({ body: { list: chargebeeTells(reference).map((event) => ({ event })) } }),
    ends: { "INV-1042": 800, "INV-2": 500 },
  },
];
