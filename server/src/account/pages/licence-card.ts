import { type LicenceOfCustomer, licencesOfCustomer } from "../../mandates/customer-licences.ts";
import { endMandate, giveMandate } from "../../mandates/mandates.ts";
import type { AccountText } from "../../messages/account/index.ts";
import { addressOf } from "../../pages/address.ts";
import { hiddenFields } from "../../pages/app-page.ts";
import { formTokenField } from "../../pages/form.ts";
import { type Html, html } from "../../pages/html.ts";
import { listTable } from "../../pages/listing.ts";
import { card } from "../../pages/parts.ts";
import { instant } from "../../words/clock.ts";
import type { Visit } from "./account-pages.ts";

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
        html` <form method="post" action="/account/mandates/end">${hiddenFields({ ...tokenOf(visit), mandate })}<button aria-label="${say.say("manage_end_of", { partner: partnerName })}">${say.say("manage_end")}</button></form>`
      }</div>`,
  );
  const offered =
    mayGive && seller !== null && !mandates.some(({ partner }) => partner === seller.id)
      ? html`<form method="post" action="/account/mandates">${hiddenFields({ ...tokenOf(visit), licence: key, partner: seller.id })}<button>${say.say("manage_give", { partner: seller.name })}</button></form>`
      : "";
  return html`${given.length === 0 ? say.say("managed_none") : given}${offered}`;
}

const tokenOf = ({ customer }: Visit): Record<string, string> => ({ [formTokenField]: customer.formToken });

/** Lets a partner act on a licence. */
export async function giveOnPage({ deps, customer, c }: Visit): Promise<Response> {
  const field = (name: string) => c.get("form")?.get(name) ?? "";
  await giveMandate(deps, { email: customer.mail, key: field("licence"), partner: field("partner") });
  return seeAccount("given");
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
