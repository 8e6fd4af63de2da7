import type { Reminder } from "@tallystick/sdk";
import { html } from "hono/html";
import type { Markup } from "../look/page.ts";
import { type CopyView, daysText, dayText } from "./copy-view.ts";

const snoozeTexts = { "1d": "Tomorrow", "3d": "In 3 days", next_stage: "Nearer the end" } as const;

/**
 * The one prompt: beside the picture, never over it. It takes no focus; a screen reader hears its first line
 * politely, because the window's script puts it into the status line.
 */
export function renewalPrompt(view: CopyView, reminder: Reminder): Markup {
  const { seller } = view;
  return html`<section class="card prompt ${reminder.urgency}" id="prompt" aria-labelledby="prompt-title">
<h2 id="prompt-title">${headline(view)}</h2>
<p>${seller === undefined ? "Renew to keep painting." : html`You bought it from <b>${seller}</b>, and renewing here counts for them too.`} ${view.status.state === "inGrace" ? "Until then everything works as before." : "Your pictures stay yours either way."}</p>
<form method="post" action="/renewal/open"><button class="primary wide" type="submit">Renew${seller === undefined ? "" : " Acme Paint"}</button></form>
${
  reminder.snoozeOptions.length === 0
    ? ""
    : html`<form class="snooze" method="post" action="/renewal/snooze" data-stay>
<fieldset><legend>Remind me</legend>${reminder.snoozeOptions.map(
        (option) =>
          html`<button type="submit" name="option" value="${option}">${snoozeTexts[option]}</button>`,
      )}</fieldset></form>`
}
<form method="post" action="/renewal/renewed" data-stay><button class="quiet-button" type="submit">I have renewed already</button></form>
</section>`;
}

function headline({ status, expiresAt }: CopyView): string {
  if (status.state === "inGrace" && status.graceEndsAt !== null) {
    return `Your licence ended on ${dayText(expiresAt)}. You can renew until ${dayText(new Date(Date.parse(status.graceEndsAt) - 1))}.`;
  }
  const left = status.daysRemaining ?? 0;
  return left === 0 ? "Your licence ends today." : `Your licence ends in ${daysText(left)}.`;
}
