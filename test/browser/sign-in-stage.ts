import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { createApp } from "../../server/src/receiver/routes/app.ts";
import { cookieName } from "../../server/src/sessions/cookie.ts";
import { startSession } from "../../server/src/sessions/sessions.ts";
import type { PersonId } from "../../server/src/words/ids.ts";
import { openPeople } from "../access/access-world.ts";
import { openProvider } from "../access/provider-stage.ts";
import { adminToken } from "../journey/receiver-world.ts";
import { openBrowser, openWatchedPage, serveApp } from "./serve-to-browser.ts";

const unused = () => Promise.reject(new Error("this test opens its database itself"));

/**
 * A receiver on `localhost`, since a passkey belongs to a host's name, with passkeys, a provider and people of every
 * role, and a browser in front of it. It closes with the test.
 */
export async function setSignInStage() {
  const provider = await openProvider();
  // Letters are only noted: nobody sends them here.
  const folder = await mkdtemp(join(tmpdir(), "tallystick-sign-in-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const world = await openPeople(
    { engine: "sqlite", database: unused, open: unused },
    {
      mail: { from: "partners@acme.example", folder },
      signIn: { passkeys: true, oidc: { ...provider.settings, name: "Acme Account" } },
    },
  );
  const serving: { fetch?: ReturnType<typeof createApp>["fetch"] } = {};
  const port = await serveApp(
    async (...given) => (await serving.fetch?.(...given)) ?? new Response(null, { status: 503 }),
    world.deps.log,
  );
  const issuer = `http://localhost:${port}`;
  const deps = { ...world.deps, config: { ...world.deps.config, issuer } };
  const providerSecrets = new Map([["sso", "provider-secret"]]);
  serving.fetch = createApp(deps, { shops: new Map(), adminToken, providerSecrets }).fetch;
  const browser = await openBrowser();
  const complaints: string[] = [];
  return {
    world,
    deps,
    address: issuer,
    complaints,
    /** A page in a browser profile of its own, signed in as `person` where one is given. */
    async open(options: BrowserContextOptions = {}, person?: PersonId): Promise<Page> {
      const viewport = { width: 1280, height: 860 };
      const { context, page } = await openWatchedPage(browser, { viewport, ...options }, complaints);
      if (person === undefined) return page;
      const begun = { subject: { person }, way: "mail", device: "Chrome, Linux" } as const;
      const value = await deps.store.write((tx) => startSession(tx, deps, begun));
      await context.addCookies([
        { name: cookieName(issuer, "tallystick"), value, url: issuer, httpOnly: true },
      ]);
      return page;
    },
  };
}

/** Gives a page an authenticator that has its owner's finger at hand: Chromium's own, for tests. */
export async function giveAuthenticator(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** Whether its owner is recognised from now on. */
    verify: (isUserVerified: boolean) =>
      session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    credentials: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  };
}
