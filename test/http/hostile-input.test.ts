import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Receiver, startReceiver } from "../../server/src/receiver/start/start-receiver.ts";
import { migratedDatabase } from "../postgres/fresh-database.ts";
import {
  formBodies,
  headers,
  inAddress,
  jsonPosts,
  oddBodies,
  oddText,
  partnerRequests,
  purchaseMembers,
  sellingPosts,
  targets,
} from "./odd-input.ts";
import { adminToken, keptLog, signedDelivery, temporaryFolder, testConfig, testEnv } from "./open-app.ts";
import { openConnection, parseAnswer } from "./raw-connection.ts";

const seed = Number(process.env.TALLYSTICK_SEED ?? Math.trunc(Math.random() * 2 ** 31));
const runs = { seed, numRuns: 400 };

console.log(`hostile input with TALLYSTICK_SEED=${seed}`);

let receiver: Receiver;
let kept: Awaited<ReturnType<typeof keptLog>>;

const often = { burst: 1_000_000, perHour: 1_000_000 };
const wide = { address: often, account: often };

/** Starts a receiver for a suite, on a database of its own. */
function receiveOn(engine: "sqlite" | "postgres"): void {
  let remove: () => Promise<void>;
  let drop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const temporary = await temporaryFolder();
    const database = engine === "postgres" ? await migratedDatabase() : undefined;
    remove = temporary.remove;
    drop = database?.drop;
    kept = await keptLog();
    receiver = await startReceiver({
      // Behind a limit that is used up nothing would be tried.
      config: {
        ...testConfig(temporary.folder, database?.url),
        limits: {
          serial: wide,
          voucher: wide,
          email: wide,
          bearer: wide,
          partnerApi: wide,
          signIn: wide,
          signInCode: wide,
          ceremony: wide,
        },
      },
      env: testEnv,
      log: kept.log,
    });
  });
  afterAll(async () => {
    await receiver.stop(500);
    await drop?.();
    await remove();
  });
}

type Fields = readonly (readonly [string, string])[];

/** Sends one request over a connection of its own, whatever is in it, and checks what holds of every answer. */
async function ask(method: string, target: string, fields: Fields, body = ""): Promise<number> {
  const bytes = Buffer.from(body);
  const lines = fields.map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, " ")}`);
  const head = [`${method} ${target} HTTP/1.1`, "Host: a", "Connection: close", ...lines];
  head.push(`Content-Length: ${bytes.length}`);
  const connection = await openConnection(receiver.port);
  connection.send(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "utf8"), bytes]));
  const answer = parseAnswer((await connection.closed()).heard);
  expect(answer.status).toBeGreaterThanOrEqual(200);
  expect(answer.status).toBeLessThan(500);
  if (answer.status >= 400 && !answer.headers.get("content-type")?.startsWith("text/html")) {
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    if (method !== "HEAD") expect(JSON.parse(answer.body)).toMatchObject({ status: answer.status });
  }
  return answer.status;
}

/**
 * Runs a property and answers which statuses came back: a run that saw only refusals has tested the front door alone.
 * The examples come first, so that what a test is sure to see does not hang on the seed.
 */
async function statusesOf<T>(
  input: fc.Arbitrary<T>,
  request: (value: T) => Promise<number>,
  examples: readonly T[] = [],
): Promise<Set<number>> {
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(input, async (value) => void statuses.add(await request(value))),
    { ...runs, examples: examples.map((one): [T] => [one]) },
  );
  return statuses;
}

const asAdmin: Fields = [
  ["authorization", `Bearer ${adminToken}`],
  ["content-type", "application/json"],
];

describe.each(["sqlite", "postgres"] as const)("nothing a client sends gives a 5xx on %s", (engine) => {
  receiveOn(engine);

  test("on any route, with any method, query, headers and body", async () => {
    const methods = fc.constantFrom(
      "GET",
      "GET",
      "GET",
      "POST",
      "HEAD",
      "OPTIONS",
      "PUT",
      "PATCH",
      "TRACE",
      "QUERY",
    );
    const anything = fc.tuple(methods, targets, headers, oddBodies);
    const examples: [string, string, Fields, string][] = [
      ["GET", "/healthz", [], ""],
      ["OPTIONS", "/v1/orders", [], ""],
      ["GET", "/r/acme-paint", [], ""],
      ["GET", "/v1/orders?limit=x", asAdmin, ""],
      ["GET", "/v1/orders", [], ""],
      ["GET", "/nowhere", [], ""],
      ["PUT", "/healthz", [], ""],
    ];
    const statuses = await statusesOf(anything, (given) => ask(...given), examples);
    expect([...statuses]).toEqual(expect.arrayContaining([200, 204, 302, 400, 401, 404, 405]));
  });

  test("in JSON on the admin API and in registrations", async () => {
    const paths = fc.constantFrom("/v1/partners", "/v1/tokens", "/v1/tokens/verify", "/v1/registrations");
    const input = fc.oneof(
      { weight: 3, arbitrary: jsonPosts },
      { weight: 1, arbitrary: fc.tuple(paths, oddBodies) },
    );
    const twice: [string, string] = ["/v1/partners", '{"id":"twice","name":"Twice"}'];
    const examples = [
      twice,
      twice,
      ["/v1/partners", "{"],
      ["/v1/tokens/verify", '{"token":"a.b.c"}'],
    ] as const;
    const statuses = await statusesOf(input, ([path, body]) => ask("POST", path, asAdmin, body), [
      ...examples.map(([path, body]): [string, string] => [path, body]),
    ]);
    expect([...statuses]).toEqual(expect.arrayContaining([201, 400, 409, 422]));
    expect({}).not.toHaveProperty("polluted");
  });

  test("in the other ways of selling: coupons, vouchers, serials, rulings, partners' keys", async () => {
    await ask("POST", "/v1/partners", asAdmin, '{"id":"north","name":"North"}');
    const order: [string, string] = [
      "/v1/voucher-batches",
      '{"partner":"north","product":"acme-paint","count":1,"batch":"b-1"}',
    ];
    const given: [string, string] = ["/v1/coupons", '{"code":"NORTH10","partner":"north"}'];
    const statuses = await statusesOf<[string, string]>(
      sellingPosts,
      ([path, body]) => ask("POST", path, asAdmin, body),
      [
        order,
        order,
        given,
        ["/v1/coupons", "{"],
        ["/v1/orders/own/1/resolution", '{"partner":null,"note":"n"}'],
      ],
    );
    expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 400, 404, 409]));
  });

  test("on a partner's own routes, with its key", async () => {
    await ask("POST", "/v1/partners", asAdmin, '{"id":"east","name":"East"}');
    const issued = await fetch(`http://127.0.0.1:${receiver.port}/v1/partners/east/keys`, {
      method: "POST",
      headers: Object.fromEntries(asAdmin),
      body: "{}",
    });
    const { key } = (await issued.json()) as { key: string };
    const statuses = await statusesOf<[string, string, string, string]>(
      partnerRequests,
      ([method, path, type, body]) =>
        ask(
          method,
          path,
          [
            ["authorization", `Bearer ${key}`],
            ["content-type", type],
          ],
          body,
        ),
      [
        ["POST", "/v1/partner/registered-emails", "text/csv", '"a@b.example" x'],
        ["POST", "/v1/partner/form-links", "application/json", '{"product":"acme-paint"}'],
        ["POST", "/v1/partner/form-links", "text/plain", "{}"],
      ],
    );
    expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 400, 415]));
  });

  test("in the forms that people send", async () => {
    const order = '{"partner":"north","product":"acme-paint","count":1,"batch":"forms"}';
    await ask("POST", "/v1/partners", asAdmin, '{"id":"north","name":"North"}');
    await ask("POST", "/v1/voucher-batches", asAdmin, order);
    const pages = fc.constantFrom("/voucher/north", "/voucher/nobody", "/register/north?k=a&x=1&s=b");
    const type = fc.constantFrom("application/x-www-form-urlencoded", "text/plain", "multipart/form-data");
    const statuses = await statusesOf<[string, string, string]>(
      fc.tuple(pages, type, formBodies),
      ([path, mediaType, body]) => ask("POST", path, [["content-type", mediaType]], body),
      [["/voucher/north", "application/x-www-form-urlencoded", "code="]],
    );
    expect([...statuses]).toEqual(expect.arrayContaining([404, 422]));
  });

  test("in the addresses of the admin API", async () => {
    const gets = fc.constantFrom(
      ...["/v1/partners/", "/v1/orders/", "/v1/orders/own/", "/v1/orders?after=", "/v1/orders?since="],
      ...[
        "/v1/coupons?after=",
        "/v1/voucher-batches?after=",
        "/v1/voucher-batches?partner=",
        "/v1/partners/",
      ],
      ...["/voucher/", "/register/", "/d/acme-paint/", "/v1/serial-batches?after="],
      ...["/v1/ledger/balances?partner=", "/v1/ledger/export?format="],
    );
    const statuses = await statusesOf<[path: string, text: string]>(
      fc.tuple(gets, oddText),
      ([path, text]) => ask("GET", path + inAddress(text), asAdmin),
      [
        ["/v1/orders?since=", "x"],
        ["/v1/orders/own/", "x"],
      ],
    );
    expect([...statuses]).toEqual(expect.arrayContaining([400, 404]));
  });

  test("in a delivery with a good signature", async () => {
    const statuses = await statusesOf(purchaseMembers, (members) => {
      const event = { type: "purchase.completed", timestamp: "2026-01-01T00:00:00Z", data: members };
      const { body, headers } = signedDelivery(event);
      return ask("POST", "/webhooks/own", Object.entries(headers), body);
    });
    expect([...statuses].sort()).toEqual([200, 400]);
  });

  test("and the log does not say that something failed inside", () => {
    expect([...kept.events("server.failed"), ...kept.events("webhook.failed")]).toEqual([]);
    expect(kept.lines.filter(({ reason }) => reason === "record_failed")).toEqual([]);
  });
});
