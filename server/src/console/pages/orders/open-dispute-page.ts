import { openDispute } from "../../../disputes/open-dispute.ts";
import { html } from "../../../pages/html.ts";
import { answerers, type ConsoleRoute } from "../kit/console-route.ts";
import { type Deed, deedRoutes } from "../kit/deed.ts";
import { type Desk, goTo } from "../kit/desk.ts";
import { area, line } from "../kit/fields.ts";
import { partnerChoice } from "../kit/partner-choices.ts";

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
    ) => html`${line("partner", say.say("partner"), value("partner"), { required: true, ...partnerChoice })}
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

/** Contesting a decision in a partner's name. */
export const openDisputeRoutes: readonly ConsoleRoute[] = deedRoutes(
  "/console/disputes/open",
  answerers,
  openOne,
);
