import { tokenRefusals } from "@tallystick/sdk/protocol";
import { evidenceRoutes } from "../../attribution/evidence.ts";
import { holdReasons, rightReasons, ruleReasons, unattributedReasons } from "../../attribution/reasons.ts";
import type { Config } from "../../config/config.ts";
import type { KnownSeries } from "../../http/metrics.ts";

const clickReasons = [
  ...tokenRefusals,
  "token_revoked",
  "token_unknown",
  "key_revoked",
  "partner_unknown",
  "partner_ended",
  "record_failed",
] as const;

/** All that a receiver with this configuration may come to count. */
export const knownSeries = (config: Pick<Config, "shops">): KnownSeries => ({
  shops: [...config.shops.keys()],
  clickReasons,
  decisions: [
    ...[...evidenceRoutes, ...rightReasons, ...ruleReasons].map((reason) => ["credited", reason] as const),
    ...holdReasons.map((reason) => ["held", reason] as const),
    ...unattributedReasons.map((reason) => ["unattributed", reason] as const),
  ],
  guarded: ["/v1/*", "/v1/partners"],
  requests: [
    ["/r/{product}", 302],
    ["/webhooks/{shop}", 200],
    ["/webhooks/{shop}", 500],
    ["/webhooks/{shop}", 503],
    ["/v1/registrations", 200],
  ],
});
