import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addPartner } from "../../server/src/channel/partners.ts";
import { issueToken } from "../../server/src/tokens/tokens.ts";
import { logEvents, logFieldNames } from "../../server/src/words/log.ts";
import { openApp, purchase, signedDelivery } from "../http/open-app.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/logs.md"), "utf8");
const rows = new Map(
  [...page.matchAll(/^\| `([a-z]+\.[a-z]+)` \| ([a-z, ]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, event = "", levels = "", fields = ""]) => [
      event,
      { levels: levels.split(", "), fields: [...fields.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name) },
    ],
  ),
);
/** What any line may have. */
const everywhere = ["time", "level", "event", "request", "error", "withheld"];

describe("docs/logs.md", () => {
  it("has every event, and no other", () => {
    expect([...rows.keys()].sort()).toEqual([...logEvents].sort());
  });

  it("tells of every field, and of none that cannot be", () => {
    const told = new Set([...rows.values()].flatMap(({ fields }) => fields));
    expect([...told].sort()).toEqual([...logFieldNames].sort());
  });

  it("has the fields and levels of the lines that a receiver writes", async () => {
    const receiver = await openApp();
    await addPartner(receiver.deps, { id: "north", name: "North", percent: 20 });
    const { token } = await issueToken(receiver.deps, { partner: "north", product: "acme-paint" });
    const click = await receiver.send("GET", `/r/acme-paint?t=${token}`);
    await receiver.send("GET", "/r/acme-paint?t=nonsense");
    const reference = new URL(String(click.headers.get("location"))).searchParams.get("ref");
    const deliver = async (event: object) => {
      const { body, headers } = signedDelivery(event);
      await receiver.send("POST", "/webhooks/own", body, headers);
    };
    const sale = purchase({ order: "told", reference });
    await deliver(sale);
    await deliver(sale);
    await deliver(purchase({ order: "nobody's" }));
    await deliver({ ...purchase({ order: "told" }), type: "purchase.unheard-of" });
    await receiver.send("POST", "/webhooks/own", "{}");
    await receiver.send("POST", "/v1/registrations", { product: "acme-paint", licence: "A-1", token });
    const seen = new Set(receiver.lines.map(({ event }) => String(event)));
    expect([...seen].sort()).toEqual(
      expect.arrayContaining([
        "click.accepted",
        "click.rejected",
        "order.credited",
        "order.unattributed",
        "token.issued",
        "webhook.duplicate",
        "webhook.rejected",
      ]),
    );
    for (const line of receiver.lines) {
      const row = rows.get(String(line.event));
      expect(row?.levels, JSON.stringify(line)).toContain(line.level);
      const unknown = Object.keys(line).filter(
        (name) => ![...everywhere, ...(row?.fields ?? [])].includes(name),
      );
      expect(unknown, JSON.stringify(line)).toEqual([]);
    }
    await receiver.close();
  });
});
