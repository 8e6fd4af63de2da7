/**
 * Makes the contact sheet of the console: `node --conditions=tallystick-source test/browser/make-console-pictures.ts`
 * puts pictures that `console.test.ts` kept in var/screenshots side by side into docs/pictures/console.png.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./stage.ts";

const screenshots = new URL("../../var/screenshots/", import.meta.url);
const sheet = fileURLToPath(new URL("../../docs/pictures/console.png", import.meta.url));

const pictures = [
  ["overview-light", "Overview"],
  ["overview-german-dark", "German, dark"],
  ["overview-arabic-phone", "Arabic, phone"],
  ["overview-dark-phone", "Phone, dark"],
  ["overview-empty", "Empty"],
  ["order-light", "An order"],
  ["held-light", "Held orders"],
  ["resolve-confirm-light", "A ruling, rehearsed"],
  ["partner-light", "A partner"],
  ["partners-light", "Partners"],
  ["plan-light", "A plan"],
  ["payouts-light", "Payouts"],
] as const;

/** A picture as part of the sheet itself: nothing is loaded. Those that were not taken are left out. */
function figure([name, caption]: (typeof pictures)[number]): string {
  try {
    const data = readFileSync(new URL(`console-${name}.png`, screenshots)).toString("base64");
    return `<figure><div><img alt="" src="data:image/png;base64,${data}"></div><figcaption>${caption}</figcaption></figure>`;
  } catch {
    return "";
  }
}

const style = `body { margin: 24px; background: #e9e6df; font: 14px system-ui, sans-serif; color: #1d2126; }
main { display: grid; grid-template-columns: repeat(4, 1fr); gap: 20px; }
figure { margin: 0; } div { height: 320px; overflow: hidden; border: 1px solid #cfcac0; border-radius: 8px; background: #fff; text-align: center; }
img { width: 100%; } figcaption { margin-top: 6px; }
img[alt=""] { object-fit: cover; object-position: top; }`;

const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
await page.setContent(`<style>${style}</style><main>${pictures.map(figure).join("")}</main>`);
await page.screenshot({ path: sheet, fullPage: true });
await browser.close();
