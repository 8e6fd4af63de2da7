import { renewalLink } from "@tallystick/sdk/protocol";
import { findPartner } from "../channel/rows/partners.ts";
import type { CustomerOfProduct } from "../customers/customers-of.ts";
import type { Deps } from "../deps/deps.ts";
import type { Letter } from "../mail/letter.ts";
import { type MailText, mailTexts } from "../messages/mail/index.ts";
import { rewardsTexts } from "../messages/rewards/index.ts";
import { type Speech, speak } from "../messages/speak.ts";
import { wantedLanguages } from "../pages/app-page.ts";
import { rewardInView } from "../rewards/reward-in-view.ts";
import { offerText, type RewardSpeech } from "../rewards/reward-words.ts";
import type { Tx } from "../store/store.ts";
import { standingToken } from "../tokens/standing-tokens.ts";
import type { Instant } from "../words/clock.ts";
import type { PartnerId, ProductId } from "../words/ids.ts";
import { Refusal } from "../words/refusal.ts";
import { stopNoticesUrl } from "./stop-notices.ts";
import { productName } from "./write-letters.ts";

/** What says it in the customer's language. */
export interface RenewalSpeech {
  mail: Speech<MailText>;
  rewards: RewardSpeech;
}

/** Loads the language of a customer. */
export async function speakRenewal(
  { brand }: Pick<Deps["config"], "brand">,
  chosen: string | null,
): Promise<RenewalSpeech> {
  const mail = await speak(mailTexts, wantedLanguages(brand, { chosen }));
  return { mail, rewards: await speak(rewardsTexts, [mail.tag]) };
}

/** The partner's own link where it sells, else the product's. */
export async function renewalUrl(
  deps: Deps,
  { product, partner }: { product: ProductId; partner: PartnerId | null },
): Promise<string> {
  const receiver = deps.config.issuer;
  if (partner === null) return renewalLink({ receiver, product });
  try {
    const { token } = await standingToken(deps, { partner, product, batch: "renewal-notice" });
    return renewalLink({ receiver, product, token });
  } catch (error) {
    // A partner that sells no more has no new token; its customer renews all the same.
    if (error instanceof Refusal) return renewalLink({ receiver, product });
    throw error;
  }
}

/** What is written to somebody whose term ends, with the partner named who sold it and what that partner gives for renewing. */
export async function renewalLetter(
  tx: Tx,
  deps: Deps,
  {
    customer,
    email,
    endsAt,
    url,
    speech: {
      mail: { say, day, tag, direction },
      rewards,
    },
  }: {
    customer: CustomerOfProduct;
    email: string;
    endsAt: Instant;
    url: string;
    speech: RenewalSpeech;
  },
): Promise<Letter> {
  const { config } = deps;
  const { licenceEnd } = customer;
  const partner = customer.partner === null ? undefined : await findPartner(tx, customer.partner);
  const product = productName(config, customer.product);
  const values = { product, date: day(endsAt) };
  const reward =
    partner === undefined
      ? undefined
      : await rewardInView(tx, { partner: partner.id, product: customer.product, at: deps.clock() });
  return {
    subject: say("renewal_subject", values),
    paragraphs: [
      say("renewal_text", values),
      ...(partner === undefined ? [] : [say("renewal_seller", { partner: partner.name, product })]),
    ],
    figures: [
      {
        label: licenceEnd === null ? product : say("service_licence", { product, end: licenceEnd }),
        value: day(endsAt),
      },
      // In the receiver's words: what a partner wrote would stand in the vendor's mail.
      ...(partner === undefined || reward === undefined
        ? []
        : [{ label: say("renewal_reward", { partner: partner.name }), value: offerText(rewards, reward) }]),
    ],
    action: { label: say("renewal_action"), url },
    small: [say("renewal_small", { name: config.brand.name, product })],
    language: { tag, direction },
    unsubscribeUrl: stopNoticesUrl(deps, email),
    unsubscribeLabel: say("renewal_stop_button"),
  };
}
