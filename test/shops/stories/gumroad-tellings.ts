import { afterAll, beforeAll } from "vitest";
import { openGumroadApi } from "../gumroad-api.ts";
import { type GumroadPing, gumroadPing } from "../gumroad-fixtures.ts";

/** The first sale. */
export const id = "sale-1==";
/** How it ends. */
export const order = (earnedMinor: number, more: object = {}) => [{ order: id, earnedMinor, ...more }];
/** A copy of its own in each story: what was refunded of one does not stand beside another. */
export const copyOf = (ref: string) => ({ license_key: `COPY-${ref}`, email: `${ref}@customer.example` });
/** The first sale's ping. */
export const sold = (ref: string, more: GumroadPing = {}) =>
  gumroadPing({ id, params: { ref }, more: copyOf(ref), ...more });

/** Stands in for Gumroad's API while the stories of a file are played. */
export function gumroadApiOfStories() {
  let api: ReturnType<typeof openGumroadApi> | undefined;
  beforeAll(() => {
    api = openGumroadApi();
  });
  afterAll(() => api?.close());
  const opened = () => {
    if (api === undefined) throw new Error("it is not open yet");
    return api;
  };
  return {
    /** Members of a sale change. */
    tell: (sale: { id: string } & Record<string, unknown>) => opened().tell(sale),
    /** What the API says of a sale, anew. */
    tellAnew(sale: { id: string } & Record<string, unknown>) {
      opened().sales.delete(sale.id);
      opened().tell(sale);
    },
    /** What the API says of a sale, and no member more. */
    put: (sale: { id: string } & Record<string, unknown>) => opened().sales.set(sale.id, sale),
    /** A ping of the first sale that comes when the API tells so. */
    when: (sale: object, ping: unknown) => () => {
      opened().tell({ id, ...sale });
      return ping;
    },
  };
}
