import type { PromptView } from "@tallystick/sdk/prompt";
import { html } from "hono/html";
import type { Markup } from "../look/page.ts";

/**
 * The SDK's own element with what it is to show. Where no script runs, what stands inside it is seen in its place: the
 * same words, and a way to renew.
 */
export function promptPanel(view: PromptView | null): Markup {
  if (view === null) return html`<tallystick-prompt id="prompt"></tallystick-prompt>`;
  return html`<tallystick-prompt id="prompt" data-view="${JSON.stringify(view)}">
<section class="card" lang="${view.language}" dir="${view.direction}"><h2>${view.title}</h2>
${[view.text, view.note, view.disclosure].map((text) => (text ? html`<p>${text}</p>` : ""))}
<form method="post" action="/renewal/open"><button type="submit">${view.actions[0]?.label}</button></form></section>
</tallystick-prompt>`;
}
