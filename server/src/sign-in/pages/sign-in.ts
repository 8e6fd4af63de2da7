import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { html } from "../../pages/html.ts";
import { addSessionRoutes } from "./session-routes.ts";
import { addSignInRoutes, signInWorld } from "./sign-in-routes.ts";

/** All pages below `/sign-in`. */
export function addSignInPages(app: App, deps: Deps): void {
  const world = signInWorld(deps);
  addSignInRoutes(app, world, () => ({}));
  addSessionRoutes(app, world, async () => ({ content: html`` }));
}
