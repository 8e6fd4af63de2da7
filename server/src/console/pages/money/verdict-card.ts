import { type Html, html } from "../../../pages/html.ts";
import { card } from "../../../pages/parts.ts";
import type { Desk } from "../kit/desk.ts";
import { actButton, onlyFresh } from "../kit/fields.ts";

/** What the second person may do with what waits for one: approve or refuse it at its path. Who entered it may not. */
export const verdictCard = (desk: Desk, path: string, enteredBy: string): Html => {
  const { say, person } = desk;
  const isOwn = enteredBy === person.actor;
  return card({
    title: say.say("adjust_verdict"),
    content: html`<p>${say.say(isOwn ? "adjust_own" : "adjust_verdict_lead")}</p>${
      !isOwn &&
      onlyFresh(
        desk,
        html`<div class="actions">${actButton(desk, { action: `${path}/approve`, label: say.say("adjust_approve"), look: "main" })}${actButton(
          desk,
          { action: `${path}/refuse`, label: say.say("adjust_refuse"), look: "danger" },
        )}</div>`,
      )
    }`,
  });
};
