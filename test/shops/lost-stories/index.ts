import { chargebeeStories } from "./chargebee.ts";
import { gumroadStories } from "./gumroad.ts";
import { lemonStories } from "./lemon-squeezy.ts";
import { paddleStories } from "./paddle.ts";
import { polarStories } from "./polar.ts";
import { shopifyStories } from "./shopify.ts";
import type { LostStory } from "./story.ts";
import { stripeStories } from "./stripe.ts";
import { wooStories } from "./woocommerce.ts";

/** Stories of every shop whose API lists what was sold. */
export const lostStories: LostStory[] = [
  ...stripeStories,
  ...paddleStories,
  ...chargebeeStories,
  ...polarStories,
  ...lemonStories,
  ...shopifyStories,
  ...wooStories,
  ...gumroadStories,
];
