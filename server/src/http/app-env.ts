import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { PartnerId } from "../words/ids.ts";

/** Who presented a partner's API key. */
export interface KeyHolder {
  partner: PartnerId;
  partnerName: string;
  keyId: string;
}

/** What a handler finds beside the request: node's own objects under a real server, nothing under `app.request`. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** Whose API key was presented; there on the partners' routes alone. */
    holder: KeyHolder;
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
