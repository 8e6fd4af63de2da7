import type { OpenBrowser } from "../runtime/open-browser.ts";
import type { ReceiverFailure, SignOfLife } from "./receiver.ts";

/** What opening the renewal came to. `url` may be shown to the customer in every case. */
export type OpenResult =
  | { code: "opened_renewal"; url: string }
  /** The receiver gave no sign of life in time: the customer was sent to the shop, and can renew there. */
  | { code: "opened_shop"; url: string; because: ReceiverFailure }
  | { code: "not_opened"; url: string; because: "url_refused" | "opener_missing" | "opener_failed" };

/** What opening works with. */
export interface OpeningParts {
  signOfLife: SignOfLife;
  renewalUrl: string;
  shopUrl: string | undefined;
  openBrowser: OpenBrowser;
}

/** Sends the customer to the receiver when it lives, to the shop when it does not. Never throws. */
export async function openRenewalPage(parts: OpeningParts): Promise<OpenResult> {
  const { signOfLife, shopUrl } = parts;
  const because = signOfLife.code === "alive" || shopUrl === undefined ? undefined : signOfLife.code;
  const url = because === undefined ? parts.renewalUrl : (shopUrl ?? parts.renewalUrl);
  const code = await openSafely(parts.openBrowser, url);
  if (code !== "opened") return { code: "not_opened", url, because: code };
  return because === undefined ? { code: "opened_renewal", url } : { code: "opened_shop", url, because };
}

/** The shop's address with the product and the licence, beside what it has in its query already. */
export function shopAddress(shopUrl: string, product: string, licence: string | undefined): string {
  const url = new URL(shopUrl);
  url.searchParams.set("product", product);
  if (licence !== undefined) url.searchParams.set("licence", licence);
  return url.href;
}

/** An opener that was handed in may throw, which must not reach the product. */
async function openSafely(openBrowser: OpenBrowser, url: string) {
  try {
    return (await openBrowser(url)).code;
  } catch {
    return "opener_failed";
  }
}
