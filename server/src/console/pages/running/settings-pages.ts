import { hiddenFields } from "../../../pages/app-page.ts";
import { html } from "../../../pages/html.ts";
import { card } from "../../../pages/parts.ts";
import { chooseDigest, showPerson } from "../../../people/people.ts";
import { digests } from "../../../people/rows/schema.ts";
import { consolePage, type Desk, doneNotice, formFields, given, goTo } from "../kit/desk.ts";
import { radios } from "../kit/fields.ts";

const path = "/console/settings";

/** What one of the vendor's people chooses for itself: how often it is mailed what waits. */
export async function settingsPage(desk: Desk): Promise<Response> {
  const { say, deps, person } = desk;
  const { digest, mail } = await showPerson(deps, person.id);
  return consolePage(desk, {
    title: say.say("nav_desk_settings"),
    lead: say.say("desk_settings_lead"),
    content: html`${doneNotice(desk)}${card({
      title: mail,
      link: { label: desk.kit.say("own_sign_in"), address: "/sign-in/sessions" },
      content: html`<form method="post" action="${path}">${hiddenFields(formFields(desk))}${radios(
        "digest",
        say.say("desk_digest"),
        digests.map((one) => [one, say.say(`desk_digest_${one}`)] as const),
        digest,
      )}<p class="hint">${say.say("desk_digest_hint")}</p>
<div class="actions"><button class="main">${say.say("save_choice")}</button></div></form>`,
    })}`,
  });
}

/** Keeps what was chosen. */
export async function saveSettings({ deps, person, c }: Desk): Promise<Response> {
  const chosen = given(c.get("form"), "digest");
  const digest = digests.find((one) => one === chosen);
  if (digest !== undefined) await chooseDigest(deps, person.id, digest);
  return goTo(path, digest === undefined ? undefined : "saved");
}
