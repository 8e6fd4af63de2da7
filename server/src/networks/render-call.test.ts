import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { networkConfig } from "../config/network-config.ts";
import { CannotFill, type MacroValues } from "./fill.ts";
import { openNetwork } from "./open-networks.ts";
import { renderCall } from "./render-call.ts";

const base = "https://network.example/api";

/** The `convert` call of a custom network, rendered as the configuration would have it. */
function render(convert: object, given: Readonly<Record<string, string | null>> = {}, now = new Date(0)) {
  const byHand = { byHand: "Do it in the dashboard." };
  const secrets = { token: "s3cret", user: "me" };
  const parsed = networkConfig.parse({
    kind: "custom",
    base,
    settings: secrets,
    convert: { method: "POST", path: "/p", ...convert },
    adjust: byHand,
    reverse: byHand,
  });
  const network = openNetwork("n", parsed as never);
  const { convert: call } = network.effects;
  if ("byHand" in call) throw new Error("expected a call");
  const values: MacroValues = new Map([
    ...Object.entries({ "network.token": "s3cret", "network.user": "me" }),
    ...Object.entries(given),
  ]);
  return renderCall(call, network.base, values, now);
}

const anything = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom(
    "&a=b",
    "?x#y",
    "../..",
    "%2e%2e",
    "\r\nx: y",
    '","evil":"',
    "{order}",
    "@evil.example/",
    "\ud800",
    "\\",
    "+ ",
  ),
);
const wellFormed = (text: string) => text.toWellFormed();

describe("a value in a call", () => {
  it("stays in its segment of the path, and never reaches the host", () => {
    fc.assert(
      fc.property(anything, (order) => {
        try {
          const url = new URL(render({ path: "/orders/{order}/end" }, { order }).url);
          expect([url.origin, url.search, url.hash]).toEqual(["https://network.example", "", ""]);
          const [, api, orders, segment = "", end, ...more] = url.pathname.split("/");
          expect([api, orders, end, more]).toEqual(["api", "orders", "end", []]);
          expect(decodeURIComponent(segment)).toBe(wellFormed(order));
        } catch (error) {
          expect(error).toBeInstanceOf(CannotFill);
          expect(order).toMatch(/^\.{1,2}$/);
        }
      }),
    );
  });

  it("stays in its field of the query", () => {
    fc.assert(
      fc.property(anything, anything, (order, reference) => {
        const url = new URL(
          render({ query: { "o[1]": "a{order}b", r: "{reference}" } }, { order, reference }).url,
        );
        expect([...url.searchParams]).toEqual([
          ["o[1]", `a${wellFormed(order)}b`],
          ["r", wellFormed(reference)],
        ]);
      }),
    );
  });

  it("stays in its field of a form, and in the JSON in one", () => {
    fc.assert(
      fc.property(anything, (order) => {
        const { body } = render(
          { body: { form: { o: "{order}", j: { json: [{ o: "{order}" }] } } } },
          { order },
        );
        const [[, text], [, json = ""]] = [...new URLSearchParams(body)] as [
          [string, string],
          [string, string],
        ];
        expect([text, JSON.parse(json)]).toEqual([wellFormed(order), [{ o: wellFormed(order) }]]);
      }),
    );
  });

  it("stays in its string of JSON and in its variable of GraphQL", () => {
    fc.assert(
      fc.property(anything, (order) => {
        const json = { a: ["x{order}", { b: "{order}" }], n: { $number: "{amount}" }, t: true, z: null };
        const parsed = { a: [`x${wellFormed(order)}`, { b: wellFormed(order) }], n: 12.5, t: true, z: null };
        const values = { order, amount: "12.50" };
        expect(JSON.parse(render({ body: { json } }, values).body ?? "")).toEqual(parsed);
        const graphql = "mutation($a:[String!]!){put(a:$a){id}}";
        const sent = JSON.parse(render({ body: { graphql, variables: json } }, values).body ?? "");
        expect(sent).toEqual({ query: graphql, variables: parsed });
      }),
    );
  });

  it("is a header's value alone, or is refused", () => {
    fc.assert(
      fc.property(anything, (order) => {
        try {
          const { headers } = render({ headers: { "x-order": "a{order}" } }, { order });
          expect(headers["x-order"]).toBe(`a${order}`);
          expect(order).toMatch(/^[\x20-\x7e]+$/);
          expect(() => new Headers(headers)).not.toThrow();
        } catch (error) {
          expect(error).toBeInstanceOf(CannotFill);
        }
      }),
    );
  });

  it("is a number digit for digit, or is refused", () => {
    const number = (amount: string) => render({ body: { json: [{ $number: "{amount}" }] } }, { amount }).body;
    expect(number("90071992547409.93")).toBe("[90071992547409.93]");
    for (const wrong of ["1e5", "01", "1,2", "NaN", "1]", ".5", "--1", "0x1"])
      expect(() => number(wrong)).toThrow(CannotFill);
  });

  it("leaves out what is optional, and refuses to leave out anything else", () => {
    const call = {
      query: { r: "{reference?}", o: "{order}" },
      body: { json: { r: "{reference?}", l: ["{reference?}"] } },
    };
    const { url, body } = render(call, { order: "1", reference: null });
    expect([url, body]).toEqual([`${base}/p?o=1`, '{"l":[]}']);
    expect(() => render(call, { order: null, reference: "r" })).toThrow("it needs order, which is not known");
  });
});

describe("authentication of a call", () => {
  const header = (auth: object, now?: Date) => render({ auth }, {}, now).headers;

  it.each([
    [
      { kind: "basic", user: "{network.user}", password: "{network.token}" },
      { authorization: "Basic bWU6czNjcmV0" },
    ],
    [{ kind: "bearer", token: "{network.token}" }, { authorization: "Bearer s3cret" }],
    [{ kind: "header", name: "x-api-key", value: "{network.token}" }, { "x-api-key": "s3cret" }],
  ])("%j", (auth, headers) => {
    expect(header(auth)).toMatchObject(headers);
  });

  it("goes into the query where the template says so", () => {
    const { url } = render({
      query: { a: "1" },
      auth: { kind: "query", name: "key", value: "{network.token}" },
    });
    expect(url).toBe(`${base}/p?a=1&key=s3cret`);
  });

  it("hashes token, date, action and secret as ShareASale's own example does", () => {
    const text = "NGc6dg5e9URups5o:{date}:bannerList:ATj7vd8b7CCjeq9yQUo8cc2w3OThqe2e";
    const auth = { kind: "dated-hash", dateHeader: "x-date", hashHeader: "x-hash", text };
    expect(header(auth, new Date("2011-04-14T22:44:22Z"))).toMatchObject({
      "x-date": "Thu, 14 Apr 2011 22:44:22 GMT",
      "x-hash": "78D54A3051AE0AAAF022AA2DA230B97D5219D82183FEFF71E2D53DEC6057D9F1",
    });
  });
});
