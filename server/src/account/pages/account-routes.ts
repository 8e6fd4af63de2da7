import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { route } from "../../http/route.ts";
import { openVisit, type Visit } from "./account-page.ts";
import { askErase, erase, showAccount, withdraw } from "./account-pages.ts";
import { endOnPage, giveOnPage } from "./licence-card.ts";

const routes: readonly (readonly ["get" | "post", string, (visit: Visit) => Promise<Response>])[] = [
  ["get", "/account", showAccount],
  ["post", "/account/withdraw", withdraw],
  ["post", "/account/mandates", giveOnPage],
  ["post", "/account/mandates/end", endOnPage],
  ["get", "/account/erase", askErase],
  ["post", "/account/erase", erase],
];

/** The customer's page: for whoever proved an address, with what belongs to that address alone. */
export function addAccountPages(app: App, deps: Deps): void {
  for (const [method, path, show] of routes) {
    const declared = route({
      who: { customer: true },
      operationId: `account ${method} ${path}`,
      hide: true,
      method,
      path,
      responses: { 200: { description: "The page" } },
    });
    app.serve(declared, async (c) => show(await openVisit(deps, c)));
  }
}
