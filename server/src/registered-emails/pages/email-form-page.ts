import { escapeHtml } from "../../pages/html-text.ts";
import { documentPage, messagePage } from "../../pages/page.ts";
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

const style = `
form { margin-top: 1.25rem; }
label { display: block; font-weight: 600; }
input[type=email] { display: block; width: 100%; margin-top: .375rem; padding: .625rem .75rem; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--soft); border-radius: .5rem; }
input[aria-invalid=true] { border-color: var(--wrong); border-width: 2px; }
.consent { display: grid; grid-template-columns: auto 1fr; gap: .75rem; margin-top: 1.25rem; font-weight: 400; }
.consent input { width: 1.25rem; height: 1.25rem; margin: .2rem 0 0; accent-color: var(--ink); }
button { margin-top: 1.5rem; width: 100%; min-height: 2.75rem; padding: .625rem 1rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--card); background: var(--ink); border: 1px solid transparent; border-radius: .5rem; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.wrong { margin: 1rem 0 0; padding: .75rem .875rem; color: var(--ink); border-left: 4px solid var(--wrong); background: var(--paper); }
.small { font-size: .875rem; }
:root { --focus: #1f6feb; --wrong: #b42318; }
@media (prefers-color-scheme: dark) { :root { --focus: #79b8ff; --wrong: #ff8a80; } }
`;

/** The form as a page: works without scripts, by keyboard and by screen reader. */
export function emailFormPage(form: EmailForm): string {
  const { partnerName, productName, consent, email = "", agreed = false, problem } = form;
  const title = `Register with ${partnerName}`;
  const bought = productName === undefined ? "" : ` for ${productName}`;
  const lead = `Leave your e-mail address${bought}, so that ${partnerName} is paid for having sold to you when you buy or renew.`;
  const isAt = (field: FormProblem) =>
    problem === field ? ' aria-invalid="true" aria-describedby="problem"' : "";
  const focus = (field: FormProblem) => (problem === field ? " autofocus" : "");
  const body = `<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(lead)}</p>
${problem === undefined ? "" : `<p class="wrong" id="problem" role="alert">${escapeHtml(problemWords[problem])}</p>\n`}<form method="post">
<label for="email">Your e-mail address</label>
<input id="email" name="email" type="email" autocomplete="email" inputmode="email" maxlength="254" required value="${escapeHtml(email)}"${isAt("email")}${focus("email")}>
<label class="consent"><input name="consent" type="checkbox" value="${consentId(consent)}" required${agreed ? " checked" : ""}${isAt("consent")}${focus("consent")}><span>${escapeHtml(consent.wording)}</span></label>
<button>Register</button>
</form>
<p class="small">Wording ${escapeHtml(consent.version)}.</p>`;
  return documentPage({ title: problem === undefined ? title : `Please check: ${title}`, body, style });
}

/** What everybody is told who registers, the first and the second. */
export const registeredPage = (partnerName: string): string =>
  messagePage({
    title: "Your address is registered",
    text: [
      `Thank you. When you buy or renew with this address, ${partnerName} may be paid a commission; nothing changes for you.`,
      "To have the address erased, write to whoever gave you the link, or to the maker of the program.",
    ],
  });

/** For a link that was not made here, or no longer counts. */
export const unknownFormPage = messagePage({
  title: "This link leads nowhere",
  text: ["It may be incomplete, or it was withdrawn. Please ask whoever gave it to you for a new one."],
});

/** For a link whose time is over. */
export const endedFormPage = messagePage({
  title: "This link has expired",
  text: ["Please ask whoever gave it to you for a new one."],
});
