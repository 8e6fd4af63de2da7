import { createHash } from "node:crypto";
import { escapeHtml } from "../../pages/html-text.ts";
import { messagePage, pageHeaders } from "../../pages/page.ts";
import { longestTypedCode } from "../api/voucher-route.ts";
import { voucherScript } from "./voucher-page-script.ts";
import { voucherStyle } from "./voucher-page-style.ts";

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
export function voucherFormPage({ seller, code, idempotencyKey, problem }: VoucherForm): string {
  const refused = problem !== undefined;
  return pageOf(
    "Exchange your voucher",
    seller,
    problem ?? "",
    `
<h1>Exchange your voucher</h1>
<p id="hint">Enter the code on the card from ${escapeHtml(seller)}. You get the serial number of your copy in return.</p>
<form method="post" novalidate>
<label for="code">Voucher code</label>
<input id="code" name="code" value="${escapeHtml(code)}" required maxlength="${longestTypedCode}" inputmode="text" enterkeyhint="go" autocapitalize="characters" autocomplete="off" autocorrect="off" spellcheck="false" placeholder="XXXX-XXXX-XXXX-XXXX-XXXX" aria-describedby="${refused ? "problem " : ""}hint"${refused ? ' aria-invalid="true"' : ""} autofocus data-focus>
${refused ? `<p id="problem" class="problem">${escapeHtml(problem)}</p>` : ""}
<input type="hidden" name="key" value="${escapeHtml(idempotencyKey)}">
<button>Get my serial number</button>
</form>
<p class="small">Small letters and missing hyphens are fine. A voucher can be exchanged once.</p>`,
  );
}

/** The page that shows the serial, and says what to do with it. */
export function voucherReceiptPage({ seller, product, serial }: VoucherReceipt): string {
  const title = `Your serial number for ${product}`;
  return pageOf(
    title,
    seller,
    "",
    `
<h1 tabindex="-1" data-focus>${escapeHtml(title)}</h1>
<p class="serial"><code id="serial" translate="no">${escapeHtml(serial)}</code></p>
<p><button type="button" class="quiet" data-copy="serial" hidden>Copy</button></p>
<ol>
<li>Start ${escapeHtml(product)} and choose to enter a serial number.</li>
<li>Enter the number exactly as it stands here.</li>
<li>Keep it: print this page or take a picture of it. The voucher is used now and cannot be exchanged again.</li>
</ol>`,
  );
}

/** For every address below which nobody sells vouchers, whether there is such a partner or not. */
export const noVouchersPage = messagePage({
  title: "There are no vouchers here",
  text: [
    "The address may be incomplete. Please compare it with the one on your card.",
    "If it is the same, please ask the shop that sold you the voucher.",
  ],
});

/** The policy: the page's own style and script by their hashes, its own address for the form, and nothing else. */
const policy = [
  "default-src 'none'",
  `style-src '${sourceHash(voucherStyle)}'`,
  `script-src '${sourceHash(voucherScript)}'`,
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** An answer with one of the voucher pages. It holds a code or a serial, so nobody keeps it. */
export function voucherResponse(
  html: string,
  status: number,
  headers: Record<string, string> = {},
): Response {
  return new Response(html, {
    status,
    headers: {
      ...pageHeaders,
      "cache-control": "no-store",
      "content-security-policy": policy,
      // With the policy of other pages a browser would send its form with the origin `null`.
      "referrer-policy": "same-origin",
      ...headers,
    },
  });
}

/** `said` is what the script tells a screen reader when it puts the page in place of another. */
function pageOf(title: string, seller: string, said: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} – ${escapeHtml(seller)}</title>
<style>${voucherStyle}</style>
</head>
<body>
<div class="card">
<p class="seller">${escapeHtml(seller)}</p>
<main data-said="${escapeHtml(said)}">${content}
</main>
<p id="said" role="status" aria-live="polite"></p>
</div>
<script>${voucherScript}</script>
</body>
</html>
`;
}

function sourceHash(source: string): string {
  return `sha256-${createHash("sha256").update(source).digest("base64")}`;
}
