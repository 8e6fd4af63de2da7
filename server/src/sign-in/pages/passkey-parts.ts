import type { Person } from "../../http/app-env.ts";
import { formToken } from "../../pages/form.ts";
import { attributes, type Html, html } from "../../pages/html.ts";
import type { Page } from "../../pages/page.ts";
import { instant } from "../../words/clock.ts";
import type { ListedPasskey } from "../passkeys.ts";
import { type Face, signInPage } from "./sign-in-pages.ts";

/** The button that signs in by a passkey. It shows itself where the browser can, so that without scripts nothing is there. */
export const usePasskeyPart = ({ speech }: Face, destination: string | undefined): Html =>
  html`<div${attributes({ class: "other", id: "passkeys", hidden: true, "data-failed": speech.say("passkey_failed"), "data-to": destination })}>
<button class="quiet" type="button" id="passkey">${speech.say("passkey")}</button>
<p class="problem" id="passkey-problem" role="alert" hidden></p></div>
`;

/** A person's passkeys, and the button that adds one. */
export function passkeysPart({ speech }: Face, person: Person, passkeys: readonly ListedPasskey[]): Html {
  const { say } = speech;
  const box = {
    id: "passkeys",
    "data-token": person.formToken,
    "data-failed": say("passkeys_failed"),
    "data-unable": say("passkeys_unable"),
  };
  return html`<section${attributes(box)} aria-labelledby="passkeys-title"><h2 id="passkeys-title">${say("passkeys_title")}</h2>
<p>${say("passkeys_text")}</p>
${
  passkeys.length === 0
    ? html`<p>${say("passkeys_none")}</p>`
    : html`<ul class="rows">${passkeys.map((one, at) => passkeyRow(speech, person, { one, at }))}</ul>`
}
<p class="problem" id="passkey-problem" role="alert" hidden></p>
<button type="button" id="passkey" hidden>${say("passkeys_add")}</button></section>
`;
}

function passkeyRow(
  speech: Face["speech"],
  person: Person,
  { one, at }: { one: ListedPasskey; at: number },
): Html {
  const { say } = speech;
  const day = (text: string) => speech.day(instant(Date.parse(text)));
  const used =
    one.lastUsedAt === null ? say("passkeys_unused") : say("passkeys_used", { date: day(one.lastUsedAt) });
  const own = html`${formToken(person)}<input type="hidden" name="passkey" value="${one.id}">`;
  return html`<li><span><bdi>${one.name}</bdi>
<small>${say("passkeys_added", { date: day(one.addedAt) })}</small><small>${used}</small></span>
<span class="deeds"><details><summary aria-label="${say("passkeys_rename")}: ${one.name}">${say("passkeys_rename")}</summary>
<form method="post" action="/sign-in/passkeys/rename">${own}<div class="field"><label for="passkey-name-${at}">${say("passkeys_name")}</label>
<input id="passkey-name-${at}" name="name" value="${one.name}" required maxlength="60" autocomplete="off"></div><button class="quiet">${say("passkeys_save")}</button></form></details>
<form method="post" action="/sign-in/passkeys/remove">${own}<button class="quiet" aria-label="${say("passkeys_remove")}: ${one.name}">${say("passkeys_remove")}</button></form></span></li>
`;
}

/** Asks before a passkey is removed: nobody can sign in by it ever after. */
export function removePasskeyPage(face: Face, person: Person, { id, name }: ListedPasskey): Page {
  const { say } = face.speech;
  const title = say("passkeys_remove_confirm", { name });
  return signInPage(
    face,
    title,
    html`<h1>${title}</h1>
<p>${say("passkeys_remove_lead")}</p>
<form method="post" action="/sign-in/passkeys/remove">${formToken(person)}<input type="hidden" name="passkey" value="${id}"><input type="hidden" name="step" value="do"><button>${say("passkeys_remove")}</button></form>
<p><a href="/sign-in/sessions">${say("passkeys_remove_keep")}</a></p>`,
  );
}
