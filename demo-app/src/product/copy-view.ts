import type { RenewalStatus } from "@tallystick/sdk";
import type { PromptView } from "@tallystick/sdk/prompt";
import type { Handout } from "../ways/way.ts";

/** What the window shows of one installed copy. */
export interface CopyView {
  /** The demo's time, which the product takes for the machine's. */
  now: Date;
  /** The moment the time strip was last set to, when it was. */
  moment: string | undefined;
  licence: string;
  /** What the customer holds and has not typed yet: until then the copy has no licence. */
  toType: Handout["code"];
  /** The code that she may type at the checkout. */
  coupon: string | undefined;
  expiresAt: Date;
  status: RenewalStatus;
  /** The name of the shop this copy came from; absent when no token was found. */
  seller: string | undefined;
  /** The prompt that is due, in the customer's language, or `null`. */
  prompt: PromptView | null;
  /** What the last action came to, said once. */
  said: { tone: "good" | "plain"; text: string } | undefined;
}

const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

/** A day as people write it, such as `21 November 2027`. */
export const dayText = (at: Date): string => days.format(at);

/** A number of days with its noun. */
export const daysText = (count: number): string => (count === 1 ? "1 day" : `${count} days`);
