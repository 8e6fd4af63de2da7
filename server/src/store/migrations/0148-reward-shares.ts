import type { Definition } from "./ddl.ts";

/** What of the vendor's share of a redeemed reward its partner bears since the money went back. */
export const rewardShares: Definition = ({ int64 }) => [
  `alter table rewards add column vendor_back ${int64} not null default 0
    check (vendor_back >= 0 and vendor_back <= vendor_left and (vendor_back = 0 or state = 'redeemed'))`,
];
