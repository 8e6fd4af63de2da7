import type { ShownClaim } from "../../disputes/claim.ts";
import type { DisputeSummary, PartnerDispute } from "../../disputes/dispute.ts";
import { evidenceTypes } from "../../disputes/evidence-file.ts";
import { longestText } from "../../disputes/thread.ts";
import { pathOf } from "../../pages/address.ts";
import { formToken, textField } from "../../pages/form.ts";
import { attributes, type Html, html } from "../../pages/html.ts";
import type { ListColumn } from "../../pages/listing.ts";
import { badge, buttonLink, card, facts, idText } from "../../pages/parts.ts";
import { instant } from "../../words/clock.ts";
import { claimFields } from "./dispute-form.ts";
import { kindText, type PortalFace, reasonText } from "./portal-face.ts";

/** A contested decision in its partner's list. */
export type ListedDispute = Omit<DisputeSummary, "partner">;

/** Where a contested decision's page is. */
export const disputePath = (id: string): string => pathOf("portal", "disputes", id);

/** A claim in a few words, as the partner made it. */
export const shownClaimText = ({ number, serial, date, product }: ShownClaim): string =>
  number ?? serial ?? `${product} ${date}`;

const dayOf = ({ speech }: PortalFace, time: string | null): string =>
  time === null ? "–" : speech.day(instant(Date.parse(time)));

function stateBadge({ speech }: PortalFace, { state, granted }: ListedDispute): Html {
  if (granted !== null)
    return granted
      ? badge(speech.say("dispute_granted"), "good")
      : badge(speech.say("dispute_refused"), "off");
  if (state === "ruled") return badge(speech.say("dispute_ruled"), "plain");
  return state === "open"
    ? badge(speech.say("dispute_open"), "wait")
    : badge(speech.say("dispute_answered"), "bad");
}

/** The columns of the list of what is contested. */
export const disputeColumns = (face: PortalFace): ListColumn<ListedDispute>[] => [
  {
    heading: face.speech.say("order"),
    cell: ({ id, claim }) => html`<a href="${disputePath(id)}"><bdi>${shownClaimText(claim)}</bdi></a>`,
  },
  { heading: face.speech.say("state"), cell: (one) => stateBadge(face, one) },
  { heading: face.speech.say("dispute_opened"), cell: ({ openedAt }) => dayOf(face, openedAt) },
  { heading: face.speech.say("dispute_due"), cell: ({ answerDueAt }) => dayOf(face, answerDueAt) },
];

/** What stands below the heading of what is contested. */
export const disputeLead = (face: PortalFace, shown: PartnerDispute): Html =>
  html`${stateBadge(face, shown)} ${idText(shown.id)}`;

/** What is contested: the claim, what became of her own evidence, what was said, and the form to say more. */
export function disputeBody(face: PortalFace, shown: PartnerDispute, text: string): Html {
  const { say } = face.speech;
  const { claim, evidence } = shown;
  return html`<div class="grid">${card({
    title: say("dispute_claim"),
    content: facts([
      [say("order"), claim.number === null ? null : html`${idText(claim.number)}`],
      [say("dispute_serial"), claim.serial === null ? null : html`${idText(claim.serial)}`],
      [say("dispute_date"), claim.date],
      [say("product"), claim.product],
      [say("dispute_opened"), dayOf(face, shown.openedAt)],
      [say("dispute_due"), shown.answerDueAt === null ? null : dayOf(face, shown.answerDueAt)],
      [say("dispute_ruled_on"), shown.ruledAt === null ? null : dayOf(face, shown.ruledAt)],
    ]),
  })}${
    evidence.length > 0 &&
    card({
      title: say("evidence_title"),
      content: html`<ul>${evidence.map(
        (one) =>
          html`<li>${kindText(face, one.kind)} (${dayOf(face, one.seenAt)}): ${reasonText(face, one.reason)}</li>`,
      )}</ul>`,
    })
  }${threadCard(face, shown)}${answerCard(face, shown, text)}</div>`;
}

const threadCard = (face: PortalFace, { id, thread }: PartnerDispute): Html =>
  card({
    title: face.speech.say("dispute_thread"),
    wide: true,
    content: html`<ol class="steps">${thread.map(
      ({ entry, author, text, file, at }) =>
        html`<li><p><b>${face.speech.say(author === "you" ? "dispute_you" : "dispute_vendor")}</b> <span class="sub">${face.speech.time(instant(Date.parse(at)))}</span></p>
<p dir="auto">${(text ?? "").split("\n").map((line, at) => html`${at > 0 && html`<br>`}${line}`)}</p>${
          file !== null &&
          html`<p><a href="${disputePath(id)}/files/${entry}"><bdi>${file.name}</bdi></a></p>`
        }</li>\n`,
    )}</ol>`,
  });

function answerCard({ person, speech }: PortalFace, { id, state }: PartnerDispute, text: string) {
  if (state === "ruled" || person.role === "viewer") return undefined;
  return card({
    title: speech.say("dispute_add"),
    wide: true,
    content: html`<form method="post" action="${disputePath(id)}/messages" enctype="multipart/form-data">${formToken(person)}
${wordField(speech.say("dispute_text"), text)}${fileField(speech.say("dispute_file"))}<div class="actions"><button class="main">${speech.say("dispute_send")}</button></div></form>`,
  });
}

const wordField = (label: string, text: string): Html =>
  html`<div class="field wide"><label for="text">${label}</label><textarea id="text" name="text" required maxlength="${longestText}" dir="auto">${text}</textarea></div>\n`;

const fileField = (label: string): Html =>
  html`<div class="field"><label for="file">${label}</label><input id="file" name="file" type="file" accept="${evidenceTypes.join(",")}"></div>\n`;

/** The form that says which order should count, and why: filled with what was sent or stands in the address. */
export function claimForm(
  { person, speech }: PortalFace,
  products: readonly { id: string; name: string }[],
  sent: URLSearchParams,
): Html {
  const { say } = speech;
  const given = Object.fromEntries(claimFields.map((name) => [name, (sent.get(name) ?? "").slice(0, 256)]));
  const line = (name: "number" | "serial" | "date", label: string, type = "text") =>
    textField({
      name,
      label,
      value: given[name] ?? "",
      input: { type, maxlength: 256, autocomplete: "off", dir: "ltr" },
    });
  return card({
    title: say("dispute_which"),
    lead: say("dispute_which_lead"),
    wide: true,
    content: html`<form method="post" action="/portal/disputes" enctype="multipart/form-data">${formToken(person)}
${line("number", say("dispute_number"))}${line("serial", say("dispute_serial"))}${line("date", say("dispute_date"), "date")}<div class="field"><label for="product">${say("product")}</label><select id="product" name="product"><option value="">–</option>${products.map(
      ({ id, name }) =>
        html`<option${attributes({ value: id, selected: id === given.product })}>${name}</option>`,
    )}</select></div>
${wordField(say("dispute_text"), sent.get("text") ?? "")}${fileField(say("dispute_file"))}<div class="actions"><button class="main">${say("dispute_send")}</button></div></form>`,
  });
}

/** The way to the form, for those who may use it; with the order's number or a serial where it is known. */
export const contestLink = ({ person, speech }: PortalFace, named: Readonly<Record<string, string>> = {}) =>
  person.role === "viewer"
    ? undefined
    : html`<p>${buttonLink(speech.say("dispute_new"), `/portal/disputes/new?${new URLSearchParams(named)}`)}</p>`;
