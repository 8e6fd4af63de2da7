import type { NetworkSettings, ReadyNetworkKind } from "../../server/src/config/network-config.ts";
import { openNetwork } from "../../server/src/networks/open-networks.ts";
import type { CreditFacts, OutboxDestination, OutboxMessage } from "../../server/src/outbox/adapter.ts";
import { as } from "../../server/src/words/ids.ts";

/** Settings of each ready network, secrets read. Their values need encoding wherever they stand. */
export const settingsOf: Readonly<Record<ReadyNetworkKind, NetworkSettings>> = {
  impact: {
    kind: "impact",
    accountSid: "SID1",
    authToken: "to:ken",
    campaignId: "1000",
    actionTrackerId: "2240",
  },
  awin: {
    kind: "awin",
    advertiserId: "1001",
    apiKey: "awin-key",
    accessToken: "awin-token",
    commissionGroup: "DEFAULT",
  },
  cj: { kind: "cj", enterpriseId: "1234567", actionTrackerId: "987654", accessToken: "cj-token" },
  shareasale: {
    kind: "shareasale",
    merchantId: "12345",
    token: "NGc6dg5e9URups5o",
    secretKey: "ATj7vd8b7CCjeq9yQUo8cc2w3OThqe2e",
  },
  rakuten: { kind: "rakuten", merchantId: "4321" },
  tapfiliate: { kind: "tapfiliate", apiKey: "tap-key", programId: "acme programme" },
  "post-affiliate-pro": {
    kind: "post-affiliate-pro",
    url: "https://acme.postaffiliatepro.com/",
    accountId: "default1",
  },
  partnerstack: { kind: "partnerstack", publicKey: "pk", secretKey: "sk" },
  everflow: { kind: "everflow", apiKey: "ef-key", offerId: "33", timezoneId: "67", currency: "EUR" },
  tune: { kind: "tune", networkId: "demo", networkToken: "NET&TOKEN", offerId: "26", currency: "EUR" },
};

/** A ready network with the settings above. */
export const readyNetwork = (kind: ReadyNetworkKind) => openNetwork(kind, settingsOf[kind]);

/** A partner's membership: the network calls it 77 by default. */
export const member = (settings: Readonly<Record<string, string>> = { id: "77" }): OutboxDestination => ({
  id: "north-shop/network",
  partner: as.partner("north-shop"),
  sharing: "full",
  url: null,
  secrets: [],
  settings,
});

/** When all requests of the tests leave. */
export const sentAt = new Date("2026-11-22T09:30:00.000Z");

const left = { convert: 4_900, adjust: 2_900, reverse: 0, notice: 0 } as const;

/** A message about an order of 49.00 EUR, of which 20.00 are refunded and then the rest. */
export function message(kind: OutboxMessage["kind"], facts: Partial<CreditFacts> = {}): OutboxMessage {
  return {
    key: "msg_0123456789abcdef01234567",
    kind,
    seq: 1,
    conversionId: kind === "convert" ? null : "conv/1",
    facts: {
      order: as.order("ord_1"),
      shop: "stripe",
      shopOrder: "in_1&x=2",
      cycle: "renewal",
      product: as.product("acme-paint"),
      partner: as.partner("north-shop"),
      currency: as.currency("EUR"),
      creditMinor: left[kind] / 10,
      previousCreditMinor: 0,
      netMinor: 4_900,
      remainingNetMinor: left[kind],
      reference: null,
      cause: kind === "convert" ? "sale" : "refund",
      occurredAt: "2026-11-20T08:05:09.000Z",
      changedAt: "2026-11-21T10:00:00.000Z",
      ...facts,
    },
  };
}
