import type { BrowserContextOptions } from "playwright-core";
import { onTestFinished } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { makeFormLink } from "../../server/src/registered-emails/form-link.ts";
import { exchangeAddress } from "../../server/src/vouchers/exchange-address.ts";
import { sheetFoot, sheetHead, sheetPages } from "../../server/src/vouchers/sheet.ts";
import { instant } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { openApp } from "../http/open-app.ts";
import { openVoucherWorld } from "../vouchers/voucher-world.ts";
import { openWatchedPage, serveApp, serveToBrowser } from "./serve-to-browser.ts";

const unused = () => Promise.reject(new Error("this test opens its database itself"));

/**
 * Every page of the receiver, opened by a person: a name for each, and how one comes to it. `brand` is the
 * configuration's section. It closes with the test.
 */
export async function setPageStage(brand: Record<string, string> = {}) {
  const world = await openVoucherWorld({ engine: "sqlite", database: unused, open: unused }, { brand });
  const { address: receiver, browser } = await serveToBrowser(world);
  const failing = await serveFailing();
  const { code } = await world.issue();
  await world.fillPool(["PAINT-7Q4M-2K9D-XW31", "PAINT-0000-0000-0002", "PAINT-0000-0000-0003"]);
  const key = await issuePartnerKey(world.deps, { partner: "north" });
  /** The form's link, made as many days ago; it counts for one. */
  const linkMade = (daysAgo: number) => {
    const clock = () => instant(world.deps.clock() - daysAgo * 86_400_000);
    const expiresAt = instant(clock() + 86_400_000);
    const order = { partner: as.partner("north"), keyId: key.id, product: "acme-paint", expiresAt };
    return makeFormLink({ ...world.deps, clock }, order).url.replace(/^https?:\/\/[^/]+/, receiver);
  };
  return {
    brand: world.deps.config.brand,
    /** A sheet of vouchers, as the file that the command line writes. */
    sheet: () => {
      const sheet = {
        brand: world.deps.config.brand,
        partner: "North Shop",
        product: "Acme Paint",
        batch: "spring-27",
        expiresAt: instant(Date.UTC(2028, 0, 1)),
        address: exchangeAddress(world.deps.config, "north"),
        addressOf: (one: string) => exchangeAddress(world.deps.config, "north", one),
      };
      const vouchers = Array.from({ length: 10 }, (_, at) => ({
        id: `spring-27/${at + 1}`,
        number: at + 1,
        code,
      }));
      return sheetHead(sheet) + sheetPages(sheet, vouchers) + sheetFoot(sheet);
    },
    addresses: {
      "unknown-product": `${receiver}/r/no-such-product`,
      "no-vouchers": `${receiver}/voucher/nobody`,
      "no-download": `${receiver}/d/acme-paint/north`,
      "unknown-form": `${receiver}/register/north?k=x&x=1&s=x`,
      "ended-form": linkMade(2),
      failure: `${failing}/voucher/north`,
      "voucher-form": `${receiver}/voucher/north`,
      "email-form": linkMade(0),
      docs: `${receiver}/docs`,
    },
    code,
    open: (options: BrowserContextOptions = {}) =>
      openWatchedPage(browser, { viewport: { width: 1000, height: 760 }, ...options }),
  };
}

/** A receiver whose database is gone. */
async function serveFailing(): Promise<string> {
  const gone = () => Promise.reject(new Error("the table is gone"));
  const broken = await openApp(({ store }) => ({ store: { ...store, read: gone, write: gone } }));
  onTestFinished(() => broken.close());
  return `http://127.0.0.1:${await serveApp(broken.app.fetch, broken.deps.log)}`;
}
