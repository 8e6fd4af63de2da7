import type { ReadyNetworkKind } from "../config/network-config.ts";
import type { ReadyTemplate } from "./ready-template.ts";
import { awin } from "./templates/awin.ts";
import { cj } from "./templates/cj.ts";
import { everflow } from "./templates/everflow.ts";
import { impact } from "./templates/impact.ts";
import { partnerstack } from "./templates/partnerstack.ts";
import { postAffiliatePro } from "./templates/post-affiliate-pro.ts";
import { rakuten } from "./templates/rakuten.ts";
import { shareasale } from "./templates/shareasale.ts";
import { tapfiliate } from "./templates/tapfiliate.ts";
import { tune } from "./templates/tune.ts";

/** The templates that come with the receiver, by the kind that the configuration names. */
export const readyTemplates: Readonly<Record<ReadyNetworkKind, ReadyTemplate>> = {
  impact,
  awin,
  cj,
  shareasale,
  rakuten,
  tapfiliate,
  "post-affiliate-pro": postAffiliatePro,
  partnerstack,
  everflow,
  tune,
};
