import { registerDeal } from "../../../deals/register-deal.ts";
import { html } from "../../../pages/html.ts";
import { type ConsoleRoute, planners } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { type Desk, goTo } from "../kit/desk.ts";
import { line, pick, productOptions } from "../kit/fields.ts";
import { partnerChoice } from "../kit/partner-choices.ts";

/** `deal register`, in a partner's name. */
const registerOne = (desk: Desk): Deed<Parameters<typeof registerDeal>[1]> => {
  const { say, deps } = desk;
  return {
    title: say.say("deal_add"),
    crumbs: [html`<a href="/console/deals">${say.say("nav_deals")}</a>`],
    back: "/console/deals",
    names: ["partner", "customer", "product", "territory"],
    fields: (
      value,
    ) => html`${line("partner", say.say("partner"), value("partner"), { required: true, ...partnerChoice })}
${line("customer", say.say("customer"), value("customer"), { required: true, maxlength: 254, dir: "ltr", hint: say.say("deal_customer_hint") })}
${pick("product", say.say("product"), [["", say.say("every_product")], ...productOptions(desk)], value("product"))}
${line("territory", say.say("deal_territory"), value("territory"), { maxlength: 2 })}`,
    read: (field) => ({
      partner: field("partner") ?? "",
      customer: field("customer") ?? "",
      product: field("product"),
      territory: field("territory")?.toUpperCase(),
    }),
    label: say.say("deal_add"),
    act: async (deal) => {
      const { deal_id } = await registerDeal(deps, deal);
      return goTo(`/console/deals/${deal_id}`, "kept");
    },
  };
};

/** Registering a deal in a partner's name. */
export const registerDealRoutes: readonly ConsoleRoute[] = deedRoutes(
  "/console/deals/register",
  planners,
  registerOne,
);
