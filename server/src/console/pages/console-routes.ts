import type { App } from "../../http/app.ts";
import { type People, route } from "../../http/route.ts";
import { Refusal } from "../../words/refusal.ts";
import { channelRoutes } from "./channel/routes.ts";
import { firstPage } from "./first-page.ts";
import { type ConsoleRoute, type Params, readers } from "./kit/console-route.ts";
import { type ConsoleDeps, type Desk, openDesk, refusalPage, withoutRefused } from "./kit/desk.ts";
import { moneyRoutes } from "./money/routes.ts";
import { ordersRoutes } from "./orders/routes.ts";
import { runningRoutes } from "./running/routes.ts";
import { sellingRoutes } from "./selling/routes.ts";

/** A path without places for names is asked before one that would take its last word for a name. */
const byPlaces = ([, one]: ConsoleRoute, [, other]: ConsoleRoute): number =>
  one.split("{").length - other.split("{").length;

/** Every page of the console, with who may open it. */
const routes: readonly ConsoleRoute[] = [
  ["get", "/console", readers, firstPage],
  ...ordersRoutes,
  ...channelRoutes,
  ...sellingRoutes,
  ...moneyRoutes,
  ...runningRoutes,
];

/** The vendor's console. */
export function addConsolePages(app: App, deps: ConsoleDeps): void {
  for (const [method, path, roles, show, fresh] of routes.toSorted(byPlaces)) {
    const who: People = { vendor: roles, ...(fresh === undefined ? {} : { fresh: true }) };
    const declared = route({
      who,
      operationId: `console ${method} ${path}`,
      hide: true,
      method,
      path,
      responses: { 200: { description: "The page" } },
    });
    const answer = async (desk: Desk, params: Params): Promise<Response> => {
      try {
        return await show(desk, params);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const again = method === "get" ? withoutRefused(desk, error) : undefined;
        return again === undefined ? refusalPage(desk, error) : answer(again, params);
      }
    };
    app.serve(declared, async (c) => {
      const desk = await openDesk(deps, c);
      const params = c.req.param() as Params;
      // PostgreSQL keeps this character in no text, so nothing is called by it.
      const isUnspeakable = Object.values(params).some((one) => one.includes("\0"));
      return isUnspeakable
        ? refusalPage(desk, new Refusal("not_found", "Nothing is called so."))
        : answer(desk, params);
    });
  }
}
