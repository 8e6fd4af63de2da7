import type { Brand } from "../../config/brand-config.ts";
import { textField } from "../../pages/form.ts";
import { type Html, html } from "../../pages/html.ts";
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
export const voucherFormPage = (brand: Brand, { seller, code, idempotencyKey, problem }: VoucherForm): Page =>
  voucherPage(
    brand,
    "Exchange your voucher",
    html`<h1>Exchange your voucher</h1>
<p id="hint">Enter the code on the card from ${seller}. You get the serial number of your copy in return.</p>
<form method="post" novalidate>
${textField({ name: "code", label: "Voucher code", value: code, problem, hint: "hint", input: codeInput })}
<input type="hidden" name="key" value="${idempotencyKey}">
<button>Get my serial number</button>
</form>
<p class="small">Small letters and missing hyphens are fine. A voucher can be exchanged once.</p>`,
  );

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
  autofocus: true,
  "data-focus": true,
};

/** The page that shows the serial, and says what to do with it. */
export function voucherReceiptPage(brand: Brand, { seller, product, serial }: VoucherReceipt): Page {
  const title = `Your serial number for ${product}`;
  return voucherPage(
    brand,
    title,
    html`<h1 tabindex="-1" data-focus>${title}</h1>
<p class="serial"><code id="serial" translate="no">${serial}</code></p>
<p><button type="button" class="quiet" data-copy="serial" hidden>Copy</button></p>
<ol>
<li>Start ${product} and choose to enter a serial number.</li>
<li>Enter the number exactly as it stands here.</li>
<li>Keep it: print this page or take a picture of it. The voucher from ${seller} is used now and cannot be exchanged again.</li>
</ol>`,
  );
}

/** For every address below which nobody sells vouchers, whether there is such a partner or not. */
export const noVouchersPage = (brand: Brand): Page =>
  messagePage(brand, {
    title: "There are no vouchers here",
    text: [
      "The address may be incomplete. Please compare it with the one on your card.",
      "If it is the same, please ask the shop that sold you the voucher.",
    ],
  });

/** The script says what it does in the line below, also to those who cannot see it. */
const voucherPage = (brand: Brand, title: string, content: Html): Page =>
  cardPage({
    brand,
    title,
    content,
    aside: html`<p id="said" role="status"></p>\n`,
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
