import { describe, expect, it, onTestFinished } from "vitest";
import { startReceiver } from "../../server/src/receiver/start/start-receiver.ts";
import { migratedDatabase } from "../postgres/fresh-database.ts";
import {
  adminToken,
  keptLog,
  purchase,
  signedDelivery,
  temporaryFolder,
  testConfig,
  testEnv,
} from "./open-app.ts";

async function start(engine: "sqlite" | "postgres") {
  const { folder, remove } = await temporaryFolder();
  const database = engine === "postgres" ? await migratedDatabase() : undefined;
  const { log, lines } = await keptLog();
  const receiver = await startReceiver({ config: testConfig(folder, database?.url), env: testEnv, log });
  onTestFinished(async () => {
    await receiver.stop();
    await database?.drop();
    await remove();
  });
  return { url: receiver.url, lines };
}

/** A trace id that nobody else has, as 32 digits. */
const traceOf = (number: number) => (number + 1).toString(16).padStart(32, "0");
const parentOf = (number: number) => ({ traceparent: `00-${traceOf(number)}-00f067aa0ba902b7-01` });

describe.each(["sqlite", "postgres"] as const)("requests that come at the same time, on %s", (engine) => {
  it("have each its own id in each of their lines, also where they share a transaction", async () => {
    const { url, lines } = await start(engine);
    const post = (path: string, number: number, body: string, headers: Record<string, string>) =>
      fetch(`${url}${path}`, { method: "POST", body, headers: { ...headers, ...parentOf(number) } });
    const admin = { authorization: `Bearer ${adminToken}`, "content-type": "application/json" };
    const partner = JSON.stringify({ id: "north", name: "North", percent: 20 });
    expect((await post("/v1/partners", 1000, partner, admin)).status).toBe(201);
    const asked = JSON.stringify({ partner: "north", product: "acme-paint" });
    const { token } = (await (await post("/v1/tokens", 1001, asked, admin)).json()) as { token: string };

    const count = 24;
    const statuses = await Promise.all(
      Array.from({ length: count }, async (_, number) => {
        const { body, headers } = signedDelivery(purchase({ order: `order-${number}` }));
        const sold = await post("/webhooks/own", number, body, headers);
        const again = await post("/webhooks/own", 100 + number, body, headers);
        const refused = await post("/webhooks/own", 200 + number, "{}", {});
        const clicked = await fetch(`${url}/r/acme-paint?t=${token}`, {
          redirect: "manual",
          headers: parentOf(300 + number),
        });
        const licence = JSON.stringify({ product: "acme-paint", licence: `L-${number}`, token });
        const bound = await post("/v1/registrations", 400 + number, licence, {
          "content-type": "application/json",
        });
        return [sold, again, refused, clicked, bound].map(({ status }) => status);
      }),
    );
    expect(statuses).toEqual(Array(count).fill([200, 200, 401, 302, 200]));

    const idsOf = (event: string) =>
      lines.filter((line) => line.event === event).map(({ request }) => String(request));
    const from = (first: number) => Array.from({ length: count }, (_, index) => traceOf(first + index));
    for (const [event, first] of [
      ["webhook.duplicate", 100],
      ["webhook.rejected", 200],
      ["click.accepted", 300],
      ["registration.bound", 400],
    ] as const)
      expect([event, idsOf(event).sort()]).toEqual([event, from(first).sort()]);
    const sold = lines.filter((line) => line.event === "order.unattributed");
    expect(sold).toHaveLength(count);
    for (const { order, request } of sold)
      expect(request).toBe(traceOf(Number(String(order).replace("order-", ""))));
    expect(idsOf("token.issued")).toEqual([traceOf(1001)]);
    const without = lines.filter(
      ({ event, request }) => request === undefined && !/^server\./.test(String(event)),
    );
    expect(without).toEqual([]);
  });
});
