import type { NetworkEffects } from "../config/network-template.ts";

/** A network's template that comes with the receiver. */
export interface ReadyTemplate {
  /** As the network calls itself. */
  name: string;
  /** Where requests go. Its macros are settings of the network alone, checked when the configuration is read. */
  base: string;
  /** What `network link --id` takes: how the partner is named in the network. */
  memberId: string;
  /** Addresses of the documentation that was followed. */
  sources: readonly string[];
  /** What the documentation that could be found does not say, so that it was not verified; left out when it says all. */
  unverified?: string;
  effects: NetworkEffects;
}
