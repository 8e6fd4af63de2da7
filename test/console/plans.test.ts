import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { addPerson } from "../../server/src/people/people.ts";
import { createApp } from "../../server/src/receiver/routes/app.ts";
import type { Query } from "../../server/src/store/query.ts";
import type { Store, Tx } from "../../server/src/store/store.ts";
import { signedIn } from "../access/access-world.ts";
import { adminToken } from "../journey/receiver-world.ts";
import { benchOf } from "../postgres/on-every-engine.ts";
import { fillConsole, openConsole } from "./console-world.ts";

/** Tables that grow with what is sold, and with time. */
const growing =
  /\b(orders|events|order_links|decisions|transfers|clicks|registrations|tokens|outbox|mails|notices|audit_entries|vouchers|serials|registered_emails|statements|statement_lines|payout_items|deals|disputes|partner_sales|earnings)\b/;

interface Asked {
  text: string;
  values: unknown[];
}

/** A store that notes what is read. */
function watched<Watched extends Store>(store: Watched, asked: Asked[]): Watched {
  const note = <P extends object, R>(query: Query<P, R>, params: P) => {
    const { text, values } = query.compileFor("sqlite");
    asked.push({ text, values: values(params) });
  };
  const watching = (tx: Tx): Tx => ({
    engine: tx.engine,
    all: (query, params) => {
      note(query, params);
      return tx.all(query, params);
    },
    one: (query, params) => {
      note(query, params);
      return tx.one(query, params);
    },
    run: (query, params) => tx.run(query, params),
  });
  return new Proxy(store, {
    get: (target, name) =>
      name === "read"
        ? <T>(work: (tx: Tx) => Promise<T>) => target.read((tx) => work(watching(tx)))
        : Reflect.get(target, name, target),
  });
}

/** A walk over a growing table from its beginning, or one that puts all it found in order before it shows a page. */
const walks = (steps: readonly string[]): string[] =>
  steps.filter((step) => /^SCAN /.test(step) && !/USING|SUBQUERY|CONSTANT/.test(step) && growing.test(step));

describe("every page that people open often", () => {
  it("finds what it shows by an index, however much was sold", async () => {
    const world = await openConsole(benchOf("sqlite"));
    await fillConsole(world, { partners: 6, days: 6 });
    const asked: Asked[] = [];
    const deps = { ...world.deps, store: watched(world.deps.store, asked) };
    const app = createApp(deps, { shops: new Map(), adminToken });
    const person = async (more: { role: string; partner?: string }) =>
      signedIn(
        { app, deps },
        {
          person: (await addPerson(deps, { mail: `${more.role}@x.example`, addedBy: "cli:test", ...more }))
            .id,
        },
      );
    const owner = await person({ role: "owner" });
    const reader = await person({ role: "viewer", partner: "partner-1" });
    const customer = await signedIn({ app, deps }, { customer: "painter1@customers.example" });
    const pages = [
      ...[
        "",
        "/orders",
        "/orders?outcome=held",
        "/orders?partner=partner-1",
        "/held",
        "/disputes",
        "/partners",
        "/partners/partner-1",
        "/tree",
        "/deals",
        "/plans",
        "/coupons",
        "/tokens?partner=partner-1",
        "/serials",
        "/serials/boxes-26",
        "/vouchers",
        "/addresses?partner=partner-1",
        "/networks",
        "/statements",
        "/payouts",
        "/adjustments",
        "/shops",
        "/work",
        "/outbox",
        "/mail",
        "/people",
        "/audit",
        "/keys",
        "/search?q=B-2001",
        "/search?q=painter1@customers.example",
        "/search?q=OLD-1",
        "/search?q=nothing",
      ].map((path) => [owner, `/console${path}`] as const),
      ...["", "/orders", "/selling", "/statements", "/deals", "/plan"].map(
        (path) => [reader, `/portal${path}`] as const,
      ),
      [customer, "/account"] as const,
    ];
    const { database } = world;
    if (database.engine !== "sqlite") throw new Error("this is about SQLite");
    const bench = new DatabaseSync(database.path, { readOnly: true });
    const found: string[] = [];
    let explained = 0;
    for (const [browser, path] of pages) {
      asked.length = 0;
      const { status } = await browser.get(path);
      expect([200, 303], path).toContain(status);
      for (const { text, values } of asked) {
        const steps = bench.prepare(`explain query plan ${text}`).all(...(values as string[]));
        explained += 1;
        const wrong = walks(steps.map(({ detail }) => String(detail)));
        if (wrong.length > 0) found.push(`${path}: ${wrong.join("; ")} in ${text.slice(0, 160)}`);
      }
    }
    bench.close();
    expect(explained).toBeGreaterThan(200);
    expect([...new Set(found)]).toEqual([]);
  });
});
