import type { RewardTerms } from "../../commission/reward-terms.ts";
import type { Deps } from "../../deps/deps.ts";
import { hiddenFields } from "../../pages/app-page.ts";
import { formToken } from "../../pages/form.ts";
import { attributes, type Html, html } from "../../pages/html.ts";
import { card } from "../../pages/parts.ts";
import { offerOptions } from "../../rewards/offer-form.ts";
import type { PortalFace } from "./portal-face.ts";

/** The form that drafts an offer, as far as the plan allows kinds. */
export function rewardOfferForm(
  { config }: Deps,
  { person, speech }: PortalFace,
  { path, terms, form }: { path: string; terms: RewardTerms; form: URLSearchParams | undefined },
): Html {
  const { say } = speech;
  const value = (name: string) => form?.get(name) ?? "";
  const field = (name: string, label: string, more: Parameters<typeof attributes>[0] = {}, hint?: string) =>
    html`<div class="field"><label for="${name}">${label}</label><input${attributes({
      id: name,
      name,
      value: value(name),
      autocomplete: "off",
      ...(hint === undefined ? {} : { "aria-describedby": `${name}-hint` }),
      ...more,
    })}>${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}</div>
`;
  const select = (name: string, label: string, options: readonly (readonly [string, string])[]) =>
    html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(
      ([one, text]) =>
        html`<option${attributes({ value: one, selected: one === value(name) })}>${text}</option>`,
    )}</select></div>
`;
  return card({
    title: say("reward_new"),
    lead: say("reward_new_lead"),
    content: html`<form method="post" action="${path}">${formToken(person)}${hiddenFields({ do: "draft" })}${field(
      "title",
      say("reward_title"),
      { required: true, maxlength: 200 },
      say("reward_title_hint"),
    )}${select(
      "kind",
      say("reward_kind"),
      offerOptions(speech, terms.kinds),
    )}${terms.kinds.includes("points") && field("points", say("reward_points"), { inputmode: "numeric", maxlength: 14 })}${
      terms.kinds.includes("coupon") &&
      html`${field("worth", say("reward_worth"), { inputmode: "decimal", maxlength: 20 })}${select(
        "currency",
        say("currency"),
        terms.capPerRenewal.map(({ currency }) => [currency, currency] as const),
      )}`
    }${select("product", say("product"), [
      ["", say("reward_every_product")],
      ...[...config.products.values()].map(({ id, name }) => [id, name] as const),
    ])}${field("from", say("reward_from"), { type: "date" })}${field("until", say("reward_until"), { type: "date" })}<div class="actions"><button class="main">${say("reward_draft")}</button></div></form>`,
  });
}
