import type { CardsText } from "../../messages/cards/index.ts";
import type { CardFace } from "../../pages/card-face.ts";
import { choice, textField } from "../../pages/form.ts";
import { html } from "../../pages/html.ts";
import { alertText, messagePage } from "../../pages/message.ts";
import { cardPage, type Page } from "../../pages/page.ts";
import { type Consent, consentId } from "../consent.ts";

/** The form by which a customer registers an address with a partner. */
export interface EmailForm {
  partnerName: string;
  productName: string | undefined;
  consent: Consent;
  /** What was typed before, when it was sent and something was wrong. */
  email?: string;
  agreed?: boolean;
  problem?: FormProblem;
}

/** What may be wrong with a form that was sent. */
export type FormProblem = "elsewhere" | "email" | "consent" | "wording" | "too_often";

const problemTexts = {
  elsewhere: "email_elsewhere",
  email: "email_invalid",
  consent: "email_consent",
  wording: "email_changed",
  too_often: "email_often",
} as const satisfies Record<FormProblem, CardsText>;

/** The form as a page: works without scripts, by keyboard and by screen reader. */
export function emailFormPage({ parts, speech: { say } }: CardFace, form: EmailForm): Page {
  const { partnerName: partner, productName: product, consent, email = "", agreed = false, problem } = form;
  const title = say("email_title", { partner });
  const lead =
    product === undefined ? say("email_lead", { partner }) : say("email_lead_product", { partner, product });
  const at = (field: FormProblem) => (problem === field ? say(problemTexts[field]) : undefined);
  const isOfField = problem === "email" || problem === "consent";
  const content = html`<h1>${title}</h1>
<p>${lead}</p>
<form method="post" novalidate>
${problem !== undefined && !isOfField && alertText(say(problemTexts[problem]))}
${textField({ name: "email", label: say("email_label"), value: email, problem: at("email"), input: emailInput })}
${choice({ name: "consent", value: consentId(consent), text: consent.wording, isTicked: agreed, problem: at("consent") })}
<button>${say("email_button")}</button>
</form>
<p class="small">${say("email_wording", { version: consent.version })}</p>`;
  return cardPage({
    ...parts,
    title: problem === undefined ? title : say("email_check", { title }),
    content,
    sendsTo: "here",
  });
}

const emailInput = {
  type: "email",
  autocomplete: "email",
  inputmode: "email",
  dir: "ltr",
  maxlength: 254,
  required: true,
};

/** What everybody is told who registers, the first and the second. */
export const registeredPage = ({ parts, speech: { say } }: CardFace, partner: string): Page =>
  messagePage(parts.brand, {
    ...parts,
    title: say("email_done"),
    text: [say("email_done_text", { partner }), say("email_done_erase")],
  });

/** For a link that was not made here, or no longer counts. */
export const unknownFormPage = ({ parts, speech: { say } }: CardFace): Page =>
  messagePage(parts.brand, { ...parts, title: say("link_unknown"), text: [say("link_unknown_text")] });

/** For a link whose time is over. */
export const endedFormPage = ({ parts, speech: { say } }: CardFace): Page =>
  messagePage(parts.brand, { ...parts, title: say("link_ended"), text: [say("link_ended_text")] });
