import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import { html } from "../../pages/html.ts";
import { sideOf } from "../destination.ts";
import { listPasskeys } from "../passkeys.ts";
import type { Provider } from "../providers.ts";
import { relyingParty } from "../relying-party.ts";
import { passkeysPart, usePasskeyPart } from "./passkey-parts.ts";
import { addPasskeyRoutes } from "./passkey-routes.ts";
import { addPasskeyScript, usePasskeyScript } from "./passkey-script.ts";
import { addProviderRoutes, providersPart } from "./provider-routes.ts";
import { addSessionRoutes } from "./session-routes.ts";
import { addSignInRoutes, type OtherWays, signInWorld } from "./sign-in-routes.ts";

/** All pages below `/sign-in`. `providers` are those of the configuration, by their ids. */
export function addSignInPages(app: App, deps: Deps, providers: ReadonlyMap<string, Provider>): void {
  const world = signInWorld(deps);
  const party = relyingParty(deps.config);
  const otherWays: OtherWays = (face, to) => {
    const side = to.destination === undefined ? undefined : sideOf(to.destination);
    // Providers are the vendor's: on the way to a partner's pages they would only lead astray.
    const links = side === "partner" ? [] : providersPart(face, providers.values(), to);
    const passkey = party && usePasskeyPart(face, to.destination);
    if (passkey === undefined && links.length === 0) return {};
    return {
      others: html`${links.length > 0 && html`<div class="other">${links}</div>\n`}${passkey}`,
      ...(party === undefined ? {} : { script: usePasskeyScript }),
    };
  };
  addSignInRoutes(app, world, otherWays);
  if (party !== undefined) addPasskeyRoutes(app, world, party);
  if (providers.size > 0) addProviderRoutes(app, world, { providers, otherWays });
  addSessionRoutes(app, world, {
    providers,
    more: async (face, person) =>
      party === undefined
        ? { content: html`` }
        : { content: passkeysPart(face, person, await listPasskeys(deps, person)), script: addPasskeyScript },
  });
}
