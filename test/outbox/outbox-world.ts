import type { NetworkAdapters } from "../../server/src/outbox/adapter.ts";
import { setPartnerWebhook } from "../../server/src/outbox/destinations.ts";
import { listOutbox } from "../../server/src/outbox/outbox.ts";
import { findNextDue } from "../../server/src/outbox/rows/work.ts";
import { openSender } from "../../server/src/outbox/start-outbox.ts";
import { startOutboxWorker } from "../../server/src/outbox/worker.ts";
import type { Sender } from "../../server/src/outgoing/send-request.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import type { Bench } from "../postgres/on-every-engine.ts";
import { ownPurchaseCompleted, ownPurchaseRefunded } from "../shops/own-shop-fixtures.ts";
import { until } from "../until.ts";
import { startListener } from "./listener.ts";

/** Opens a receiver whose partner `north` hears of its credits, unless `hears` is false. */
export async function openOutboxWorld(bench: Bench, { hears = true } = {}) {
  const listener = await startListener();
  const journey = await openJourney(bench, { outbox: { allowPrivate: [listener.host] } });
  const { token } = await journey.partnerWithToken("north", { sharing: "transaction" });
  const webhook = hears
    ? await setPartnerWebhook(journey.deps, { partner: "north", url: listener.url })
    : undefined;
  const secret = webhook !== undefined && "secret" in webhook ? String(webhook.secret) : "";
  return Object.assign(journey, deedsIn(journey, token), { listener, secret });
}

const deedsIn = (journey: Journey, token: string) => ({
  /** The partner sells: 20 percent of 100.00 EUR. */
  async sell(order = "A-1001") {
    const { reference } = await journey.click(`https://renew.acme.example/r/acme-paint?t=${token}`);
    const sale = { order, reference, licence: null, coupon: null, subscription: null };
    return journey.own(ownPurchaseCompleted(sale));
  },
  /** Part of what was paid, 119.00 with tax, goes back. */
  refund: (refund: string, amountMinor: number, order = "A-1001") =>
    journey.own(ownPurchaseRefunded({ order, refund, amountMinor })),
  /** All messages, those of one order in their order. */
  messages: async () =>
    (await listOutbox(journey.deps)).messages.sort((a, b) =>
      a.order === b.order ? a.seq - b.seq : a.order < b.order ? -1 : 1,
    ),
  /** Sends what is due now, and what becomes due by that, as a worker does that is started and stopped again. */
  async sendDue({ networks = new Map(), deps = journey.deps, sender }: SendOptions = {}) {
    const isDue = async () => {
      const due = await journey.deps.store.read(findNextDue);
      return due !== null && due <= journey.now;
    };
    while (await isDue()) {
      const worker = startOutboxWorker(deps, {
        workers: 16,
        perDestination: 4,
        networks,
        sender: sender ?? openSender(deps.config),
        pollMilliseconds: 20,
        chance: () => 0.5,
      });
      await until(async () => !(await isDue()));
      await worker.stop(300_000);
    }
  },
});

interface SendOptions {
  networks?: NetworkAdapters;
  deps?: Journey["deps"];
  /** One as the configuration has it by default; the worker closes it. */
  sender?: Sender;
}
