import { type LicenceOfCustomer, licencesOfCustomer } from "../../mandates/customer-licences.ts";
import { readInvitation } from "../../mandates/invitation.ts";
import { endMandate, giveMandate } from "../../mandates/mandates.ts";
import type { AccountText } from "../../messages/account/index.ts";
import { addressOf } from "../../pages/address.ts";
import { hiddenFields } from "../../pages/app-page.ts";
import { type Html, html } from "../../pages/html.ts";
import { listTable } from "../../pages/listing.ts";
import { card, outcomeNotice } from "../../pages/parts.ts";
import { instant } from "../../words/clock.ts";
import { Refusal } from "../../words/refusal.ts";
import { accountAgain, askPage, fieldsOf, type Visit } from "./account-page.ts";

/** The customer's licences, each with whom she lets act on it. Nothing where none is known. */
export async function licenceCard(visit: Visit): Promise<Html | ""> {
  const { say, kit, c, deps, customer } = visit;
  const rows = await licencesOfCustomer(deps, customer.mail);
  if (rows.length === 0) return "";
  return card({
    title: say.say("licences_title"),
    lead: say.say("licences_lead"),
    content: listTable<LicenceOfCustomer>({
      kit,
      caption: say.say("licences_title"),
      rows,
      address: addressOf(c.req.url),
      empty: { title: "" },
      columns: [
        {
          heading: say.say("licence"),
          cell: ({ product, licenceEnd }) =>
            html`${deps.config.products.get(product)?.name ?? product}${
              licenceEnd !== null &&
              html` <span class="sub">${say.say("licence_ends", { end: licenceEnd })}</span>`
            }`,
        },
        {
          heading: say.say("part"),
          cell: ({ parts }) =>
            parts.length === 0
              ? say.say("part_organisation")
              : parts.map((part) => say.say(`part_${part}` satisfies AccountText)).join(", "),
        },
        { heading: say.say("seller"), cell: ({ seller }) => seller?.name ?? say.say("seller_none") },
        { heading: say.say("managed_title"), cell: (one) => mandatesOf(visit, one) },
      ],
    }),
  });
}

function mandatesOf(visit: Visit, { key, mandates, seller, mayGive }: LicenceOfCustomer): Html {
  const { say } = visit;
  const given = mandates.map(
    ({ mandate, partnerName, since }) =>
      html`<div>${say.say("managed_by", { partner: partnerName, day: say.day(instant(Date.parse(since))) })}${
        mayGive &&
        html` <form method="post" action="/account/mandates/end">${hiddenFields({ ...fieldsOf(visit), mandate })}<button aria-label="${say.say("manage_end_of", { partner: partnerName })}">${say.say("manage_end")}</button></form>`
      }</div>`,
  );
  const offered =
    mayGive && seller !== null && !mandates.some(({ partner }) => partner === seller.id)
      ? html`<form method="post" action="/account/mandates">${hiddenFields({ ...fieldsOf(visit), licence: key, partner: seller.id })}<button>${say.say("manage_give", { partner: seller.name })}</button></form>`
      : "";
  return html`${given.length === 0 ? say.say("managed_none") : given}${offered}`;
}

/** Asks for the code that a partner gave her, and on which licence; nothing where no licence is hers to give. */
export async function invitationCard(visit: Visit, problem?: string): Promise<Html | ""> {
  const { say, c, deps, customer } = visit;
  const licences = (await licencesOfCustomer(deps, customer.mail)).filter(({ mayGive }) => mayGive);
  if (licences.length === 0) return "";
  const entered = c.get("form")?.get("invitation") ?? new URL(c.req.url).searchParams.get("invitation") ?? "";
  const chosen = c.get("form")?.get("licence");
  return card({
    title: say.say("invite_title"),
    lead: say.say("invite_lead"),
    content: html`${problem !== undefined && outcomeNotice(problem, "bad")}<form method="post" action="/account/mandates">${hiddenFields(fieldsOf(visit))}
<div class="field"><label for="invitation">${say.say("invite_code")}</label><input id="invitation" name="invitation" value="${entered}" required maxlength="100" autocomplete="off" spellcheck="false"></div>
<div class="field"><label for="invited-licence">${say.say("licence")}</label><select id="invited-licence" name="licence">${licences.map(
      (one) =>
        html`<option value="${one.key}"${one.key === chosen && html` selected`}>${licenceName(visit, one)}</option>`,
    )}</select></div>
<div class="actions"><button>${say.say("invite_see")}</button></div></form>`,
  });
}

const licenceName = ({ say, deps }: Visit, { product, licenceEnd, seller }: LicenceOfCustomer): string =>
  [
    deps.config.products.get(product)?.name ?? product,
    ...(licenceEnd === null ? [] : [say.say("licence_ends", { end: licenceEnd })]),
    ...(seller === null ? [] : [seller.name]),
  ].join(", ");

/**
 * Lets a partner act on a licence: the one that sold it, or one whose invitation she has, which is named to her first. No
 * other can be named, so that nobody finds out here which partners there are.
 */
export async function giveOnPage(visit: Visit): Promise<Response> {
  const { deps, customer, c, say } = visit;
  const field = (name: string) => c.get("form")?.get(name) ?? "";
  const key = field("licence");
  const licence = (await licencesOfCustomer(deps, customer.mail)).find((one) => one.key === key);
  const give = async (partner: string) => {
    await giveMandate(deps, { email: customer.mail, key, partner });
    return seeAccount("given");
  };
  const code = field("invitation");
  if (code === "" && (licence === undefined || licence.seller?.id === field("partner")))
    return give(field("partner"));
  const invited = await readInvitation(deps, code).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  if (invited === undefined || licence === undefined)
    return accountAgain(visit, await invitationCard(visit, say.say("invite_unknown")));
  if (field("step") === "do") return give(invited.id);
  return askPage(visit, {
    title: say.say("manage_give", { partner: invited.name }),
    text: `${licenceName(visit, licence)}. ${say.say("licences_lead")}`,
    action: "/account/mandates",
    sent: { invitation: code, licence: key },
    label: say.say("manage_give", { partner: invited.name }),
    isDanger: false,
  });
}

/** Ends that. */
export async function endOnPage({ deps, customer, c }: Visit): Promise<Response> {
  await endMandate(deps, { email: customer.mail, mandate: c.get("form")?.get("mandate") ?? "" });
  return seeAccount("ended");
}

const seeAccount = (done: string): Response =>
  new Response(null, {
    status: 303,
    headers: { location: `/account?done=${done}`, "cache-control": "no-store" },
  });
