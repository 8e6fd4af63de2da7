import { z } from "zod";
import { isEmailAddress } from "../words/email-address.ts";

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
  })
  .prefault({});

/** `approvals` after parsing. */
export type ApprovalsConfig = z.output<typeof approvalsConfig>;
