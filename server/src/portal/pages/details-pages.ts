import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { pageRoute } from "../../http/page-route.ts";
import { problems } from "../../http/problem.ts";
import { type Html, html } from "../../pages/html.ts";
import { buttonLink, card, emptyState, facts, notice } from "../../pages/parts.ts";
import { changeDetails, type DetailsRecord, findShownDetails } from "../../partner-details/details.ts";
import { instant } from "../../words/clock.ts";
import { Refusal } from "../../words/refusal.ts";
import { detailsForm, detailsOfForm, shownFields } from "./details-form.ts";
import { goTo, refusedNotice } from "./named-page.ts";
import { moneyPeople, type PortalFace, portalFace, portalPage } from "./portal-face.ts";

const path = "/portal/details";
const show = pageRoute({
  who: moneyPeople,
  operationId: "showPortalDetails",
  method: "get",
  path,
  summary: "To whom and to what account a partner is paid",
});
const edit = pageRoute({
  who: { ...moneyPeople, fresh: true },
  operationId: "editPortalDetails",
  method: "get",
  path: `${path}/edit`,
  summary: "The form of a partner's payment details",
});
const save = pageRoute({
  who: { ...moneyPeople, fresh: true },
  operationId: "savePortalDetails",
  method: "post",
  path: `${path}/edit`,
  summary: "Change to whom and to what account a partner is paid",
});

/** The pages of a partner's payment details: shown by their last characters, changed soon after a sign-in alone. */
export function addDetailsPages(app: App, deps: Deps): void {
  app.serve(show, async (c) => {
    const face = await portalFace(deps, c);
    const found = await findShownDetails(deps, face.person.partner);
    const record = found === "unopened" ? undefined : found;
    const { say } = face.speech;
    return portalPage(deps, face, {
      title: say("nav_details"),
      lead: say("details_lead"),
      content: html`${heldNotice(face, record)}${
        record === undefined
          ? emptyState(say(found === "unopened" ? "details_unopened" : "details_none"))
          : detailsCard(face, record)
      }<div class="actions">${buttonLink(say("details_edit"), `${path}/edit`, true)}</div>`,
    });
  });
  app.serve(edit, async (c) => {
    const face = await portalFace(deps, c);
    return formPage(deps, face);
  });
  app.serve(save, async (c) => {
    const face = await portalFace(deps, c);
    const sent = c.get("form") ?? new URLSearchParams();
    try {
      await changeDetails(deps, face.person.partner, (before) => detailsOfForm(sent, before));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return formPage(deps, face, { sent, refusal: error });
    }
    return goTo(path);
  });
}

async function formPage(
  deps: Deps,
  face: PortalFace,
  refused?: { sent: URLSearchParams; refusal: Refusal },
): Promise<Response> {
  const { say } = face.speech;
  const found = await findShownDetails(deps, face.person.partner);
  const record = found === "unopened" ? undefined : found;
  const parts = {
    title: say("details_edit"),
    lead: say("details_edit_lead", { days: deps.config.payouts.changedDetailsDays }),
    crumbs: [html`<a href="${path}">${say("nav_details")}</a>`],
    content: html`${refused && refusedNotice(face, refused.refusal)}${detailsForm(
      face,
      { action: `${path}/edit`, back: path },
      { record, values: refused === undefined ? shownFields(record) : Object.fromEntries(refused.sent) },
    )}`,
  };
  return portalPage(deps, face, parts, refused === undefined ? 200 : problems[refused.refusal.code].status);
}

function heldNotice({ speech }: PortalFace, record: DetailsRecord | undefined): Html | undefined {
  if (record === undefined || record.payoutsHeldUntil === null) return undefined;
  const date = speech.day(instant(Date.parse(record.payoutsHeldUntil)));
  return notice(speech.say("details_held", { date }));
}

function detailsCard({ speech }: PortalFace, record: DetailsRecord): Html {
  const { say } = speech;
  const { legalName, address, tax, accounts, email, language } = record;
  const { street, building, postCode, town, region, country } = address;
  const lines = [
    [street, building],
    [postCode, town],
    [region, country],
  ];
  return card({
    title: legalName,
    content: facts([
      [say("legal_name"), legalName],
      [
        say("details_address"),
        lines.map((line) => html`<bdi>${line.filter((one) => one !== undefined).join(" ")}</bdi><br>`),
      ],
      [say("details_treatment"), say(`treatment_${tax.treatment}`)],
      [say("details_vat"), tax.vatId === null ? null : html`<bdi dir="ltr">${tax.vatId}</bdi>`],
      [say("details_tax_number"), tax.number === null ? null : html`<bdi dir="ltr">${tax.number}</bdi>`],
      ...accounts.map(
        ({ account, currency }) =>
          [
            say("account"),
            html`<bdi dir="ltr">${account}</bdi>${currency !== null && ` (${currency})`}`,
          ] as const,
      ),
      [say("people_mail"), email === null ? null : html`<bdi dir="ltr">${email}</bdi>`],
      [say("language"), language],
    ]),
  });
}
