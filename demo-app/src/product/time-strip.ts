import { html } from "hono/html";
import type { Markup } from "../look/page.ts";
import { type CopyView, dayText } from "./copy-view.ts";
import { moments } from "./moments.ts";

/** The demo's own control: sets the product's clock, which starts the program anew at that time. */
export function timeStrip(view: CopyView): Markup {
  return html`<form class="strip" id="strip" method="post" action="/clock" data-stay aria-labelledby="strip-title">
<p id="strip-title"><b>Move time</b> <span class="soft">For Acme Paint it is <time datetime="${view.now.toISOString().slice(0, 10)}">${dayText(view.now)}</time>.</span></p>
<div class="strip-buttons">${moments.map(
    ({ id, text }) =>
      html`<button type="submit" name="moment" value="${id}" aria-pressed="${id === view.moment ? "true" : "false"}">${text}</button>`,
  )}</div>
</form>`;
}
