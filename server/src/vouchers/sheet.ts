import { groupVoucherCode } from "@tallystick/sdk/protocol";
import type { Brand } from "../config/brand-config.ts";
import { type Html, html, trusted } from "../pages/html.ts";
import { brandHeader, type Skeleton, skeleton } from "../pages/page.ts";
import { qrCodeSvg } from "../pages/qr-code.ts";
import { colours, groundStyle } from "../pages/style.ts";
import type { Instant } from "../words/clock.ts";
import type { IssuedVoucher } from "./issue.ts";
import { sheetStyle } from "./sheet-style.ts";

/** What stands on every card of a sheet. */
export interface SheetTitle {
  brand: Brand;
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
export function sheetHead(sheet: SheetTitle): string {
  const { brand, partner, product, batch } = sheet;
  const top = html`${brandHeader(brand)}
<main>
<div class="intro">
<h1>${product} <small>${partner}</small></h1>
<p>Batch <b>${batch}</b>. Print on A4 or Letter at 100&#8239;%, then cut along the dashed lines. Each code is worth one copy, and stands nowhere but here: keep this file as you would keep the cards.</p>
</div>
`;
  return `${skeletonOf(sheet).head}${top}`;
}

/** Pages of cards for some vouchers. Given in multiples of 8, pages follow one another without a gap. */
export function sheetPages(sheet: SheetTitle, vouchers: readonly IssuedVoucher[]): string {
  let pages = "";
  for (let at = 0; at < vouchers.length; at += cardsPerPage) {
    const cards = vouchers.slice(at, at + cardsPerPage).map((voucher) => cardOf(sheet, voucher));
    pages += `<section>\n${cards.join("\n")}\n</section>\n`;
  }
  return pages;
}

/** What comes after the pages of cards. */
export const sheetFoot = (sheet: SheetTitle): string => `</main>${skeletonOf(sheet).foot}`;

const skeletonOf = ({ brand, partner, product }: SheetTitle): Skeleton =>
  skeleton({
    brand,
    title: `Vouchers for ${product}, ${partner}`,
    style: `${colours(brand)}${groundStyle}${sheetStyle}`,
    isFile: true,
  });

function cardOf(sheet: SheetTitle, { id, code }: IssuedVoucher): Html {
  const { partner, product, expiresAt, address, addressOf } = sheet;
  const [first, ...groups] = groupVoucherCode(code).split("-");
  return html`<article>
<div><p class="seller">${partner}</p><h2>${product}</h2><p class="how">Scan the code, or enter it at <b>${breakable(address)}</b></p></div>
${trusted(qrCodeSvg(addressOf(code), "QR code of the page that exchanges this voucher"))}
<p class="code"><span>${first}</span>${groups.map((group) => html`<i>-</i><span>${group}</span>`)}</p>
${expiresAt !== undefined && html`<p class="until">Valid until ${lastDay(expiresAt)}</p>`}<p class="id">${id}</p>
</article>`;
}

/** An address for people: without its scheme, and free to break behind a slash. */
const breakable = (address: string): Html[] =>
  address
    .replace(/^https?:\/\//, "")
    .split("/")
    .map((part, at) => (at === 0 ? html`${part}` : html`/<wbr>${part}`));

/** The last day that is whole, in UTC: an instant at midnight ends the day before. */
const lastDay = (at: Instant) =>
  new Date(at - 1).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
