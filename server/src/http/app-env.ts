import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Instant } from "../words/clock.ts";
import type { EmailHash, PartnerId, PersonId } from "../words/ids.ts";
import type { PartnerRole, SignInWay, VendorRole } from "../words/roles.ts";

/** Who presented a partner's API key. */
export interface KeyHolder {
  partner: PartnerId;
  partnerName: string;
  keyId: string;
  /** What the key may be used for; null is everything. */
  scopes: readonly string[] | null;
}

/** What is known of everybody who is signed in. */
export interface SignedIn {
  /** Names the session in lists; it opens nothing. */
  session: string;
  /** The address that was proved. */
  mail: string;
  signedInAt: Instant;
  way: SignInWay;
  /** BCP 47, as the person chose it; null leaves it to the browser. */
  language: string | null;
  /** Stands in every form that the person sends, so that no other site can send one in its name. */
  formToken: string;
}

/** One of the vendor's or of a partner's people, signed in. */
export type Person = SignedIn & {
  id: PersonId;
  /** As the audit names who did something. */
  actor: `person:${string}`;
} & (
    | { side: "vendor"; role: VendorRole }
    | { side: "partner"; role: PartnerRole; partner: PartnerId; partnerName: string }
  );

/** A customer: proved an address by a mailed link, and nothing else is known. */
export type Customer = SignedIn & { side: "customer"; mailHash: EmailHash };

/** What a handler finds beside the request: node's own objects under a real server, nothing under `app.request`. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** Whose API key was presented. Set on routes of partners. */
    holder: KeyHolder;
    /** Who is signed in. Set on routes of people, unless the request carried a bearer token. */
    person: Person;
    /** The customer who is signed in. Set on routes of customers. */
    customer: Customer;
    /** The fields of a form that was sent, its token checked. */
    form?: URLSearchParams;
    /** The files that came with a form, by the field's name. */
    files?: ReadonlyMap<string, File>;
    /** The bytes of a list in CSV, where one was sent. */
    csv?: Uint8Array;
  };
}

/** A request on its way through the receiver's routes. */
export type AppContext = Context<AppEnv>;

/**
 * A request header by its lower-case name. Under a real server it is read from what node has parsed already,
 * which spares the hot routes the building of a `Headers` object.
 */
export function requestHeader(c: AppContext, name: string): string | undefined {
  const incoming = c.env?.incoming;
  if (incoming === undefined) return c.req.raw.headers.get(name) ?? undefined;
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

/** The token of `Authorization: Bearer …` (RFC 6750, section 2.1). */
export const bearerOf = (c: AppContext): string | undefined =>
  /^Bearer +([!-~]+) *$/i.exec(requestHeader(c, "authorization") ?? "")?.[1];
