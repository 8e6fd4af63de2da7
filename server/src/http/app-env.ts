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

/** Whoever is signed in, whatever they are. */
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

/** One who proved an address, and is known by nothing else. */
export type Customer = SignedIn & { side: "customer"; mailHash: EmailHash };

/** What a handler finds beside the request: node's own objects under a real server, nothing under `app.request`. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** Whose API key was presented; there on the partners' routes alone. */
    holder: KeyHolder;
    /** Who is signed in; there where people may call, unless a bearer token was presented. */
    person: Person;
    /** Whoever proved an address; there where customers may call. */
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
