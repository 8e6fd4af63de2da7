import { once } from "node:events";
import { type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "@hono/zod-openapi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminToken, openApp } from "../../../test/http/open-app.ts";
import { App } from "../http/app.ts";
import { createHttpServer } from "../http/listen.ts";
import { route, routerPath, type Who } from "../http/route.ts";

interface Operation {
  operationId?: string;
  security?: Record<string, unknown>[];
  responses: Record<string, unknown>;
  requestBody?: { content: Record<string, unknown> };
}

let receiver: Awaited<ReturnType<typeof openApp>>;
let document: { paths: Record<string, Record<string, Operation>> };
let bearers: Record<"nobody" | "admin" | "partner", Record<string, string>>;

beforeAll(async () => {
  receiver = await openApp();
  await receiver.admin("POST", "/v1/partners", { id: "north", name: "North" });
  const issued = await receiver.admin("POST", "/v1/partners/north/keys", {});
  const { key } = (await issued.json()) as { key: string };
  bearers = {
    nobody: {},
    admin: { authorization: `Bearer ${adminToken}` },
    partner: { authorization: `Bearer ${key}` },
  };
  document = (await (await receiver.send("GET", "/openapi.json")).json()) as typeof document;
});
afterAll(() => receiver.close());

/** The routes as the router has them: middlewares match all methods and are none. */
const served = () =>
  new Set(
    receiver.app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path}`),
  );

const isLetPast = async (method: string, path: string, headers: Record<string, string>) => {
  const response = await receiver.send(method, path, undefined, headers);
  if (response.status !== 401) return true;
  // A page that says so is a page: the code for signing in was wrong.
  if (response.headers.get("content-type")?.startsWith("text/html")) return true;
  return ((await response.json()) as { code: string }).code !== "unauthorized";
};

/** Who may call, as the running app behaves. The paths name nothing that exists, so nothing is changed. */
async function guardOf(method: string, path: string): Promise<string> {
  const past: string[] = [];
  for (const [caller, headers] of Object.entries(bearers))
    if (await isLetPast(method, path, headers)) past.push(caller);
  return past.join(" ");
}

/** Bearers alone: `test/access` walks the same routes with people of every role. */
const expectedGuard = (who: Who): string => {
  if (who === "anyone") return "nobody admin partner";
  return typeof who === "string" ? who : (who.bearer ?? "");
};
const expectedSecurity = (who: Who): unknown[] => {
  if (who === "anyone") return [];
  if (typeof who === "string") return [{ [who]: [] }];
  const { bearer, vendor = [], partner = [], customer } = who;
  const roles = [
    ...vendor.map((role) => `vendor:${role}`),
    ...partner.map((role) => `partner:${role}`),
    ...(customer === true ? ["customer"] : []),
  ];
  return [...(bearer === undefined ? [] : [{ [bearer]: [] }]), { session: roles }];
};

describe("who may call a route", () => {
  test("is declared once for every route that is served", () => {
    const declared = receiver.app.declared.map(
      (one) => `${one.method.toUpperCase()} ${routerPath(one.path)}`,
    );
    expect(declared.toSorted()).toEqual([...served()].toSorted());
    expect(declared.length).toBeGreaterThan(60);
  });

  test("is what the running app lets past and what the document says, for every route", async () => {
    const { declared } = receiver.app;
    // All at once, since a wrong bearer waits for its answer.
    const told = await Promise.all(
      declared.map(async ({ method, path }) => [
        `${method} ${path}`,
        await guardOf(method.toUpperCase(), path.replace(/\{\w+\}/g, "no-such-thing")),
        document.paths[path]?.[method]?.security,
      ]),
    );
    const wanted = declared.map(({ method, path, who, hide }) => [
      `${method} ${path}`,
      expectedGuard(who),
      hide === true ? undefined : expectedSecurity(who),
    ]);
    expect(told).toEqual(wanted);
  });

  test("cannot be left out", () => {
    const guards = () => async () => {};
    const { who: _, ...undeclared } = route({
      who: "admin",
      operationId: "x",
      method: "get",
      path: "/x",
      responses: { 200: { description: "x" } },
    });
    expect(() => new App({ guards }).openapi(undeclared, (c) => c.text("x"))).toThrow("who may call");
  });

  test("has its guard wherever the path lies", async () => {
    const guards = (who: unknown) => async () =>
      who === "admin" ? Promise.reject(new Error("refused")) : undefined;
    const app = new App({ guards });
    app.onError((error, c) => c.text(error.message, 401));
    const declared = { who: "admin", method: "get", responses: { 200: { description: "x" } } } as const;
    const query = z.object({ needed: z.string() });
    app.openapi(route({ ...declared, operationId: "a", path: "/anywhere", request: { query } }), (c) =>
      c.text("let past"),
    );
    app.serve(route({ ...declared, operationId: "b", path: "/v1/partner/{id}" }), (c) => c.text("let past"));
    for (const path of ["/anywhere", "/v1/partner/x"])
      expect(await (await app.request(path)).text()).toBe("refused");
  });
});

describe("a path below /v1 that leads nowhere", () => {
  let server: Server;
  beforeAll(async () => {
    server = createHttpServer(receiver.app.fetch, { log: receiver.deps.log, isStopping: () => false }).server;
    await once(server.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(() => server.close());

  /** The answer as it comes over the wire, to the byte but for its date. */
  const whole = async (method: string, path: string) => {
    const { port } = server.address() as AddressInfo;
    const [response] = (await once(request({ port, method, path, agent: false }).end(), "response")) as [
      IncomingMessage,
    ];
    const at = response.rawHeaders.indexOf("Date");
    return [response.statusCode, response.rawHeaders.toSpliced(at, 2), await text(response)];
  };

  test.each([
    ["/v1/partners", "/v1/nothing"],
    ["/v1/partners", "/v1"],
    ["/v1/partners", "/v1/partner"],
    ["/v1/partners", "/v1/partners/north/nothing/at/all"],
    ["/v1/partner/registered-emails", "/v1/partner/nothing"],
  ])("is refused as %s is: %s", async (known, unknown) => {
    expect(await whole("GET", unknown)).toEqual(await whole("GET", known));
    for (const method of ["PUT", "OPTIONS"]) {
      expect(await whole(method, unknown)).toEqual(await whole("GET", known));
      expect(await whole(method, known)).toEqual(await whole("GET", known));
    }
  });

  test("is 404 for those who may call there, and 405 with another method", async () => {
    const statusOf = async (method: string, path: string, caller: "admin" | "partner") =>
      (await receiver.send(method, path, undefined, bearers[caller])).status;
    expect(await statusOf("GET", "/v1/nothing", "admin")).toBe(404);
    expect(await statusOf("GET", "/v1/partner/nothing", "partner")).toBe(404);
    expect(await statusOf("PUT", "/v1/partners", "admin")).toBe(405);
    expect(await statusOf("PUT", "/v1/partner/registered-emails", "partner")).toBe(405);
    expect(await statusOf("GET", "/v1/partner/nothing", "admin")).toBe(401);
  });
});

describe("the OpenAPI document", () => {
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    );

  test("names every operation, each once", () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id ?? ""))).toEqual([]);
    expect(ids.length - new Set(ids).size).toBe(0);
  });

  test("tells what is refused by a route's form: who calls, what fits no schema, what is too large", () => {
    const missing = operations().flatMap(({ name, operation: { security, responses, requestBody } }) => {
      const json = requestBody?.content["application/json"] !== undefined && name !== "post /webhooks/{shop}";
      const expected = [...(security?.length === 0 ? [] : ["401"]), ...(json ? ["400", "413", "415"] : [])];
      return expected
        .filter((status) => responses[status] === undefined)
        .map((status) => `${name} ${status}`);
    });
    expect(missing).toEqual([]);
    expect(document.paths["/v1/partners"]?.get?.responses).toHaveProperty("400");
  });

  test("has patterns that match what the receiver takes, and the bounds of a page", async () => {
    const whole = JSON.stringify(document);
    const patterns = [...whole.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, one = ""]) =>
      JSON.parse(one),
    );
    const currencyLanguageHash = ["EUR", "AT", "de-AT", "0123456789abcdef".repeat(4)];
    const examples = ["acme-paint", "spring-2027", "pkODj0v5vA1fiL8pk-LIiA", ...currencyLanguageHash];
    expect(patterns.length).toBeGreaterThan(10);
    for (const pattern of patterns)
      expect(examples.filter((example) => new RegExp(pattern, "u").test(example))).not.toEqual([]);
    const limits = [...whole.matchAll(/\{"schema":(\{[^{}]*\}),"required":false,"name":"limit"/g)];
    expect(limits.length).toBeGreaterThan(3);
    for (const [, schema = ""] of limits)
      expect(JSON.parse(schema)).toEqual({ type: "integer", minimum: 1, maximum: 1000 });
  });
});
