import { addressOf } from "../../pages/address.ts";
import { hiddenFields } from "../../pages/app-page.ts";
import { type Html, html } from "../../pages/html.ts";
import { listTable } from "../../pages/listing.ts";
import { card, confirmButtons, emptyState, outcomeNotice } from "../../pages/parts.ts";
import { erasePerson } from "../../persons/persons.ts";
import { eraseEmail } from "../../registered-emails/erase-email.ts";
import { instant } from "../../words/clock.ts";
import { type Account, type GivenConsent, type Purchase, readAccount } from "../account.ts";
import { accountPage, askPage, fieldsOf, type Visit } from "./account-page.ts";
import { invitationCard, licenceCard } from "./licence-card.ts";
import { rewardCard } from "./reward-card.ts";

const doneTexts = ["done_withdrawn", "done_erased", "done_given", "done_ended"] as const;

/** What was bought, who sold it, who may see it, what was agreed to. */
export async function showAccount(visit: Visit): Promise<Response> {
  const { say, deps, customer, c } = visit;
  const account = await readAccount(deps, customer.mail);
  const asked = `done_${new URL(c.req.url).searchParams.get("done")}`;
  const done = doneTexts.find((one) => one === asked);
  return accountPage(visit, {
    title: say.say("account_title"),
    lead: say.say("account_lead", { mail: customer.mail }),
    content: html`${done !== undefined && outcomeNotice(say.say(done), "good")}<div class="stack">${purchaseCard(visit, account)}${await licenceCard(visit)}${await invitationCard(visit)}${await rewardCard(visit)}${consentCard(visit, account)}${eraseCard(visit)}</div>`,
  });
}

function purchaseCard({ say, kit, c, deps }: Visit, { purchases }: Account): Html {
  const products = deps.config.products;
  return card({
    title: say.say("bought_title"),
    lead: say.say("bought_lead"),
    content:
      purchases.length === 0
        ? emptyState(say.say("no_purchases"), say.say("no_purchases_why"))
        : listTable<Purchase>({
            kit,
            caption: say.say("bought_title"),
            rows: purchases,
            address: addressOf(c.req.url),
            empty: { title: "" },
            columns: [
              {
                heading: say.say("product"),
                cell: ({ order }) =>
                  html`${[...products.values()].find(({ id }) => id === order.product)?.name ?? order.product ?? "–"} <span class="sub">${say.say(
                    "order_of",
                    { order: order.order, shop: order.shop },
                  )}</span>`,
              },
              {
                heading: say.say("when"),
                cell: ({ order }) =>
                  html`<span class="nowrap">${say.day(instant(Date.parse(order.occurredAt)))}</span>`,
              },
              { heading: say.say("seller"), cell: ({ seller }) => seller?.name ?? say.say("seller_none") },
              {
                heading: say.say("seen_by"),
                cell: ({ seller }) =>
                  seller === undefined
                    ? say.say("seen_vendor")
                    : say.say(`seen_${seller.sharing}`, { partner: seller.name }),
              },
              {
                heading: say.say("paid"),
                isFigure: true,
                cell: ({ order }) => say.money(order.netMinor + order.taxMinor, order.currency),
              },
            ],
          }),
  });
}

function consentCard(visit: Visit, { consents }: Account): Html {
  const { say } = visit;
  return card({
    title: say.say("agreed_title"),
    lead: say.say("agreed_lead"),
    content:
      consents.length === 0
        ? emptyState(say.say("no_consents"))
        : html`<div class="stack">${consents.map((one) => consentText(visit, one))}</div>`,
  });
}

function consentText(
  visit: Visit,
  { partner, partnerName, product, registeredAt, wording }: GivenConsent,
): Html {
  const { say } = visit;
  const day = say.day(instant(Date.parse(registeredAt)));
  return html`<div><h3>${partnerName}</h3>
<p class="lead">${say.say("registered_on", { day, product: product ?? say.say("every_product") })}</p>
<p>${wording === null ? say.say("wording_kept") : html`“${wording}”`}</p>
<form method="post" action="/account/withdraw">${hiddenFields({ ...fieldsOf(visit), partner })}<button aria-label="${say.say("withdraw_of", { partner: partnerName })}">${say.say("withdraw")}</button></form></div>
`;
}

const eraseCard = ({ say }: Visit): Html =>
  card({
    title: say.say("erase_title"),
    content: html`<p>${say.say("erase_lead")}</p><div class="actions"><a class="button" href="/account/erase">${say.say("erase_see")}</a></div>`,
  });

/** Takes back what was agreed with one partner, after asking: its registrations of the address are erased. */
export async function withdraw(visit: Visit): Promise<Response> {
  const { deps, customer, c, say } = visit;
  const form = c.get("form");
  const partner = form?.get("partner") ?? "";
  if (form?.get("step") !== "do") {
    const { consents } = await readAccount(deps, customer.mail);
    const found = consents.find((one) => one.partner === partner);
    if (found === undefined) return goTo("/account");
    const named = { partner: found.partnerName };
    return askPage(visit, {
      title: say.say("withdraw_confirm", named),
      text: say.say("withdraw_confirm_lead", named),
      action: "/account/withdraw",
      sent: { partner },
      label: say.say("withdraw"),
    });
  }
  await eraseEmail(deps, { email: customer.mail, partner });
  return goTo("/account?done=withdrawn");
}

/** Says what would be erased, and what stays and why. */
export async function askErase(visit: Visit): Promise<Response> {
  const { say, deps, kit, customer } = visit;
  const { registrations, orders } = await erasePerson(deps, { email: customer.mail }, { dryRun: true });
  return accountPage(visit, {
    title: say.say("erase_confirm"),
    lead: say.say("erase_nothing_yet"),
    content: card({
      title: say.say("erase_what"),
      content: html`<ul><li>${say.say("erase_orders", { count: orders })}</li><li>${say.say(
        "erase_registrations",
        {
          count: registrations,
        },
      )}</li></ul>
<p>${say.say("erase_stays")}</p>
<form method="post" action="/account/erase">${hiddenFields({ ...fieldsOf(visit), step: "do" })}${confirmButtons(
        kit,
        {
          label: say.say("erase_do"),
          back: "/account",
          isDanger: true,
        },
      )}</form>`,
    }),
  });
}

/** Erases the customer, after asking: the address is taken off all that carries it. */
export async function erase(visit: Visit): Promise<Response> {
  const { deps, customer, c } = visit;
  if (c.get("form")?.get("step") !== "do") return askErase(visit);
  await erasePerson(deps, { email: customer.mail }, { session: customer.session });
  return goTo("/account?done=erased");
}

const goTo = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
