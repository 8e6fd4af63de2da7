import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, purchase, signedDelivery, stripeSecret } from "../../../../test/http/open-app.ts";

let receiver: Awaited<ReturnType<typeof openApp>>;
beforeAll(async () => {
  receiver = await openApp();
});
afterAll(() => receiver.close());

const deliver = (
  shop: string,
  delivery: { body: string | ReadableStream; headers?: Record<string, string> },
) =>
  receiver.app.request(`/webhooks/${shop}`, { method: "POST", duplex: "half", ...delivery } as RequestInit);
const answerOf = async (response: Response | Promise<Response>) => {
  const { status, headers } = await response;
  return { status, mediaType: headers.get("content-type"), ...((await (await response).json()) as object) };
};

/** A body of unknown length, in pieces of 64 KB. */
const chunked = (bytes: number) => {
  let left = bytes;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const size = Math.min(left, 65_536);
      left -= size;
      if (size === 0) controller.close();
      else controller.enqueue(new Uint8Array(size).fill(0x20));
    },
  });
};

describe("a webhook", () => {
  test("is recorded once, and a repetition is a duplicate", async () => {
    const delivery = signedDelivery(purchase({ order: "w-1" }));
    expect(await answerOf(deliver("own", delivery))).toMatchObject({ status: "recorded" });
    expect((await deliver("own", delivery)).status).toBe(200);
    expect(await answerOf(deliver("own", delivery))).toMatchObject({ status: "duplicate" });
  });

  test("that the receiver has no use for is ignored", async () => {
    const body = JSON.stringify({
      id: "evt_1",
      created: 1_700_000_000,
      object: "event",
      type: "customer.created",
      data: { object: {} },
    });
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: stripeSecret });
    const response = await deliver("stripe", { body, headers: { "stripe-signature": signature } });
    expect([response.status, await response.json()]).toEqual([200, { status: "ignored" }]);
  });

  test("of an unknown shop is refused", async () => {
    expect(await answerOf(deliver("nobody", { body: "{}" }))).toMatchObject({
      status: 404,
      code: "shop_unknown",
    });
    expect(receiver.lines.at(-1)).toMatchObject({
      event: "webhook.rejected",
      shop: "nobody",
      reason: "shop_unknown",
    });
    expect(await answerOf(deliver("__proto__", { body: "{}" }))).toMatchObject({ status: 404 });
    expect(receiver.lines.at(-1)).not.toHaveProperty("shop");
  });

  test("without a good signature is refused, and the answer does not say why", async () => {
    const delivery = signedDelivery(purchase({ order: "w-2" }));
    const forged = { ...delivery, body: delivery.body.replace("10000", "99999") };
    const answer = await answerOf(deliver("own", forged));
    expect(answer).toMatchObject({ status: 401, code: "signature_invalid" });
    expect(JSON.stringify(answer)).not.toContain("mismatch");
    expect(receiver.lines.at(-1)).toMatchObject({ event: "webhook.rejected", reason: "signature_mismatch" });
  });

  test("with a good signature over something else is refused", async () => {
    const delivery = signedDelivery({ type: "purchase.completed", nonsense: true });
    expect(await answerOf(deliver("own", delivery))).toMatchObject({ status: 400, code: "event_invalid" });
  });

  test("over 1 MB is refused by the length it announces", async () => {
    const headers = { "content-length": "1048577" };
    expect(await answerOf(deliver("own", { body: chunked(10), headers }))).toMatchObject({ status: 413 });
    expect(receiver.lines.at(-1)).toMatchObject({
      event: "webhook.rejected",
      shop: "own",
      reason: "body_too_large",
    });
  });

  test("over 1 MB is refused while it is read when it announces none", async () => {
    expect(await answerOf(deliver("own", { body: chunked(1_048_577) }))).toMatchObject({ status: 413 });
    expect(await answerOf(deliver("own", { body: chunked(1_048_576) }))).toMatchObject({ status: 401 });
  });
});

describe("a webhook that cannot be recorded", () => {
  test("is answered 503 with Retry-After, so that the shop sends it again", async () => {
    const broken = await openApp(({ store }) => ({
      store: { ...store, write: () => Promise.reject(new Error("the disk is full")) },
    }));
    const response = await broken.app.request("/webhooks/own", {
      method: "POST",
      ...signedDelivery(purchase({ order: "w-3" })),
    });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: "busy" });
    expect(text).not.toContain("disk");
    expect(broken.events("webhook.failed")).toHaveLength(1);
    const metrics = await (await broken.send("GET", "/metrics")).text();
    expect(metrics).toContain('tallystick_webhooks_total{shop="own",outcome="failed"} 1');
    await broken.close();
  });
});
