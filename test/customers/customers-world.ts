import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import type { Agreement } from "../../server/src/agreements/agreement.ts";
import { setAgreement } from "../../server/src/channel/agreements.ts";
import {
  type CustomerOfProduct,
  customersOf,
  readCustomer,
} from "../../server/src/customers/customers-of.ts";
import { concealEvent } from "../../server/src/events/conceal-event.ts";
import { recordEvent } from "../../server/src/orders/record/record-event.ts";
import { as } from "../../server/src/words/ids.ts";
import { openChannel } from "../channel/channel-world.ts";
import type { Bench } from "../postgres/on-every-engine.ts";

/** The one product. */
export const product = as.product("acme-paint");

/** A receiver with partners, whose customers are told of by API, by lists and by shops. */
export async function openCustomers(bench: Bench) {
  const world = await openChannel(bench);
  const { deps, journey, start } = world;
  const keys = new Map<string, string>();
  /** Asks by a partner's key. */
  const ask = async (
    partner: string,
    path: string,
    {
      method = "GET",
      body,
      type = "application/json",
    }: { method?: string; body?: unknown; type?: string } = {},
  ) => {
    const key = keys.get(partner) ?? (await issuePartnerKey(deps, { partner })).key;
    keys.set(partner, key);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await journey.app.request(path, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": type },
      ...(body === undefined ? {} : { body: text }),
    });
    const answered = await response.text();
    return {
      status: response.status,
      text: answered,
      body: (answered.startsWith("{") ? JSON.parse(answered) : {}) as Record<string, unknown>,
    };
  };
  const agree = (partner: string, change: Partial<Agreement>) =>
    setAgreement(deps, partner, { since: deps.clock(), ...change });
  const everyCustomer = async (version?: string): Promise<(CustomerOfProduct & { email: string })[]> => {
    const found: (CustomerOfProduct & { email: string })[] = [];
    let after: string | undefined;
    do {
      // Pages of two, so that what leads from one to the next is tried.
      const page = await deps.store.read((tx) => customersOf(tx, { product, version, after, limit: 2 }));
      found.push(...page.customers.map((one) => ({ ...one, email: readCustomer(deps, one.sealed).email })));
      after = page.next ?? undefined;
    } while (after !== undefined);
    return found;
  };
  /** A sale whose shop tells the buyer's address, which is kept where `keeps` says so. */
  const buy = async (
    order: string,
    {
      licence,
      email,
      keeps,
      changed,
    }: { licence?: string; email: string; keeps: boolean; changed?: boolean },
  ) => {
    const { licence: _, ...sale } = world.sale(order, deps.clock(), {
      licence: "",
      country: undefined,
      email,
    }) as Extract<ReturnType<typeof world.sale>, { effect: "sale" }>;
    const event = concealEvent(
      {
        ...sale,
        ...(licence === undefined ? {} : { licence }),
        ...(changed
          ? { eventId: `${sale.eventId}_2`, objectId: `${sale.objectId}_2`, changedAt: deps.clock() }
          : {}),
      },
      deps.hashes,
      "loose",
      keeps,
    );
    await deps.store.write((tx) => recordEvent(tx, deps, { shop: as.shop("stripe"), event }, deps.clock()));
  };
  return { ...world, start, ask, agree, everyCustomer, buy };
}
