import { html } from "hono/html";
import type { Addresses } from "../addresses.ts";
import { reseller } from "../cast.ts";
import type { Markup } from "../look/page.ts";
import type { Handout } from "../ways/way.ts";

/** A code that the customer typed in vain, and why. */
export interface RefusedCode {
  typed: string;
  problem: string;
}

/** Asks for the serial or the voucher that came with the copy. The demo has it lie ready in the field. */
export function activationPanel(
  addresses: Addresses,
  code: NonNullable<Handout["code"]>,
  refused: RefusedCode | undefined,
): Markup {
  const card = code.kind === "voucher";
  return html`<section class="card" aria-labelledby="licence-title">
<h2 id="licence-title" tabindex="-1">Activate Acme Paint</h2>
<p>${card ? html`On your card from <b>${reseller.name}</b> stands a code. Enter it here, or the serial that you exchanged it for.` : "On the card in your box stands a serial. Enter it to begin."}</p>
<form method="post" action="/activation" class="activation">
<div class="field"><label for="code">${card ? "Voucher code or serial" : "Serial"}</label>
<input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="100" required value="${refused?.typed ?? code.text}"${refused === undefined ? "" : html` aria-invalid="true" aria-describedby="code-problem"`}>
${refused === undefined ? "" : html`<p class="problem" id="code-problem" role="alert">${refused.problem}</p>`}</div>
<button class="primary wide" type="submit">Activate</button></form>
${card ? html`<p class="small">You may also <a href="${addresses.receiver}/voucher/${reseller.id}">exchange it on ${reseller.name}’s page</a>.</p>` : ""}
</section>`;
}
