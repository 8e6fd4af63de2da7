import type { Brand } from "../../config/brand-config.ts";
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

const problemWords: Readonly<Record<FormProblem, string>> = {
  elsewhere: "This came from another page. Please look at it, and press the button once more.",
  email: "That is not an e-mail address. Please write it as in name@example.com.",
  consent: "Without your consent the address cannot be registered. Please tick the box if you agree.",
  wording: "The text you are asked to agree to has changed since the page was opened. Please read it again.",
  too_often: "Too many addresses were registered from here. Please try again later.",
};

/** The form as a page: works without scripts, by keyboard and by screen reader. */
export function emailFormPage(brand: Brand, form: EmailForm): Page {
  const { partnerName, productName, consent, email = "", agreed = false, problem } = form;
  const title = `Register with ${partnerName}`;
  const bought = productName === undefined ? "" : ` for ${productName}`;
  const lead = `Leave your e-mail address${bought}, so that ${partnerName} is paid for having sold to you when you buy or renew.`;
  const at = (field: FormProblem) => (problem === field ? problemWords[field] : undefined);
  const isOfField = problem === "email" || problem === "consent";
  const content = html`<h1>${title}</h1>
<p>${lead}</p>
<form method="post" novalidate>
${problem !== undefined && !isOfField && alertText(problemWords[problem])}
${textField({ name: "email", label: "Your e-mail address", value: email, problem: at("email"), input: emailInput })}
${choice({ name: "consent", value: consentId(consent), text: consent.wording, isTicked: agreed, problem: at("consent") })}
<button>Register</button>
</form>
<p class="small">Wording ${consent.version}.</p>`;
  return cardPage({
    brand,
    title: problem === undefined ? title : `Please check: ${title}`,
    content,
    sendsTo: "here",
  });
}

const emailInput = {
  type: "email",
  autocomplete: "email",
  inputmode: "email",
  maxlength: 254,
  required: true,
};

/** What everybody is told who registers, the first and the second. */
export const registeredPage = (brand: Brand, partnerName: string): Page =>
  messagePage(brand, {
    title: "Your address is registered",
    text: [
      `Thank you. When you buy or renew with this address, ${partnerName} may be paid a commission; nothing changes for you.`,
      "To have the address erased, write to whoever gave you the link, or to the maker of the program.",
    ],
  });

/** For a link that was not made here, or no longer counts. */
export const unknownFormPage = (brand: Brand): Page =>
  messagePage(brand, {
    title: "This link leads nowhere",
    text: ["It may be incomplete, or it was withdrawn. Please ask whoever gave it to you for a new one."],
  });

/** For a link whose time is over. */
export const endedFormPage = (brand: Brand): Page =>
  messagePage(brand, {
    title: "This link has expired",
    text: ["Please ask whoever gave it to you for a new one."],
  });
