import type { Deps } from "../../deps/deps.ts";
import { type AppContext, type Customer, requestHeader } from "../../http/app-env.ts";
import { type AccountText, accountTexts } from "../../messages/account/index.ts";
import { type Speech, speak } from "../../messages/speak.ts";
import { addressOf } from "../../pages/address.ts";
import { appPage, hiddenFields, type KitSpeech, speakKit, wantedLanguages } from "../../pages/app-page.ts";
import { formTokenField } from "../../pages/form.ts";
import { type Html, html } from "../../pages/html.ts";
import { listTable } from "../../pages/listing.ts";
import { pageResponse } from "../../pages/page.ts";
import { card, confirmButtons, emptyState, notice } from "../../pages/parts.ts";
import { erasePerson } from "../../persons/persons.ts";
import { eraseEmail } from "../../registered-emails/erase-email.ts";
import { instant } from "../../words/clock.ts";
import { type Account, type GivenConsent, type Purchase, readAccount } from "../account.ts";
import { licenceCard } from "./licence-card.ts";
import { rewardCard } from "./reward-card.ts";

/** One request of a customer who proved an address. */
export interface Visit {
  c: AppContext;
  deps: Deps;
  say: Speech<AccountText>;
  kit: KitSpeech;
  customer: Customer;
}

/** Who asks, in which language. The guard has let a customer past. */
export async function openVisit(deps: Deps, c: AppContext): Promise<Visit> {
  const customer = c.get("customer");
  const header = requestHeader(c, "accept-language");
  const wanted = wantedLanguages(deps.config.brand, { chosen: customer.language, header });
  const say = await speak(accountTexts, wanted);
  return { c, deps, say, kit: await speakKit([say.tag]), customer };
}

function accountPage(visit: Visit, parts: { title: string; lead?: string; content: Html }): Response {
  const { deps, kit, say, customer } = visit;
  const page = appPage({
    ...parts,
    brand: deps.config.brand,
    kit,
    navigation: [
      {
        links: [{ label: say.say("nav_account"), address: "/account", isCurrent: true }],
      },
    ],
    person: {
      name: customer.mail,
      settings: "/sign-in/sessions",
      signOut: { address: "/sign-in/out", fields: fieldsOf(visit) },
    },
  });
  return pageResponse(page);
}

const fieldsOf = ({ customer }: Visit): Record<string, string> => ({ [formTokenField]: customer.formToken });

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
    content: html`${done !== undefined && notice(say.say(done), "good")}<div class="stack">${purchaseCard(visit, account)}${await licenceCard(visit)}${await rewardCard(visit)}${consentCard(visit, account)}${eraseCard(visit)}</div>`,
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

/** Asks before something is taken back: opening the page changes nothing. */
function askPage(
  visit: Visit,
  asked: { title: string; text: string; action: string; sent: Record<string, string>; label: string },
): Response {
  const { title, text, action, sent, label } = asked;
  const buttons = confirmButtons(visit.kit, { label, back: "/account", isDanger: true });
  return accountPage(visit, {
    title,
    content: card({
      title: visit.say.say("confirm_heading"),
      content: html`<p>${text}</p>
<form method="post" action="${action}">${hiddenFields({ ...fieldsOf(visit), ...sent, step: "do" })}${buttons}</form>`,
    }),
  });
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
