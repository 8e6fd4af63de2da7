import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";
import { expect, it, onTestFinished } from "vitest";
import { findSignedIn } from "../../server/src/sessions/sessions.ts";
import { openMailing } from "../mail/mail-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { browserOn, session } from "./sign-in-stage.ts";

/** A certified provider at which one user signs in without being asked. It closes with the test. */
async function openCertified() {
  let provider: Provider | undefined;
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/interaction/")) void interact(request, response);
    else void provider?.callback()(request, response);
  });
  const interact = async (request: IncomingMessage, response: ServerResponse) => {
    if (provider === undefined) return;
    const { grantId, params, prompt } = await provider.interactionDetails(request, response);
    if (prompt.name === "login")
      return provider.interactionFinished(request, response, { login: { accountId: "u-1" } });
    const clientId = String(params.client_id);
    const grant =
      (grantId && (await provider.Grant.find(grantId))) || new provider.Grant({ accountId: "u-1", clientId });
    grant.addOIDCScope("openid email");
    const consent = { grantId: await grant.save() };
    return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider = new Provider(issuer, {
    clients: [
      {
        client_id: "tallystick",
        client_secret: "provider-secret",
        redirect_uris: ["https://renew.acme.example/sign-in/oidc/sso/back"],
        post_logout_redirect_uris: ["https://renew.acme.example/sign-in"],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    cookies: { keys: ["a-key-of-the-test"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: "finance@vendor.example", email_verified: true }),
    }),
  });
  return issuer;
}

/** Follows a provider's own redirects, with its cookies, until it sends the browser to another host. */
async function followAt(issuer: string, from: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = from;
  for (let step = 0; at.startsWith(issuer) && step < 12; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const header of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location === null) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`);
    at = new URL(location, at).href;
  }
  return new URL(at);
}

onEveryEngine("a certified provider", (bench) => {
  it("signs one of the vendor's people in, anew where that is asked for", async () => {
    const issuer = await openCertified();
    const oidc = { issuer, clientId: "tallystick", secret: { env: "PROVIDER_SECRET" } };
    const world = await openMailing(bench, { signIn: { oidc } });
    const tab = browserOn(world);
    for (const path of [
      "/sign-in/oidc/sso?to=/console/payouts",
      "/sign-in/oidc/sso?to=/console/payouts&again=1",
    ]) {
      const sent = await tab.get(path);
      const { pathname, search } = await followAt(issuer, sent.headers.get("location") ?? "");
      const done = await tab.get(`${pathname}${search}`);
      expect([done.status, done.headers.get("location")]).toEqual([303, "/console/payouts"]);
      expect(await findSignedIn(world.deps, tab.cookies.get(session) ?? "")).toMatchObject({
        id: world.vendor.finance,
        way: "oidc",
      });
    }
  });
});
