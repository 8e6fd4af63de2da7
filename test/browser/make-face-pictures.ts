/**
 * Makes the contact sheets of console, portal and customer's page: `node --conditions=tallystick-source
 * test/browser/make-face-pictures.ts` puts pictures that the browser tests kept in var/screenshots side by side into
 * docs/pictures.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./stage.ts";

const screenshots = new URL("../../var/screenshots/", import.meta.url);
const sheetOf = (face: string) => fileURLToPath(new URL(`../../docs/pictures/${face}.png`, import.meta.url));

/** A picture's name behind that of its face, and what it shows. */
type Picture = readonly [name: string, caption: string];

const consolePictures: readonly Picture[] = [
  ["overview-light", "Overview"],
  ["overview-german-dark", "German, dark"],
  ["overview-arabic-phone", "Arabic, phone"],
  ["overview-dark-phone", "Phone, dark"],
  ["overview-empty", "Empty"],
  ["overview-forced", "Forced colours"],
  ["order-light", "An order"],
  ["held-light", "Held orders"],
  ["resolve-confirm-light", "A ruling, rehearsed"],
  ["partner-light", "A partner"],
  ["partners-light", "Partners: 300"],
  ["partners-dark-phone", "On a phone a row is a card"],
  ["orders-arabic-phone", "Orders: Arabic, phone"],
  ["plan-light", "A plan"],
  ["plan-form-spiff-light", "A plan, as a form"],
  ["plan-form-wrong-dark", "What is wrong, beside its field: dark"],
  ["plan-form-units-arabic-phone", "A plan’s form: Arabic, phone"],
  ["plan-simulated-light", "A plan, simulated before it is kept"],
  ["payout-light", "A payout at the bank"],
  ["payout-propose-german-phone-dark", "Proposing payouts: German, phone, dark"],
  ["deal-light", "A deal in conflict"],
  ["dispute-light", "A contested decision"],
  ["agreement-light", "An agreement, anew"],
  ["adjustment-arabic-phone", "An adjustment: Arabic, phone"],
  ["news-light", "News"],
  ["coupons-light", "Coupons"],
  ["serial-batch-light", "A batch of serials"],
  ["form-serials-import-german-phone-dark", "Serials brought in: German, phone, dark"],
  ["vouchers-light", "Vouchers"],
  ["form-vouchers-issue-arabic-phone", "Vouchers issued: Arabic, phone"],
  ["networks-german-dark", "Networks: German, dark"],
  ["shops-light", "Shops"],
  ["earnings-light", "Earnings by month"],
  ["work-done-light", "Long work, done"],
  ["customers-light", "Customers"],
  ["organisations-arabic-phone", "Organisations: Arabic, phone"],
  ["notice-german-phone-dark", "A notice to customers: German, phone, dark"],
  ["renewal-notices-light", "Notices that a term ends"],
  ["adjustment-reverse-dark", "Taking a booking back, asked first: dark"],
  ["dispute-ruling-light", "A contested decision ruled on, rehearsed"],
  ["work-failed-light", "Long work that failed"],
];

const portalPictures: readonly Picture[] = [
  ["overview-light", "Overview"],
  ["overview-dark", "Dark"],
  ["overview-german-phone", "German, phone"],
  ["overview-arabic", "Arabic"],
  ["overview-empty", "Empty"],
  ["order-light", "An order, and why it counts"],
  ["why-not-phone", "Why not?"],
  ["why-day-light", "Why not, by the day"],
  ["selling-light", "Ways of selling"],
  ["deals-light", "Deals"],
  ["news-light", "News"],
  ["plan-light", "Her plan"],
  ["full-light", "What is coming, and when"],
  ["full-arabic-phone", "Arabic, phone"],
  ["statement-dark", "A statement, dark"],
  ["dispute-german-phone-dark", "What she contests: German, phone, dark"],
];

/** The customer's page: its pictures are named by their own. */
const accountPictures: readonly Picture[] = [
  ["light", "What I bought, and who acts for me"],
  ["dark", "Dark"],
  ["german-phone-dark", "German, phone, dark"],
  ["arabic-phone", "Arabic, phone"],
  ["erase-light", "Erasing oneself, asked first"],
  ["empty", "Empty"],
];

/** A picture as part of the sheet itself: nothing is loaded. Those that were not taken are left out. */
function figure(face: string, [name, caption]: Picture): string {
  try {
    const data = readFileSync(new URL(`${face}-${name}.png`, screenshots)).toString("base64");
    return `<figure><div><img alt="" class="${/phone/.test(name) ? "phone" : "wide"}" src="data:image/png;base64,${data}"></div><figcaption>${caption}</figcaption></figure>`;
  } catch {
    return "";
  }
}

const style = `body { margin: 24px; background: #e9e6df; font: 12px system-ui, sans-serif; color: #1d2126; }
main { display: grid; grid-template-columns: repeat(5, 1fr); gap: 14px; }
figure { margin: 0; } div { height: 230px; overflow: hidden; border: 1px solid #cfcac0; border-radius: 8px; background: #fff; text-align: center; }
img { width: 100%; } img.phone { width: 46%; } figcaption { margin-top: 6px; }
img[alt=""] { object-fit: cover; object-position: top; }`;

const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1280, height: 200 } });
for (const [face, pictures] of Object.entries({
  console: consolePictures,
  portal: portalPictures,
  account: accountPictures,
})) {
  const figures = pictures.map((picture) => figure(face, picture)).join("");
  await page.setContent(`<style>${style}</style><main>${figures}</main>`);
  await page.screenshot({ path: sheetOf(face), fullPage: true });
}
await browser.close();
