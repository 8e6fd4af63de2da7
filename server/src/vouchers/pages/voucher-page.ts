import type { CardFace } from "../../pages/card-face.ts";
import { textField } from "../../pages/form.ts";
import { attributes, type Html, html } from "../../pages/html.ts";
import { messagePage } from "../../pages/message.ts";
import { cardPage, type Page } from "../../pages/page.ts";
import { faces } from "../../pages/style.ts";
import { longestTypedCode } from "../api/voucher-route.ts";
import { voucherScript } from "./voucher-page-script.ts";

/** The form, as it is first shown and after a refusal. */
export interface VoucherForm {
  /** The partner's name. */
  seller: string;
  /** What was entered before. */
  code: string;
  /** Made with the form: sending it twice gives one answer. */
  idempotencyKey: string;
  /** Why the code was not exchanged. */
  problem?: string;
}

/** What a voucher was exchanged for. */
export interface VoucherReceipt {
  seller: string;
  /** The product's name. */
  product: string;
  serial: string;
}

/** The page with the form. It works without its script, which only groups what is typed and saves a page load. */
export function voucherFormPage(
  face: CardFace,
  { seller, code, idempotencyKey, problem }: VoucherForm,
): Page {
  const { say } = face.speech;
  const title = say("voucher_title");
  return voucherPage(
    face,
    title,
    html`<h1>${title}</h1>
<p id="hint">${say("voucher_lead", { seller })}</p>
<form method="post" novalidate>
${textField({ name: "code", label: say("voucher_label"), value: code, problem, hint: "hint", input: codeInput })}
<input type="hidden" name="key" value="${idempotencyKey}">
<button>${say("voucher_button")}</button>
</form>
<p class="small">${say("voucher_small")}</p>`,
  );
}

const codeInput = {
  required: true,
  maxlength: longestTypedCode,
  inputmode: "text",
  enterkeyhint: "go",
  autocapitalize: "characters",
  autocomplete: "off",
  autocorrect: "off",
  spellcheck: "false",
  placeholder: "XXXX-XXXX-XXXX-XXXX-XXXX",
  dir: "ltr",
  autofocus: true,
  "data-focus": true,
};

/** The page that shows the serial, and says what to do with it. */
export function voucherReceiptPage(face: CardFace, { seller, product, serial }: VoucherReceipt): Page {
  const { say } = face.speech;
  const title = say("voucher_receipt", { product });
  return voucherPage(
    face,
    title,
    html`<h1 tabindex="-1" data-focus>${title}</h1>
<p class="serial"><code id="serial" translate="no" dir="ltr">${serial}</code></p>
<p><button type="button" class="quiet" data-copy="serial" hidden>${say("voucher_copy")}</button></p>
<ol>
<li>${say("voucher_step_start", { product })}</li>
<li>${say("voucher_step_enter")}</li>
<li>${say("voucher_step_keep", { seller })}</li>
</ol>`,
  );
}

/** For every address below which nobody sells vouchers, whether there is such a partner or not. */
export const noVouchersPage = ({ parts, speech: { say } }: CardFace): Page =>
  messagePage(parts.brand, {
    ...parts,
    title: say("voucher_none"),
    text: [say("voucher_none_text"), say("voucher_none_next")],
  });

/** The script says what it does in the line below, also to those who cannot see it. */
const voucherPage = ({ parts, speech: { say } }: CardFace, title: string, content: Html): Page =>
  cardPage({
    ...parts,
    title,
    content,
    aside: html`<p${attributes({
      id: "said",
      role: "status",
      "data-filled": say("voucher_filled"),
      "data-looking": say("voucher_looking"),
      "data-silent": say("voucher_silent"),
      "data-copied": say("voucher_copied"),
      "data-select": say("voucher_select"),
    })}></p>\n`,
    style: voucherStyle,
    script: voucherScript,
    sendsTo: "here",
  });

/** What only these pages have: a code that is typed and a number that is copied. */
const voucherStyle = `.field input[name=code] { font: 500 clamp(1rem, 4.4vw, 1.3rem)/1.3 ${faces.code}; text-transform: uppercase; }
input[name=code]::placeholder { font-weight: 400; }
main .serial { margin: 1.25rem 0 .75rem; padding: 1.1rem .75rem; text-align: center; background: var(--field); border: 1px solid var(--edge); border-radius: .5rem; }
.serial code { font: 600 clamp(1.25rem, 5.4vw, 1.75rem)/1.35 ${faces.code}; color: var(--ink); overflow-wrap: anywhere; user-select: all; -webkit-user-select: all; }
#said { margin: 1rem 0 0; }
#said:empty { display: none; }
@media print { #said { display: none; } }
`;
