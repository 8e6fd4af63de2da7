import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp } from "../../../test/http/open-app.ts";
import { routePattern } from "../http/route.ts";
import { instant } from "../words/clock.ts";

let receiver: Awaited<ReturnType<typeof openApp>>;
beforeAll(async () => {
  receiver = await openApp();
});
afterAll(() => receiver.close());

describe("the public keys", () => {
  test("may be cached and read by any page", async () => {
    const response = await receiver.send("GET", "/.well-known/jwks.json");
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(await response.json()).toMatchObject({ keys: [{ kty: "OKP", crv: "Ed25519" }] });
  });

  test("are not sent again to who has them", async () => {
    const etag = (await receiver.send("GET", "/.well-known/jwks.json")).headers.get("etag") ?? "";
    for (const have of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const response = await receiver.send("GET", "/.well-known/jwks.json", undefined, {
        "if-none-match": have,
      });
      expect([response.status, await response.text()]).toEqual([304, ""]);
    }
    const other = await receiver.send("GET", "/.well-known/jwks.json", undefined, {
      "if-none-match": '"other"',
    });
    expect(other.status).toBe(200);
  });
});

describe("health", () => {
  test("is alive without asking the database", async () => {
    const broken = await openApp(({ store }) => ({
      store: {
        ...store,
        write: () => Promise.reject(new Error("gone")),
        read: () => Promise.reject(new Error("gone")),
      },
    }));
    expect((await broken.send("GET", "/healthz")).status).toBe(200);
    const ready = await broken.send("GET", "/readyz");
    expect([ready.status, ((await ready.json()) as { code: string }).code]).toEqual([503, "busy"]);
    await broken.close();
  });

  test("is not ready when the database is silent", async () => {
    const silent = await openApp(({ store }) => ({
      store: { ...store, write: () => new Promise<never>(() => {}) },
    }));
    expect((await silent.send("GET", "/readyz")).status).toBe(503);
    await silent.close();
  });

  test("is not ready when rows can be read and not written, and writes one row for many who ask", async () => {
    const full = { isFull: false, writes: 0, now: Date.now() };
    const filling = await openApp(({ store }) => ({
      clock: () => instant(full.now),
      store: {
        ...store,
        write: (work) => {
          full.writes += 1;
          return full.isFull ? Promise.reject(new Error("database or disk is full")) : store.write(work);
        },
      },
    }));
    const before = full.writes;
    const statuses = async () =>
      (await Promise.all(Array.from({ length: 20 }, () => filling.send("GET", "/readyz")))).map(
        (one) => one.status,
      );
    expect(new Set(await statuses())).toEqual(new Set([200]));
    expect(full.writes - before).toBe(1);
    full.isFull = true;
    full.now += 2_000;
    expect(new Set(await statuses())).toEqual(new Set([503]));
    expect((await filling.send("GET", "/healthz")).status).toBe(200);
    await filling.close();
  });

  test("is ready until the receiver stops", async () => {
    expect((await receiver.send("GET", "/readyz")).status).toBe(200);
    receiver.state.stopping = true;
    expect((await receiver.send("GET", "/readyz")).status).toBe(503);
    expect((await receiver.send("GET", "/healthz")).status).toBe(200);
    receiver.state.stopping = false;
  });
});

describe("metrics", () => {
  test("count requests by route, clicks by reason and deliveries by shop, without ids", async () => {
    await receiver.send("GET", "/r/acme-paint?t=nonsense");
    await receiver.send("GET", "/r/secret-product-name");
    await receiver.send("POST", "/webhooks/secret-shop-name", "{}");
    await receiver.admin("GET", "/v1/partners/secret-partner");
    await receiver.send("GET", "/secret-address");
    const response = await receiver.send("GET", "/metrics");
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).not.toContain("secret");
    for (const line of [
      'tallystick_clicks_total{result="rejected",reason="token_malformed"} 1',
      'tallystick_webhooks_total{shop="unknown",outcome="refused"} 1',
      'tallystick_http_request_duration_seconds_count{route="/r/{product}",status="302"} 1',
      'tallystick_http_request_duration_seconds_count{route="/r/{product}",status="404"} 1',
      'tallystick_http_request_duration_seconds_count{route="/v1/partners/{id}",status="404"} 1',
      'tallystick_http_request_duration_seconds_count{route="unmatched",status="404"} 1',
      "process_resident_memory_bytes",
    ]) {
      expect(text).toContain(line);
    }
  });

  test("of two receivers in one process do not mix", async () => {
    const other = await openApp();
    expect(await (await other.send("GET", "/metrics")).text()).toContain('reason="token_malformed"} 0');
    await other.close();
  });
});

describe("the documentation", () => {
  test("describes every route that is served", async () => {
    const document = (await (await receiver.send("GET", "/openapi.json")).json()) as {
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
    };
    const described = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = receiver.app.routes
      .filter(
        ({ method, path }) =>
          method !== "ALL" &&
          !/^\/(docs.*|openapi\.json|(console|account|assets|portal|sign-in|mail)(\/.*)?)?$/.test(path),
      )
      // The renewal link is served with a slash behind it, too, and described once.
      .map(({ method, path }) => `${method} ${routePattern(path.replace(/(?<=.)\/$/, ""))}`);
    expect(described.sort()).toEqual([...new Set(served)].sort());
    expect(document.paths["/webhooks/{shop}"]?.post?.responses).toHaveProperty("413");
  });

  test("refuses unknown members in the schemas too", async () => {
    const text = await (await receiver.send("GET", "/openapi.json")).text();
    const { components } = JSON.parse(text);
    expect(components.schemas.NewPartner.additionalProperties).toBe(false);
    expect(components.schemas.Registration.additionalProperties).toBe(false);
  });

  test("loads nothing from another host and may not be framed", async () => {
    const response = await receiver.send("GET", "/docs");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("script-src 'self' ");
    const page = await response.text();
    expect(page).not.toMatch(/https?:\/\//);
    for (const [, address] of page.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)) {
      expect((await receiver.send("GET", `/${address}`)).status).toBe(200);
    }
  });
});
