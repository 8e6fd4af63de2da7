import { describe, expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import type { DeclaredRoute, Who } from "../../server/src/http/route.ts";
import type { Subject } from "../../server/src/sessions/sessions.ts";
import { adminToken } from "../journey/receiver-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { openPeople, signedIn } from "./access-world.ts";

/** Every way to sign in, so that the routes of each are there. The provider is never asked. */
const everyWay = {
  passkeys: true,
  oidc: { issuer: "https://login.acme.example", clientId: "x", secret: { env: "PROVIDER_SECRET" } },
};

/** Everybody there can be: each role of each side, two partners', a customer, and those with bearers. */
async function openMatrix() {
  const world = await openPeople(benchOf("sqlite"), { signIn: everyWay });
  const people: [string, Subject][] = [
    ...Object.entries(world.vendor).map(([role, person]): [string, Subject] => [
      `vendor:${role}`,
      { person },
    ]),
    ...(["north", "south"] as const).flatMap((id) =>
      Object.entries(world.partner[id]).map(([role, person]): [string, Subject] => [
        `partner:${role} of ${id}`,
        { person },
      ]),
    ),
    ["customer", { customer: "ann@home.example" }],
  ];
  const { key } = await issuePartnerKey(world.deps, { partner: "north" });
  return { ...world, people, bearers: { admin: adminToken, partner: key } };
}

type Matrix = Awaited<ReturnType<typeof openMatrix>>;

/** Nothing is named that exists, so that nobody who is let past changes anything. */
const pathOf = ({ path }: DeclaredRoute) => path.replace(/\{\w+\}/g, "no-such-thing");

const json = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
const denials = ["unauthorized", "forbidden", "sign_in_stale"];

/** Whether the guard let a request past; what a handler answers to somebody it let past is its own matter. */
async function isLetPast(response: Response): Promise<boolean> {
  if (![401, 403].includes(response.status)) return true;
  const text = await response.text();
  return !denials.some((code) => text.includes(`"code":"${code}"`));
}

async function isPassedBy({ app }: Matrix, route: DeclaredRoute, headers: Record<string, string>) {
  const method = route.method.toUpperCase();
  return isLetPast(await app.request(pathOf(route), { method, headers: { ...json, ...headers } }));
}

async function bearersPassing(matrix: Matrix, route: DeclaredRoute): Promise<string[]> {
  const passed: string[] = [];
  if (await isPassedBy(matrix, route, {})) passed.push("nobody");
  for (const [name, token] of Object.entries(matrix.bearers))
    if (await isPassedBy(matrix, route, { authorization: `Bearer ${token}` })) passed.push(name);
  return passed;
}

async function peoplePassing(matrix: Matrix, route: DeclaredRoute): Promise<string[]> {
  const passed: string[] = [];
  for (const [name, subject] of matrix.people) {
    // A new sign-in for each: one of the routes ends them all.
    const { secret, formToken } = await signedIn(matrix, subject);
    const headers = {
      cookie: `__Host-tallystick=${secret}`,
      "x-form-token": formToken,
      "sec-fetch-site": "same-origin",
    };
    if (await isPassedBy(matrix, route, headers)) passed.push(name);
  }
  return passed;
}

/** Who may pass by the declaration alone, written out here anew. */
function whoShould(who: Who, all: readonly string[]): string[] {
  if (who === "anyone") return ["nobody", "admin", "partner", ...all];
  if (typeof who === "string") return [who];
  const { bearer, vendor = [], partner = [], customer } = who;
  const may = (name: string) =>
    vendor.some((role) => name === `vendor:${role}`) ||
    partner.some((role) => name.startsWith(`partner:${role} of `)) ||
    (name === "customer" && customer === true);
  return [...(bearer === undefined ? [] : [bearer]), ...all.filter(may)];
}

describe("every route", () => {
  it("lets past those whom it declares and nobody else, for every role of the vendor and of two partners", async () => {
    const matrix = await openMatrix();
    const names = matrix.people.map(([name]) => name);
    const told: unknown[] = [];
    const wanted: unknown[] = [];
    const routes = matrix.app.declared.filter(({ who }) => who !== "anyone");
    // All at once, since a wrong bearer waits for its answer.
    const bearers = await Promise.all(routes.map((route) => bearersPassing(matrix, route)));
    for (const [index, route] of routes.entries()) {
      const name = `${route.method} ${route.path}`;
      told.push([name, [...(bearers[index] ?? []), ...(await peoplePassing(matrix, route))]]);
      wanted.push([name, whoShould(route.who, names)]);
    }
    expect(told).toEqual(wanted);
    expect(told.length).toBeGreaterThan(80);
    const paths = matrix.app.declared.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["/sign-in/passkeys", "/sign-in/oidc/{provider}"]));
  });

  it("below the portal is a partner's alone, below the console the vendor's alone, and no page is open by oversight", async () => {
    const { app } = await openMatrix();
    const sides = (prefix: string) =>
      app.declared
        .filter(({ path }) => path === prefix || path.startsWith(`${prefix}/`))
        .map(({ who }) =>
          typeof who === "string"
            ? who
            : Object.keys(who)
                .filter((one) => one !== "fresh" && one !== "bearer")
                .join(" "),
        );
    expect(new Set(sides("/portal"))).toEqual(new Set(["partner"]));
    expect(sides("/portal").length).toBeGreaterThan(8);
    expect(new Set(sides("/console"))).toEqual(new Set(["vendor"]));
  });
});
