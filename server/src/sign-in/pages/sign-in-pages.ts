import type { Brand } from "../../config/brand-config.ts";
import type { SignInText } from "../../messages/sign-in/index.ts";
import type { Speech } from "../../messages/speak.ts";
import { textField } from "../../pages/form.ts";
import { type Html, html } from "../../pages/html.ts";
import { alertText } from "../../pages/message.ts";
import { cardPage, type Page } from "../../pages/page.ts";
import { faces } from "../../pages/style.ts";

/** In whose name and in which language a page is. */
export interface Face {
  brand: Brand;
  speech: Speech<SignInText>;
  /** What stands before the support address. */
  questions: string;
}

/** The form for the address, as it is first shown and after a refusal. */
export interface AddressForm {
  mail: string;
  /** Where the reader was going. */
  destination: string | undefined;
  intro: "intro" | "again_intro" | "customer_intro";
  /** What is wrong with the address. */
  problem?: string;
  /** What is wrong with all of it. */
  alert?: string;
  /** False where no mail is sent. */
  sendsMail: boolean;
  /** Other ways to sign in, as markup. */
  others?: Html | undefined;
  script?: string | undefined;
}

/** Asks for the address. It works without its script, which only adds passkeys. */
export function addressPage(face: Face, form: AddressForm): Page {
  const { say } = face.speech;
  const { mail, destination, intro, problem, alert, sendsMail, others, script } = form;
  return signInPage(
    face,
    say("title"),
    html`<h1>${say("title")}</h1>
${alert !== undefined && alertText(alert)}${
  (sendsMail || intro === "again_intro") && html`<p id="intro">${say(intro)}</p>\n`
}${
  sendsMail
    ? html`<form method="post" action="/sign-in" novalidate>
${textField({ name: "mail", label: say("mail_label"), value: mail, problem, hint: "intro", input: mailInput })}
${hiddenDestination(destination)}<button>${say("send")}</button>
</form>`
    : html`<p>${say("no_mail")}</p>`
}
${others}`,
    script,
  );
}

const mailInput = {
  type: "email",
  required: true,
  maxlength: 254,
  autocomplete: "username webauthn",
  autocapitalize: "none",
  spellcheck: "false",
  enterkeyhint: "send",
  dir: "ltr",
  autofocus: true,
};

const hiddenDestination = (destination: string | undefined): Html | undefined =>
  destination === undefined ? undefined : html`<input type="hidden" name="to" value="${destination}">\n`;

/** Asks for the code. It is the same page whether a code was mailed or not. */
export function codePage(
  face: Face,
  { problem, destination }: { problem?: string; destination?: string | undefined },
): Page {
  const { say } = face.speech;
  return signInPage(
    face,
    say("code_title"),
    html`<h1>${say("code_title")}</h1>
<p id="intro">${say("code_intro")}</p>
<form method="post" action="/sign-in/code" novalidate>
${textField({ name: "code", label: say("code_label"), value: "", problem, hint: "intro", input: codeInput })}
<button>${say("code_send")}</button>
</form>
<p class="small"><a href="${again(destination)}">${say("code_again")}</a></p>`,
  );
}

const again = (destination: string | undefined): string =>
  destination === undefined ? "/sign-in" : `/sign-in?to=${encodeURIComponent(destination)}`;

const codeInput = {
  required: true,
  maxlength: 20,
  inputmode: "numeric",
  autocomplete: "one-time-code",
  autocapitalize: "none",
  spellcheck: "false",
  enterkeyhint: "go",
  placeholder: "0000 0000",
  dir: "ltr",
  autofocus: true,
};

/** The page behind a mailed link. Opening it signs nobody in, since programs open what is mailed: the button does. */
export function linkPage(face: Face, { mail, token }: { mail: string; token: string }): Page {
  const { say } = face.speech;
  return signInPage(
    face,
    say("link_title"),
    html`<h1>${say("link_title")}</h1>
<p>${say("link_text", { mail })}</p>
<form method="post" action="/sign-in/link"><input type="hidden" name="t" value="${token}"><button>${say("link_button")}</button></form>`,
  );
}

/** The page of a link that is used, has run out, or was never made. */
export function deadLinkPage(face: Face): Page {
  const { say } = face.speech;
  return signInPage(
    face,
    say("link_dead_title"),
    html`<h1>${say("link_dead_title")}</h1>
<p>${say("link_dead_text")}</p>
<p><a href="/sign-in">${say("link_dead_action")}</a></p>`,
  );
}

/** Says that somebody is signed out; `leave` is the way out of the provider that signed her in. */
export const signedOutPage = (face: Face, leave: Html | undefined): Page => {
  const { say } = face.speech;
  return signInPage(
    face,
    say("sign_out"),
    html`<h1>${say("sign_out")}</h1>
<p>${say("signed_out")}</p>
<p><a href="/sign-in">${say("title")}</a></p>
${leave}`,
  );
};

/** A page of the sign-in: one card, with what its fields look like. */
export const signInPage = (
  { brand, speech, questions }: Face,
  title: string,
  content: Html,
  script?: string | undefined,
): Page =>
  cardPage({
    brand,
    title,
    content,
    language: { tag: speech.tag, direction: speech.direction },
    questions,
    style: signInStyle,
    sendsTo: "here",
    ...(script === undefined ? {} : { script }),
  });

const signInStyle = `.field input[name=code] { font: 500 clamp(1.25rem, 6vw, 1.75rem)/1.3 ${faces.code}; letter-spacing: .1em; }
input::placeholder { font-weight: 400; opacity: .6; }
.other { margin-top: 1.5rem; padding-top: 1.5rem; border-top: 1px solid var(--edge); display: grid; gap: .75rem; }
.other button, .button { width: 100%; }
.button { display: block; min-height: 3rem; padding: .7rem 1.25rem; font-size: 1.0625rem; font-weight: 600; line-height: 1.3; text-align: center; text-decoration: none; color: var(--accent); border: 1px solid currentColor; border-radius: .5rem; overflow-wrap: anywhere; }
.other + .other { margin-top: .75rem; padding-top: 0; border-top: 0; }
.other button.quiet { min-height: 3rem; padding: .7rem 1.25rem; font-size: 1.0625rem; }
.other .problem { margin: 0; }
.field select { display: block; width: 100%; padding: .7rem .8rem; font: inherit; color: var(--ink); background: var(--field); border: 1px solid var(--soft); border-radius: .5rem; }
.rows form { margin: 0; }
.deeds { display: flex; flex-wrap: wrap; align-items: start; gap: .5rem; }
.deeds summary { min-height: 2.75rem; padding: .5rem 0; padding-inline-end: 1.1rem; color: var(--accent); font-weight: 600; cursor: pointer; }
.deeds details[open] { flex-basis: 100%; }
.deeds .field { margin: .5rem 0; }
.rows { list-style: none; margin: 0 0 1.5rem; padding: 0; color: inherit; }
.rows li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; margin: 0; padding: .75rem 0; border-bottom: 1px solid var(--edge); }
.rows small { display: block; color: var(--soft); }
main h2 { margin: 2rem 0 .5rem; font: 600 1.25rem/1.3 ${faces.heading}; }
`;
