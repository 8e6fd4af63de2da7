import { html } from "hono/html";
import type { Markup } from "../look/page.ts";
import { type CopyView, daysText, dayText } from "./copy-view.ts";

/** The licence as it stands: state, days, and who sold it. One can renew at any time; beside a prompt, whose choice it is, the form waits unseen. */
export function licencePanel(view: CopyView): Markup {
  const { status, seller } = view;
  const late = status.state === "inGrace" || status.state === "expired";
  const tone = status.state === "expired" ? "bad" : late || status.state === "expiring" ? "warn" : "good";
  const words = {
    active: "active",
    expiring: "ending soon",
    inGrace: "in grace",
    expired: "expired",
    perpetual: "for good",
    unknown: "unknown",
  };
  return html`<section class="card licence" aria-labelledby="licence-title">
<h2 id="licence-title" tabindex="-1">Licence <span class="tag ${tone}">${words[status.state]}</span></h2>
${daysLeft(view)}
<dl class="facts">
<div><dt>Sold by</dt><dd>${seller === undefined ? "Acme directly" : html`<b>${seller}</b>`}</dd></div>
<div><dt>${late ? "Ended" : "Ends"}</dt><dd>${dayText(view.expiresAt)}</dd></div>
${status.state === "inGrace" && status.graceEndsAt !== null ? html`<div><dt>Grace until</dt><dd>${dayText(new Date(Date.parse(status.graceEndsAt) - 1))}</dd></div>` : ""}
<div><dt>Number</dt><dd><code>${view.licence}</code></dd></div>
</dl>
<form method="post" action="/renewal/open" id="renew" ${view.prompt === null ? "" : "hidden"}>${status.state === "expired" ? html`<p>You can still renew; your pictures are all here.</p>` : ""}<button type="submit"${status.state === "expired" ? html` class="primary wide"` : ""}>Renew Acme Paint</button></form>
</section>`;
}

function daysLeft({ status, now, expiresAt }: CopyView): Markup {
  if (status.state === "inGrace" || status.state === "expired") {
    const past = Math.max(0, Math.floor((now.getTime() - expiresAt.getTime()) / 86_400_000));
    return html`<p class="days"><b>${past}</b> ${past === 1 ? "day" : "days"} past its end</p>`;
  }
  const left = status.daysRemaining ?? 0;
  const share = Math.min(1, left / 365);
  return html`<p class="days"><b>${left}</b> ${daysText(left).split(" ")[1]} left</p>
<meter min="0" max="365" low="31" value="${Math.round(share * 365)}" aria-hidden="true"></meter>`;
}
