import { sendTestMail } from "../../../mail/send-test.ts";
import { html } from "../../../pages/html.ts";
import { outcomeNotice } from "../../../pages/parts.ts";
import { Refusal } from "../../../words/refusal.ts";
import { type ConsoleRoute, keepers } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { consolePage, type Desk } from "../kit/desk.ts";
import { line } from "../kit/fields.ts";

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

/** The mail that tries whether mail is sent. */
export const testMailRoutes: readonly ConsoleRoute[] = deedRoutes("/console/mail/test", keepers, testMail);
