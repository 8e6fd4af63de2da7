import { addPartner } from "../../server/src/channel/partners.ts";
import { addPerson } from "../../server/src/people/people.ts";
import { cookieName } from "../../server/src/sessions/cookie.ts";
import { findSignedIn, type Subject, startSession } from "../../server/src/sessions/sessions.ts";
import { as, type PersonId } from "../../server/src/words/ids.ts";
import {
  type PartnerRole,
  partnerRoles,
  type VendorRole,
  vendorRoles,
} from "../../server/src/words/roles.ts";
import { type Journey, openJourney } from "../journey/journey.ts";
import type { Bench } from "../postgres/on-every-engine.ts";

/** A browser with one cookie, on a receiver without a socket. */
export interface Browser {
  secret: string;
  /** As a header has it. */
  cookie: string;
  formToken: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form as the receiver's own page would. */
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form with files, as its body was written. */
  send(path: string, form: { body: Uint8Array<ArrayBuffer>; type: string }): Promise<Response>;
}

/** Signs somebody in past all pages. */
export async function signedIn(journey: Pick<Journey, "app" | "deps">, subject: Subject): Promise<Browser> {
  const { app, deps } = journey;
  const secret = await deps.store.write((tx) =>
    startSession(tx, deps, { subject, way: "mail", device: "Firefox, Linux" }),
  );
  const cookie = `${cookieName(deps.config.issuer, "tallystick")}=${secret}`;
  const formToken = (await findSignedIn(deps, secret))?.formToken ?? "";
  return {
    secret,
    cookie,
    formToken,
    get: async (path, headers = {}) =>
      app.request(path, { headers: { cookie, accept: "text/html", ...headers }, redirect: "manual" }),
    post: async (path, fields = {}, headers = {}) =>
      app.request(path, {
        method: "POST",
        headers: {
          cookie,
          accept: "text/html",
          "content-type": "application/x-www-form-urlencoded",
          "sec-fetch-site": "same-origin",
          ...headers,
        },
        body: new URLSearchParams({ "form-token": formToken, ...fields }).toString(),
      }),
    send: async (path, { body, type }) =>
      app.request(path, {
        method: "POST",
        headers: { cookie, accept: "text/html", "content-type": type, "sec-fetch-site": "same-origin" },
        body,
      }),
  };
}

/** A receiver with two partners, and people of every role on every side. */
export async function openPeople(bench: Bench, config?: Record<string, unknown>) {
  const journey = await openJourney(bench, config);
  const { deps } = journey;
  for (const id of ["north", "south"]) await addPartner(deps, { id, name: id, percent: 20 });
  const add = async (role: string, partner?: string): Promise<PersonId> =>
    (
      await addPerson(deps, {
        mail: `${role}@${partner ?? "vendor"}.example`,
        role,
        partner,
        addedBy: "cli:test",
      })
    ).id;
  const vendor = {} as Record<VendorRole, PersonId>;
  for (const role of vendorRoles) vendor[role] = await add(role);
  const partner = { north: {}, south: {} } as Record<"north" | "south", Record<PartnerRole, PersonId>>;
  for (const id of ["north", "south"] as const)
    for (const role of partnerRoles) partner[id][role] = await add(role, id);
  return {
    ...journey,
    vendor,
    partner,
    signIn: (person: PersonId) => signedIn(journey, { person }),
    signInCustomer: (customer: string) => signedIn(journey, { customer }),
    partnerId: as.partner,
  };
}
