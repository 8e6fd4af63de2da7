import { addAccountPages } from "../../account/pages/account-routes.ts";
import type { Environment } from "../../config/load-config.ts";
import { providersOf } from "../../config/sign-in-config.ts";
import { addConsolePages } from "../../console/pages/console-routes.ts";
import { addStopNoticesRoutes } from "../../customer-notices/pages/stop-notices-route.ts";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import type { Metrics } from "../../http/metrics.ts";
import { addStopRoutes } from "../../mail/pages/stop-route.ts";
import { addAssetRoutes } from "../../pages/api/asset-routes.ts";
import { addPortal } from "../../portal/pages/portal.ts";
import { addEmailFormRoute } from "../../registered-emails/pages/email-form-route.ts";
import { addSignInPages } from "../../sign-in/pages/sign-in.ts";
import { openProviders } from "../../sign-in/providers.ts";
import { addVoucherPage } from "../../vouchers/pages/voucher-page-route.ts";
import { payoutBlocks } from "../payout-blocks.ts";

/** What the pages need beside the shells' own needs. */
export interface PageOptions {
  /** Where the secrets of shops and networks stand for what people do in the console. */
  env?: Environment;
  /** The secrets of the providers by which the vendor's people sign in, by the providers' ids. */
  providerSecrets?: ReadonlyMap<string, string>;
}

/** Adds what people see: the console, the portal, the customer's pages, and the ways in. */
export function addPages(app: App, deps: Deps, metrics: Metrics, options: PageOptions): void {
  const { env = {}, providerSecrets: secrets = new Map() } = options;
  addAssetRoutes(app, deps.config.brand);
  addAccountPages(app, deps);
  addConsolePages(app, { ...deps, blocks: payoutBlocks, env });
  addEmailFormRoute(app, deps, metrics);
  addVoucherPage(app, deps);
  addSignInPages(app, deps, openProviders(providersOf(deps.config.signIn), { ...deps, secrets }));
  addStopRoutes(app, deps);
  addStopNoticesRoutes(app, deps);
  addPortal(app, deps);
}
