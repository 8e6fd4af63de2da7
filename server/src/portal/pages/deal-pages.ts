import { listPartnerDeals } from "../../deals/deals.ts";
import { registerDeal } from "../../deals/register-deal.ts";
import type { PartnerDeal } from "../../deals/shown-deal.ts";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { pageRoute } from "../../http/page-route.ts";
import { problems } from "../../http/problem.ts";
import { formToken } from "../../pages/form.ts";
import { type Html, html } from "../../pages/html.ts";
import { listing } from "../../pages/listing.ts";
import { type BadgeTone, badge, card } from "../../pages/parts.ts";
import { instant } from "../../words/clock.ts";
import { Refusal } from "../../words/refusal.ts";
import { goTo, refusedNotice } from "./named-page.ts";
import { everyone, type PortalFace, portalFace, portalPage } from "./portal-face.ts";

const path = "/portal/deals";
const show = pageRoute({
  who: everyone,
  operationId: "showPortalDeals",
  method: "get",
  path,
  summary: "Customers that a partner registered before a sale, and what the vendor said",
});
const register = pageRoute({
  who: { partner: ["owner", "finance"] },
  operationId: "registerPortalDeal",
  method: "post",
  path,
  summary: "Register a customer before a sale",
});

const tones: Readonly<Record<PartnerDeal["state"], BadgeTone>> = {
  registered: "wait",
  accepted: "good",
  refused: "bad",
  ended: "off",
  over: "off",
};
const dealsOfPage = 50;

/** The page of a partner's deals: what `/v1/partner/deals` tells, and a form that registers one. */
export function addDealPages(app: App, deps: Deps): void {
  app.serve(show, async (c) => dealsPage(deps, await portalFace(deps, c)));
  app.serve(register, async (c) => {
    const face = await portalFace(deps, c);
    const form = c.get("form") ?? new URLSearchParams();
    const text = (name: string) => (form.get(name) ?? "").slice(0, 300).toWellFormed().trim();
    try {
      await registerDeal(deps, {
        partner: face.person.partner,
        customer: text("customer"),
        ...(text("product") === "" ? {} : { product: text("product") }),
        ...(text("territory") === "" ? {} : { territory: text("territory").toUpperCase() }),
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return dealsPage(deps, face, {
        customer: text("customer"),
        territory: text("territory"),
        refusal: error,
      });
    }
    return goTo(path);
  });
}

interface Refused {
  customer: string;
  territory: string;
  refusal: Refusal;
}

async function dealsPage(deps: Deps, face: PortalFace, refused?: Refused): Promise<Response> {
  const { say, day } = face.speech;
  const dayOf = (iso: string | null) => (iso === null ? "–" : day(instant(Date.parse(iso))));
  const after = face.address.query.get("after");
  const page = await listPartnerDeals(deps, face.person.partner, {
    limit: dealsOfPage,
    ...(after !== null && /^dl_[a-z0-9]{1,40}$/.test(after) ? { after } : {}),
  });
  const parts = {
    title: say("nav_deals"),
    lead: say("deals_lead"),
    content: html`${refused && refusedNotice(face, refused.refusal)}<div class="grid">${
      face.person.role !== "viewer" && dealForm(deps, face, refused)
    }${card({
      title: say("nav_deals"),
      wide: true,
      content: listing<PartnerDeal>({
        kit: face.kit,
        caption: say("nav_deals"),
        rows: page.deals,
        next: page.next,
        address: face.address,
        empty: { title: say("deals_none") },
        columns: [
          { heading: say("deal_customer"), cell: ({ customer }) => html`<bdi>${customer}</bdi>` },
          { heading: say("product"), cell: ({ product }) => product ?? say("all_products") },
          { heading: say("state"), cell: ({ state }) => badge(say(`deal_${state}`), tones[state]) },
          {
            heading: say("deal_until"),
            cell: ({ state, protectedUntil, decideBy }) =>
              state === "registered"
                ? say("deal_decide_by", { date: dayOf(decideBy) })
                : dayOf(protectedUntil),
          },
          { heading: say("deal_note"), cell: ({ note }) => note ?? "–" },
        ],
      }),
    })}</div>`,
  };
  return portalPage(deps, face, parts, refused === undefined ? 200 : problems[refused.refusal.code].status);
}

function dealForm({ config }: Deps, { person, speech }: PortalFace, refused: Refused | undefined): Html {
  const { say } = speech;
  return card({
    title: say("deal_new"),
    lead: say("deal_new_lead"),
    content: html`<form method="post" action="${path}">${formToken(person)}
<div class="field"><label for="customer">${say("deal_customer")}</label><input id="customer" name="customer" required maxlength="254" dir="ltr" autocapitalize="none" spellcheck="false" value="${refused?.customer ?? ""}" aria-describedby="customer-hint"><p class="hint" id="customer-hint">${say("deal_customer_hint")}</p></div>
<div class="field"><label for="product">${say("product")}</label><select id="product" name="product"><option value="">${say("all_products")}</option>${[
      ...config.products.values(),
    ].map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></div>
<div class="field"><label for="territory">${say("deal_territory")}</label><input id="territory" name="territory" maxlength="2" size="2" value="${refused?.territory ?? ""}"></div>
<div class="actions"><button class="main">${say("deal_register")}</button></div></form>`,
  });
}
