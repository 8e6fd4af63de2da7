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

async function whoPasses(matrix: Matrix, route: DeclaredRoute): Promise<string[]> {
  const { app, people, bearers } = matrix;
  const [method, path] = [route.method.toUpperCase(), pathOf(route)];
  const passed: string[] = [];
  const ask = async (name: string, headers: Record<string, string>) => {
    if (await isLetPast(await app.request(path, { method, headers: { ...json, ...headers } })))
      passed.push(name);
  };
  await ask("nobody", {});
  for (const [name, token] of Object.entries(bearers)) await ask(name, { authorization: `Bearer ${token}` });
  for (const [name, subject] of people) {
    // A new sign-in for each: one of the routes ends them all.
    const { secret, formToken } = await signedIn(matrix, subject);
    await ask(name, {
      cookie: `__Host-tallystick=${secret}`,
      "x-form-token": formToken,
      "sec-fetch-site": "same-origin",
    });
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
    for (const route of matrix.app.declared.filter(({ who }) => who !== "anyone")) {
      const name = `${route.method} ${route.path}`;
      told.push([name, await whoPasses(matrix, route)]);
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
