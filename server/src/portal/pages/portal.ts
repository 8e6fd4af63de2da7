import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { addConnectionPages } from "./connection-pages.ts";
import { addDealPages } from "./deal-pages.ts";
import { addDetailsPages } from "./details-pages.ts";
import { addDisputePages } from "./dispute-pages.ts";
import { addMoneyPages } from "./money-pages.ts";
import { addNewsPage } from "./news-page.ts";
import { addOrderPages } from "./order-pages.ts";
import { addOverviewPage } from "./overview-page.ts";
import { addRewardPages } from "./reward-pages.ts";
import { addSellingPage } from "./selling-page.ts";
import { addSettingsPages } from "./settings-pages.ts";
import { addStatementPages } from "./statement-pages.ts";

/** All pages below `/portal`. */
export function addPortal(app: App, deps: Deps): void {
  addOverviewPage(app, deps);
  addOrderPages(app, deps);
  addSellingPage(app, deps);
  addDealPages(app, deps);
  addRewardPages(app, deps);
  addDisputePages(app, deps);
  addStatementPages(app, deps);
  addMoneyPages(app, deps);
  addNewsPage(app, deps);
  addDetailsPages(app, deps);
  addConnectionPages(app, deps);
  addSettingsPages(app, deps);
}
