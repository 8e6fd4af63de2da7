import type { Sharing } from "../agreements/agreement.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId } from "../words/ids.ts";

/** What a partner may be. */
export const partnerKinds = ["distributor", "reseller", "affiliate"] as const;

/** A partner as the command line and the admin API show it. */
export interface Partner {
  id: PartnerId;
  name: string;
  kind: (typeof partnerKinds)[number];
  /** Who stands above it now. */
  parent: PartnerId | null;
  /** Commission in percent of the net amount. */
  percent: number;
  /** Whether an address is known, to notice a purchase by the partner itself. Only its keyed hash is kept. */
  emailRegistered: boolean;
  /** What it is shown of its customers' purchases, by the agreement in force now. */
  sharing: Sharing;
  /** A suspended one earns nothing for now; a merged one has ended, and another earns what names it. */
  status: "active" | "suspended" | "ended" | "merged";
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** From when on nothing is credited to it; null while the agreement holds. */
  endedAt: string | null;
  /** Since when it is suspended; null while it is not. */
  suspendedAt: string | null;
  /** The partner that is the same firm; null for one that was never merged. */
  mergedInto: PartnerId | null;
}

/** What is needed to add a partner: a reseller that is shown nothing of its customers by default. */
export interface NewPartner {
  id: string;
  name: string;
  kind?: Partner["kind"] | undefined;
  /** Who stands above it. */
  parent?: string | undefined;
  /** Since when the parent stands above it; since it is added by default. */
  since?: Instant | undefined;
  /** 0 to 100 with at most two decimals; by default the configuration's. */
  percent?: number | undefined;
  email?: string | undefined;
  sharing?: Partner["sharing"] | undefined;
}

/** What to change of a partner: what is left out stays, and null forgets its address. */
export interface PartnerChanges {
  name?: string | undefined;
  percent?: number | undefined;
  email?: string | null | undefined;
  sharing?: Partner["sharing"] | undefined;
  /** Who stands above it; null for nobody. What was decided before stays. */
  parent?: string | null | undefined;
  /** Since when the parent stands above it; now by default. A day to come is allowed. */
  since?: Instant | undefined;
}
