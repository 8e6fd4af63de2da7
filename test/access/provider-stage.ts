import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { onTestFinished } from "vitest";

/** What a provider, or whoever stands in its way, says otherwise than it should. */
export interface ProviderLies {
  /** Of the ID token. */
  claims?: Record<string, unknown>;
  /** Signed by a key that is not the provider's. */
  foreignKey?: boolean;
  /** The parameter `iss` of the way back (RFC 9207). */
  iss?: string;
  state?: string;
  /** An error in place of a code. */
  error?: string;
  /** It stands in the user endpoint's answer alone. */
  mailElsewhere?: boolean;
  isDown?: boolean;
  /** The discovery document names another issuer. */
  issuer?: string;
}

interface Asked {
  nonce: string;
  challenge: string;
  redirect: string;
}

/** A small OpenID provider on loopback with one user who is signed in there. It closes with the test. */
export async function openProvider({ clientId = "tallystick", secret = "provider-secret" } = {}) {
  const keys = await generateKeyPair("RS256", { extractable: true });
  const foreign = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "k1", alg: "RS256", use: "sig" };
  const user = { sub: "u-1", sid: "s-1", email: "owner@vendor.example", email_verified: true as unknown };
  const lies: ProviderLies = {};
  const codes = new Map<string, Asked>();
  const asked: URLSearchParams[] = [];
  const seen: string[] = [];
  let issuer = "";

  const idToken = (more: Record<string, unknown>) => {
    const iat = Math.floor(Date.now() / 1_000);
    const claims = { iss: issuer, aud: clientId, sub: user.sub, sid: user.sid, iat, exp: iat + 300, ...more };
    return new SignJWT({ ...claims, ...lies.claims })
      .setProtectedHeader({ alg: "RS256", kid: "k1" })
      .sign(lies.foreignKey === true ? foreign.privateKey : keys.privateKey);
  };

  const visit = (location: string): URL => {
    const { searchParams, origin, pathname } = new URL(location);
    if (`${origin}${pathname}` !== `${issuer}/authorize`) throw new Error(`not this provider's: ${location}`);
    asked.push(searchParams);
    const get = (name: string) => searchParams.get(name) ?? "";
    const back = new URL(get("redirect_uri"));
    back.searchParams.set("state", lies.state ?? get("state"));
    back.searchParams.set("iss", lies.iss ?? issuer);
    if (lies.error !== undefined) {
      back.searchParams.set("error", lies.error);
      return back;
    }
    const code = randomUUID();
    const [nonce, challenge, redirect] = [get("nonce"), get("code_challenge"), get("redirect_uri")];
    codes.set(code, { nonce, challenge, redirect });
    back.searchParams.set("code", code);
    return back;
  };
  /** RFC 6749, section 2.3.1: both parts are form-encoded before they are put together. */
  const isClient = (authorization = "") => {
    const parts = Buffer.from(authorization.replace(/^Basic /, ""), "base64")
      .toString("utf8")
      .split(":");
    return parts.map(decodeURIComponent).join(":") === `${clientId}:${secret}`;
  };
  const pages: Record<string, (url: URL, request: IncomingMessage) => Promise<unknown> | unknown> = {
    "/.well-known/openid-configuration": () => ({
      issuer: lies.issuer ?? issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      userinfo_endpoint: `${issuer}/user`,
      end_session_endpoint: `${issuer}/leave`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      authorization_response_iss_parameter_supported: true,
    }),
    "/keys": () => ({ keys: [jwk] }),
    "/user": () => ({ sub: user.sub, email: user.email, email_verified: user.email_verified }),
    "/token": async (_, request) => {
      const form = new URLSearchParams(await bodyOf(request));
      const code = codes.get(form.get("code") ?? "");
      codes.delete(form.get("code") ?? "");
      const proof = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      if (code === undefined || code.challenge !== proof || code.redirect !== form.get("redirect_uri"))
        return { error: "invalid_grant" };
      if (!isClient(request.headers.authorization)) return { error: "invalid_client" };
      const { email, email_verified } = user;
      const mail = lies.mailElsewhere === true ? {} : { email, email_verified };
      const id_token = await idToken({ nonce: code.nonce, ...mail });
      return { access_token: "at", token_type: "Bearer", id_token };
    },
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", issuer);
    seen.push(url.pathname);
    if (lies.isDown === true) return request.socket.destroy();
    if (url.pathname === "/authorize") {
      response.writeHead(302, { location: visit(url.href).href }).end();
      return;
    }
    const answer = await pages[url.pathname]?.(url, request);
    answerWith(response, answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    user,
    lies,
    asked,
    seen,
    /** As the configuration names it. */
    settings: { issuer, clientId, secret: { env: "PROVIDER_SECRET" } },
    /** What the provider answers to a browser that was sent to it: the address it is sent back to. */
    visit,
    /** A token that says, as Back-Channel Logout 1.0 has it, what ended; members of `more` replace the honest ones. */
    logoutToken: (more: Record<string, unknown> = {}) =>
      idToken({
        jti: randomUUID(),
        events: { "http://schemas.openid.net/event/backchannel-logout": {} },
        ...more,
      }),
  };
}

/** What `openProvider` gives. */
export type TestProvider = Awaited<ReturnType<typeof openProvider>>;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function answerWith(response: ServerResponse, answer: unknown): void {
  const isError = typeof answer === "object" && answer !== null && "error" in answer;
  response.writeHead(answer === undefined ? 404 : isError ? 400 : 200, {
    "content-type": "application/json",
  });
  response.end(JSON.stringify(answer ?? {}));
}
