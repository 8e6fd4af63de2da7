import { z } from "zod";
import { isEmailAddress } from "../words/email-address.ts";

/** What moves partners' money without being an amount that somebody enters. */
export const furtherDeeds = ["rulings", "assignments"] as const;
/** One kind of it. */
export type FurtherDeed = (typeof furtherDeeds)[number];

/** `approvals`: what four eyes need to know of those who act without a sign-in. */
export const approvalsConfig = z
  .strictObject({
    holders: z
      .record(
        z.string().regex(/^(key:admin|cli:[^\p{Cc}]{1,64})$/u, "expected `key:admin` or `cli:USER`"),
        z.string().refine(isEmailAddress, "expected an e-mail address"),
      )
      .default({})
      .describe(
        "By actor, the e-mail address of the person who holds the admin token or uses the machine's account: with either they are one person",
      ),
    also: z
      .array(z.enum(furtherDeeds))
      .default([])
      .describe(
        "What else waits for a second person where `adjustments.approvalAboveMinor` sets limits: `rulings` on orders that move more than a limit, `assignments` of plans, whatever they move",
      ),
  })
  .prefault({});

/** `approvals` after parsing. */
export type ApprovalsConfig = z.output<typeof approvalsConfig>;
