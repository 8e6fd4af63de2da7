import { groupVoucherCode } from "@tallystick/sdk/protocol";
import { escapeHtml } from "../../pages/html-text.ts";
import type { Instant } from "../../words/clock.ts";
import type { IssuedVoucher } from "../issue.ts";
import { qrCodeSvg } from "./qr-code.ts";
import { sheetStyle } from "./sheet-style.ts";

/** What stands on every card of a sheet. */
export interface SheetTitle {
  /** The partner's name, as customers know it. */
  partner: string;
  product: string;
  batch: string;
  expiresAt: Instant | undefined;
  /** Where vouchers are exchanged by hand. */
  address: string;
  /** The same with a code in it, for the QR code. */
  addressOf: (code: string) => string;
}

/** Cards on a printed page: 2 by 4 of 92 by 62 mm, which fit A4 and Letter with margins of 10 mm. */
const cardsPerPage = 8;

/** What comes before the pages of cards. The page needs no network and runs nothing. */
export function sheetHead({ partner, product, batch }: SheetTitle): string {
  const title = `Vouchers for ${product}, ${partner}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${sheetStyle}</style>
</head>
<body>
<header>
<h1>${escapeHtml(product)} <small>${escapeHtml(partner)}</small></h1>
<p>Batch <b>${escapeHtml(batch)}</b>. Print on A4 or Letter at 100&#8239;%, then cut along the dashed lines. Each code is worth one copy, and stands nowhere but here: keep this file as you would keep the cards.</p>
</header>
<main>
`;
}

/** Pages of cards for some vouchers. Given in multiples of 8, pages follow one another without a gap. */
export function sheetPages(title: SheetTitle, vouchers: readonly IssuedVoucher[]): string {
  let pages = "";
  for (let at = 0; at < vouchers.length; at += cardsPerPage) {
    const cards = vouchers.slice(at, at + cardsPerPage).map((voucher) => cardOf(title, voucher));
    pages += `<section>\n${cards.join("\n")}\n</section>\n`;
  }
  return pages;
}

/** What comes after the pages of cards. */
export const sheetFoot = "</main>\n</body>\n</html>\n";

function cardOf(
  { partner, product, expiresAt, address, addressOf }: SheetTitle,
  { id, code }: IssuedVoucher,
) {
  const groups = groupVoucherCode(code).split("-");
  const validity = expiresAt === undefined ? "" : `<p class="until">Valid until ${lastDay(expiresAt)}</p>`;
  return `<article>
<div><p class="seller">${escapeHtml(partner)}</p><h2>${escapeHtml(product)}</h2><p class="how">Scan the code, or enter it at <b>${breakable(address)}</b></p></div>
${qrCodeSvg(addressOf(code), "QR code of the page that exchanges this voucher")}
<p class="code">${groups.map((group) => `<span>${group}</span>`).join("<i>-</i>")}</p>
${validity}<p class="id">${escapeHtml(id)}</p>
</article>`;
}

/** An address for people: without its scheme, and free to break behind a slash. */
const breakable = (address: string) =>
  escapeHtml(address.replace(/^https?:\/\//, "")).replaceAll("/", "/<wbr>");

/** The last day that is whole, in UTC: an instant at midnight ends the day before. */
const lastDay = (at: Instant) =>
  new Date(at - 1).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
