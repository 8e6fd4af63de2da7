import { describe, expect, test } from "vitest";
import { openApp, purchase, signedDelivery } from "../../../test/http/open-app.ts";
import { verifyLedger } from "../orders/verify/verify.ts";

const read = async (receiver: Awaited<ReturnType<typeof openApp>>) =>
  (await receiver.send("GET", "/metrics")).text();
const figure = (text: string, series: string) => {
  const line = text.split("\n").find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

describe("the first scrape", () => {
  test("has every series that an alert compares with, at zero", async () => {
    const receiver = await openApp();
    const text = await read(receiver);
    for (const series of [
      'tallystick_webhooks_total{shop="own",outcome="failed"}',
      'tallystick_webhooks_total{shop="stripe",outcome="refused"}',
      'tallystick_webhooks_total{shop="unknown",outcome="refused"}',
      'tallystick_clicks_total{result="accepted",reason=""}',
      'tallystick_clicks_total{result="rejected",reason="record_failed"}',
      'tallystick_orders_total{outcome="held",reason="conflict"}',
      'tallystick_orders_total{outcome="unattributed",reason="no_evidence"}',
      'tallystick_orders_total{outcome="reversed",reason=""}',
      'tallystick_registrations_total{result="conflict"}',
      'tallystick_postbacks_total{result="failed"}',
      'tallystick_outbox_messages{state="failed"}',
      "tallystick_outbox_overdue_seconds",
      'tallystick_http_request_duration_seconds_count{route="/webhooks/{shop}",status="503"}',
      'tallystick_shop_last_event_timestamp_seconds{shop="own"}',
      "tallystick_ledger_verified_timestamp_seconds",
    ]) {
      expect(figure(text, series), series).toBe(0);
    }
    expect(figure(text, "tallystick_database_up")).toBe(1);
    expect(figure(text, "tallystick_ledger_sound")).toBe(1);
    const bytes = (part: string) => figure(text, `tallystick_database_bytes{part="${part}"}`) ?? 0;
    expect(bytes("data") + bytes("log")).toBeGreaterThan(100_000);
    expect(text).toMatch(/tallystick_build_info\{version="[\d.]+",node="26\.[\d.]+",engine="sqlite"\} 1/);
    await receiver.close();
  });
});

describe("what the database knows", () => {
  test("is when a shop was heard and the ledger was checked, also for the next process", async () => {
    const receiver = await openApp();
    const { body, headers } = signedDelivery(purchase({ order: "heard" }));
    const begunAt = Date.now() / 1_000;
    expect((await receiver.send("POST", "/webhooks/own", body, headers)).status).toBe(200);
    expect((await receiver.send("POST", "/webhooks/stripe", "{}")).status).not.toBe(200);
    await verifyLedger(receiver.deps);
    const text = await read(receiver);
    const heard = (shop: string) =>
      figure(text, `tallystick_shop_last_event_timestamp_seconds{shop="${shop}"}`);
    expect(heard("own")).toBeGreaterThanOrEqual(Math.floor(begunAt));
    expect(heard("stripe")).toBe(0);
    expect(figure(text, "tallystick_ledger_verified_timestamp_seconds")).toBeGreaterThanOrEqual(
      Math.floor(begunAt),
    );
    expect(figure(text, 'tallystick_orders_total{outcome="unattributed",reason="no_evidence"}')).toBe(1);
    const ofShop = (shop: string) =>
      `tallystick_shop_orders_total{shop="${shop}",outcome="unattributed",reason="no_evidence"}`;
    expect(figure(text, ofShop("own"))).toBe(1);
    expect(figure(text, ofShop("stripe"))).toBe(0);
    await receiver.close();
  });

  test("is missed without the rest being lost, when the database does not answer", async () => {
    const broken = await openApp(({ store }) => ({
      store: { ...store, read: () => Promise.reject(new Error("gone")) },
    }));
    const text = await read(broken);
    expect(figure(text, "tallystick_database_up")).toBe(0);
    expect(figure(text, 'tallystick_webhooks_total{shop="own",outcome="failed"}')).toBe(0);
    await broken.close();
  });
});
