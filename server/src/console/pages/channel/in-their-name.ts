import { registerDeal } from "../../../deals/register-deal.ts";
import { openDispute } from "../../../disputes/open-dispute.ts";
import { sendTestMail } from "../../../mail/send-test.ts";
import { html } from "../../../pages/html.ts";
import { outcomeNotice } from "../../../pages/parts.ts";
import { Refusal } from "../../../words/refusal.ts";
import { answerers, type ConsoleRoute, keepers, planners } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { consolePage, type Desk, goTo } from "../kit/desk.ts";
import { area, line, pick, productOptions } from "../kit/fields.ts";

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
    ) => html`${line("partner", say.say("partner"), value("partner"), { required: true, maxlength: 64 })}
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

/** `dispute open`, in a partner's name. */
const openOne = (
  desk: Desk,
): Deed<{ partner: string; number: string | undefined; serial: string | undefined; text: string }> => {
  const { say, deps } = desk;
  return {
    title: say.say("dispute_open_for"),
    crumbs: [html`<a href="/console/disputes">${say.say("nav_disputes")}</a>`],
    back: "/console/disputes",
    names: ["partner", "number", "serial", "text"],
    fields: (
      value,
    ) => html`${line("partner", say.say("partner"), value("partner"), { required: true, maxlength: 64 })}
${line("number", say.say("order"), value("number"), { maxlength: 255, dir: "ltr" })}
${line("serial", say.say("serial"), value("serial"), { maxlength: 255, dir: "ltr", hint: say.say("one_of_two") })}
${area("text", say.say("dispute_text"), value("text"))}`,
    read: (field) => ({
      partner: field("partner") ?? "",
      number: field("number"),
      serial: field("serial"),
      text: field("text") ?? "",
    }),
    label: say.say("dispute_open_for"),
    act: async ({ partner, number, serial, text }) => {
      const { id } = await openDispute(deps, partner, {
        text,
        ...(number === undefined ? {} : { number }),
        ...(serial === undefined ? {} : { serial }),
      });
      return goTo(`/console/disputes/${id}`, "kept");
    },
  };
};

/** `mail test`: at once, past all waiting mail. */
const testMail = (desk: Desk): Deed<string> => {
  const { say, deps } = desk;
  const crumbs = [html`<a href="/console/mail">${say.say("nav_mail")}</a>`];
  return {
    title: say.say("mail_test"),
    crumbs,
    back: "/console/mail",
    names: ["to"],
    fields: (value) =>
      line("to", say.say("address"), value("to", desk.person.mail), {
        type: "email",
        required: true,
        maxlength: 254,
        dir: "ltr",
      }),
    read: (field) => field("to") ?? "",
    label: say.say("mail_test"),
    act: async (to) => {
      if (deps.config.mail === undefined)
        throw new Refusal("request_invalid", "The configuration does not say how mail is sent.");
      const sent = await sendTestMail(deps.config, to, deps.env);
      return consolePage(desk, {
        title: say.say("mail_test"),
        crumbs,
        content: outcomeNotice(say.say("mail_taken", { by: sent.by }), "good"),
      });
    },
  };
};

/** What is done in partners' names, and the mail that tries whether mail is sent. */
export const inTheirNameRoutes: readonly ConsoleRoute[] = [
  ...deedRoutes("/console/deals/register", planners, registerOne),
  ...deedRoutes("/console/disputes/open", answerers, openOne),
  ...deedRoutes("/console/mail/test", keepers, testMail),
];
