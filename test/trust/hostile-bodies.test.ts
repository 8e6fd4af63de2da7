import { expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { type Browser, signedIn } from "../access/access-world.ts";
import { randomFrom, seededRandom } from "../faults/random.ts";
import { someAtATime } from "../faults/shop-traffic.ts";
import { type ApiDocument, readDocument } from "../http/openapi-document.ts";
import { type Chance, sample } from "../http/openapi-samples.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import { adminToken } from "../journey/receiver-world.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";

/** How often each route is asked for each of its callers. A night may take more. */
const rounds = Number(process.env.HOSTILE_ROUNDS ?? 3);

/** Values of JSON as attackers write them: raw, since no program would. */
const hostileJson: readonly string[] = [
  ...["1e400", "-1e400", "9007199254740993", "1e-400", "-0", "1.5", "2147483648", "9223372036854775808"],
  ...['"\\ud800"', '"\\udfff\\ud800"', '"\\u0000"', '"a\\u0000b"', '"\\u202e"', '"\\r\\n"', '"__proto__"'],
  ...['"constructor"', '"toString"', '{"__proto__":{"x":1}}', '[{"__proto__":null}]', "[[[[]]]]", "null"],
  ...['"0000-01-01"', '"+275760-09-14T00:00:00Z"', '"-271821-04-20T00:00:00Z"', '"2027-02-30"', '""', '" "'],
  ...[`"${"9".repeat(400)}"`, `"${"x".repeat(20_000)}"`, '"../../.."', '"%00"', '"\'--"', '"NaN"', "true"],
];

/** Whole bodies that no program would send. */
const hostileBodies: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  "[".repeat(50_000),
  `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
  '{"id":"a","id":"b","partner":"north","partner":"south"}',
  '{"__proto__":{"partner":"north"},"constructor":{"prototype":{"x":1}}}',
  "\ufeff{}",
  new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  "",
  "null",
  "0",
];

const hostileTexts: readonly string[] = [
  ...["%00", "a%00b", "%ED%A0%80", "%FF", "%2e%2e", "%2F%2F", "9".repeat(400), "-1", "1e400", "__proto__"],
  ...["9007199254740993", "%E2%80%AE", "0000-01-01", "+275760-09-14", "x".repeat(3_000), "", "%0D%0A", "'"],
];

const known: Readonly<Record<string, string>> = {
  id: "north",
  partner: "north",
  product: "acme-paint",
  shop: "stripe",
  order: "cs_1",
  orderId: "cs_1",
};

const queries = "partner product since until after before limit state currency format q at number email page";

interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

const pick = <Item>(items: readonly Item[], chance: Chance): Item =>
  items[Math.floor(chance() * items.length)] as Item;

/** A path of the router with ids in place of its parameters: right ones, or odd ones. */
const pathOf = (pattern: string, chance: Chance): string =>
  pattern.replace(/:(\w+)(?:\{[^}]*\})?\??|\*/g, (_, name: string | undefined) =>
    chance() < 0.7 ? (known[name ?? ""] ?? "north") : pick(hostileTexts, chance) || "x",
  );

const queryOf = (chance: Chance): string => {
  const names = queries.split(" ").filter(() => chance() < 0.15);
  return names.length === 0
    ? ""
    : `?${names.map((name) => `${name}=${pick(hostileTexts, chance)}`).join("&")}`;
};

/** A body that comes near to what the route asks for, with one hostile value in a place of it. */
function jsonBody(schema: object | undefined, document: ApiDocument, chance: Chance) {
  if (schema === undefined || chance() < 0.15) return pick(hostileBodies, chance);
  const value = sample(schema, document.schemas, () => 0.09 + chance() * 0.7);
  const places: { holder: Record<string, unknown>; name: string }[] = [];
  const walk = (holder: unknown) => {
    if (typeof holder !== "object" || holder === null) return;
    for (const [name, member] of Object.entries(holder)) {
      places.push({ holder: holder as Record<string, unknown>, name });
      walk(member);
    }
  };
  walk(value);
  if (places.length === 0) return JSON.stringify(value) ?? "null";
  const { holder, name } = pick(places, chance);
  holder[name] = "@hostile@";
  return JSON.stringify(value).replace('"@hostile@"', () => pick(hostileJson, chance));
}

/** A form with every field that any page has, one of them hostile. */
function formBody(names: readonly string[], token: string, chance: Chance): string {
  const odd = pick(names, chance);
  const fields = names
    .filter((name) => name === odd || chance() < 0.8)
    .map((name) => `${encodeURIComponent(name)}=${name === odd ? pick(hostileTexts, chance) : "1"}`);
  return [`form-token=${token}`, ...fields].join("&");
}

/** Somebody who asks, with what is sent along. */
interface Caller {
  headers: Record<string, string>;
  browser?: Browser;
}

async function callersOf({ app, deps }: Journey): Promise<Caller[]> {
  const { key } = await issuePartnerKey(deps, { partner: "north", name: "shop" });
  const people = [
    await addPerson(deps, { mail: "owner@vendor.example", role: "owner", addedBy: "cli:test" }),
    await addPerson(deps, { mail: "o@n.example", role: "owner", partner: "north", addedBy: "cli:test" }),
  ];
  const browsers = await Promise.all([
    ...people.map(({ id }) => signedIn({ app, deps }, { person: id })),
    signedIn({ app, deps }, { customer: "somebody@customers.example" }),
  ]);
  return [
    { headers: {} },
    { headers: { authorization: `Bearer ${adminToken}` } },
    { headers: { authorization: `Bearer ${key}` } },
    ...browsers.map((browser) => ({ headers: { cookie: browser.cookie }, browser })),
  ];
}

async function formNames({ app }: Journey, callers: readonly Caller[], paths: readonly string[]) {
  const names = new Set<string>();
  const read = async (path: string, { headers }: Caller) => {
    const response = await app.request(path, { headers: { accept: "text/html", ...headers } });
    for (const [, name = ""] of (await response.text()).matchAll(/<[^>]+ name="([^"]+)"/g)) names.add(name);
  };
  const browsers = callers.filter(({ browser }) => browser !== undefined);
  await someAtATime(
    16,
    paths.flatMap((path) => browsers.map((caller) => () => read(path, caller))),
  );
  names.delete("form-token");
  return [...names].sort();
}

onEveryEngine("whatever is sent to a route, by whomever", (bench) => {
  it("is no failure of the receiver", async () => {
    const journey = await openJourney(bench);
    const { app } = journey;
    await journey.partnerWithToken("north");
    await journey.partnerWithToken("south");
    const callers = await callersOf(journey);
    const document = await readDocument({ send: async (_, path) => app.request(path) });
    const routes = app.routes.filter(({ method, path }) => method !== "ALL" && !path.startsWith("/d/"));
    const pages = routes
      .filter(({ method, path }) => method === "GET" && !path.startsWith("/v1/"))
      .map(({ path }) => pathOf(path, () => 0));
    const names = await formNames(journey, callers, pages);
    expect(names.length).toBeGreaterThan(20);
    const { seed } = seededRandom("hostile bodies");
    const failed = new Map<string, string>();
    const answered = new Set<number>();
    const ask = async (route: Route, caller: Caller, chance: Chance): Promise<void> => {
      for (let round = 0; round < rounds; round++) {
        const asked = requestOf({ ...route, caller, names, document, chance });
        const { path, ...init } = asked;
        const response = await app.request(path, { ...init, redirect: "manual" });
        await response.body?.cancel();
        const { status } = response;
        answered.add(status);
        if (status >= 500 && status !== 501)
          failed.set(`${status} ${route.method} ${route.path}`, JSON.stringify(asked).slice(0, 600));
        // Who may not ask is made to wait, and learns nothing more by asking again.
        if (status === 401 || status === 403) return;
      }
    };
    // A wrong bearer waits a quarter of a second: many at a time.
    await someAtATime(
      128,
      routes
        .flatMap((route) => callers.map((caller) => ({ route, caller })))
        .map(
          ({ route, caller }, index) =>
            () =>
              ask(route, caller, randomFrom(seed + index).next),
        ),
    );
    expect([...failed], `seed ${seed}`).toEqual([]);
    expect([...answered]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 422]));
  });
});

interface Route {
  method: string;
  path: string;
}

function requestOf({
  method,
  path: pattern,
  caller,
  names,
  document,
  chance,
}: Route & {
  caller: Caller;
  names: readonly string[];
  document: ApiDocument;
  chance: Chance;
}): Asked {
  const path = `${pathOf(pattern, chance)}${queryOf(chance)}`;
  if (method === "GET" || method === "HEAD") return { method, path, headers: caller.headers };
  const template = pattern.replace(/:(\w+)(?:\{[^}]*\})?/g, "{$1}");
  const operation = document.operations.find(
    (one) => one.method === method.toLowerCase() && one.path === template,
  );
  const [type = "application/json", content] = Object.entries(operation?.requestBody?.content ?? {})[0] ?? [];
  if (operation !== undefined && caller.browser === undefined) {
    const headers = { ...caller.headers, "content-type": type };
    const body = type === "application/json" ? jsonBody(content?.schema, document, chance) : undefined;
    return { method, path, headers, body: body ?? pick(hostileBodies, chance) };
  }
  const headers = {
    ...caller.headers,
    accept: "text/html",
    "content-type": "application/x-www-form-urlencoded",
    "sec-fetch-site": "same-origin",
  };
  return { method, path, headers, body: formBody(names, caller.browser?.formToken ?? "", chance) };
}
