import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { pageRoute } from "../../http/page-route.ts";
import type { PortalText } from "../../messages/portal/index.ts";
import { portalTexts } from "../../messages/portal/index.ts";
import { formToken } from "../../pages/form.ts";
import { attributes, type Html, html } from "../../pages/html.ts";
import { card, outcomeNotice } from "../../pages/parts.ts";
import { table } from "../../pages/table.ts";
import { addPerson, choose, type ListedPerson, listPeople, removePerson } from "../../people/people.ts";
import { digests } from "../../people/rows/schema.ts";
import { instant } from "../../words/clock.ts";
import { Refusal } from "../../words/refusal.ts";
import { partnerRoles } from "../../words/roles.ts";
import { confirmPage, isConfirmed } from "./confirm-page.ts";
import { everyone, owners, type PortalFace, portalFace, portalPage } from "./portal-face.ts";

const path = "/portal/settings";
const show = pageRoute({
  who: everyone,
  operationId: "showPortalSettings",
  method: "get",
  path,
  summary: "What somebody chose, and who may sign in for the partner",
});
const save = pageRoute({
  who: everyone,
  operationId: "savePortalSettings",
  method: "post",
  path,
  summary: "Choose language and summaries for oneself",
});
const invite = pageRoute({
  who: owners,
  operationId: "invitePartnerPerson",
  method: "post",
  path: `${path}/people`,
  summary: "Let somebody sign in for one's partner",
});
const remove = pageRoute({
  who: owners,
  operationId: "removePartnerPerson",
  method: "post",
  path: `${path}/people/remove`,
  summary: "Take somebody's access for one's partner away",
});

const languages = ["en", ...Object.keys(portalTexts.others)];

/** The page of settings: one's own, and for owners who may sign in. */
export function addSettingsPages(app: App, deps: Deps): void {
  const page = async (face: PortalFace, said?: { text: PortalText; tone: "good" | "bad" }) => {
    const { say } = face.speech;
    return portalPage(
      deps,
      face,
      {
        title: say("nav_settings"),
        lead: say("settings_lead"),
        content: html`${said && outcomeNotice(say(said.text), said.tone)}<div class="grid">${await ownCard(deps, face)}${
          face.person.role === "owner" && (await peopleCard(deps, face))
        }</div>`,
      },
      said?.tone === "bad" ? 422 : 200,
    );
  };
  app.serve(show, async (c) => page(await portalFace(deps, c)));
  app.serve(save, async (c) => {
    const face = await portalFace(deps, c);
    const form = c.get("form");
    await choose(deps, {
      id: face.person.id,
      language: languages.find((one) => one === form?.get("language")) ?? null,
      digest: digests.find((one) => one === form?.get("digest")) ?? "weekly",
    });
    return new Response(null, { status: 303, headers: { location: path, "cache-control": "no-store" } });
  });
  app.serve(invite, async (c) => {
    const face = await portalFace(deps, c);
    const form = c.get("form");
    const { partner, actor } = face.person;
    const mail = (form?.get("mail") ?? "").slice(0, 300).toWellFormed().trim();
    try {
      await addPerson(deps, { mail, role: form?.get("role") ?? "", partner, addedBy: actor });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return page(face, {
        text: error.code === "person_exists" ? "people_exists" : "people_invalid",
        tone: "bad",
      });
    }
    return page(face, { text: "saved", tone: "good" });
  });
  app.serve(remove, async (c) => {
    const face = await portalFace(deps, c);
    const form = c.get("form");
    const person = (form?.get("person") ?? "").slice(0, 64);
    if (person === face.person.id) return page(face, { text: "people_self", tone: "bad" });
    if (!isConfirmed(form)) return askRemove(deps, face, person);
    await removePerson(deps, { person, partner: face.person.partner });
    return page(face, { text: "saved", tone: "good" });
  });
}

async function askRemove(deps: Deps, face: PortalFace, person: string): Promise<Response> {
  const { say } = face.speech;
  const { people } = await listPeople(deps, { partner: face.person.partner, limit: 1000 });
  const found = people.find(({ id }) => id === person);
  if (found === undefined) throw new Refusal("person_unknown", "There is no such person.");
  return confirmPage(deps, face, {
    title: say("people_remove_confirm", { mail: found.mail }),
    text: say("people_remove_lead"),
    action: `${path}/people/remove`,
    sent: { person },
    label: say("people_remove"),
    back: path,
  });
}

async function ownCard(deps: Deps, { person, speech }: PortalFace): Promise<Html> {
  const { say } = speech;
  const { people } = await listPeople(deps, { partner: person.partner, limit: 1000 });
  const own = people.find(({ id }) => id === person.id);
  const names = new Intl.DisplayNames(speech.tag, { type: "language" });
  return card({
    title: person.mail,
    link: { label: say("sessions"), address: "/sign-in/sessions" },
    content: html`<form method="post" action="${path}">${formToken(person)}
${select("language", say("language"), [["", say("language_browser")], ...languages.map((tag) => [tag, names.of(tag) ?? tag] as const)], own?.language ?? "")}
${select(
  "digest",
  say("digest"),
  digests.map((one) => [one, say(`digest_${one}`)] as const),
  own?.digest ?? "weekly",
)}
<div class="actions"><button class="main">${say("save")}</button></div>
</form>`,
  });
}

function select(
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  value: string,
): Html {
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(
    ([one, text]) => html`<option${attributes({ value: one, selected: one === value })}>${text}</option>`,
  )}</select></div>`;
}

async function peopleCard(deps: Deps, { person, speech }: PortalFace): Promise<Html> {
  const { say, day } = speech;
  const { people } = await listPeople(deps, { partner: person.partner, limit: 1000 });
  const seen = ({ lastSeenAt }: ListedPerson) =>
    lastSeenAt === null ? "–" : day(instant(Date.parse(lastSeenAt)));
  const title = say("people", { partner: person.partnerName });
  return card({
    title,
    wide: true,
    content: html`${table({
      caption: title,
      columns: [say("people_mail"), say("people_role"), say("people_seen"), say("people_remove")],
      rows: people.map((one) => [
        html`<bdi>${one.mail}</bdi>`,
        say(roleText(one.role)),
        seen(one),
        one.id !== person.id &&
          html`<form method="post" action="${path}/people/remove">${formToken(person)}<input type="hidden" name="person" value="${one.id}"><button aria-label="${say("people_remove")}: ${one.mail}">${say("people_remove")}</button></form>`,
      ]),
    })}
<form method="post" action="${path}/people">${formToken(person)}
<div class="field"><label for="mail">${say("people_mail")}</label><input id="mail" name="mail" type="email" required maxlength="254" dir="ltr"></div>
${select(
  "role",
  say("people_role"),
  partnerRoles.map((role) => [role, say(roleText(role))] as const),
  "viewer",
)}
<div class="actions"><button class="main">${say("people_add")}</button></div>
</form>`,
  });
}

const roleText = (role: string): PortalText =>
  role === "owner" ? "role_owner" : role === "finance" ? "role_finance" : "role_viewer";
