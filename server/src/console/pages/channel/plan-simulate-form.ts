import { hiddenFields } from "../../../pages/app-page.ts";
import { type Html, html } from "../../../pages/html.ts";
import { type Desk, formFields } from "../kit/desk.ts";
import { line } from "../kit/fields.ts";
import { partnerChoice } from "../kit/partner-choices.ts";

/** Where a simulation is set off. */
export const simulatePath = "/console/work/simulate";

/** Simulates a plan over all sales, or over those of some days and of one partner. It goes on when the page is closed. */
export const simulateForm = (
  desk: Desk,
  document: string,
  {
    since = "",
    until = "",
    partner = "",
  }: Partial<Record<"since" | "until" | "partner", string | undefined>> = {},
): Html => {
  const { say } = desk;
  return html`<form class="filters" method="post" action="${simulatePath}">${hiddenFields({ ...formFields(desk), document })}${line("since", say.say("since"), since, { type: "date" })}${line("until", say.say("until"), until, { type: "date" })}${line("partner", say.say("partner"), partner, partnerChoice)}<button>${say.say("simulate_all")}</button></form>`;
};
