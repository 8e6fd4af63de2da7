import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ShopKind, ShopSettings } from "../../server/src/config/shop-config.ts";
import { createApp } from "../../server/src/receiver/routes/app.ts";
import { openShops } from "../../server/src/shops/open-shops.ts";
import { as } from "../../server/src/words/ids.ts";
import type { Delivery } from "../shops/deliveries.ts";
import { everyKind, everyShop } from "../shops/every-shop.ts";
import { adminToken, openApp } from "./open-app.ts";

let receiver: Awaited<ReturnType<typeof openApp>>;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  receiver = await openApp();
  const settings = everyKind.map((kind) => {
    const shop = { ...everyShop[kind].settings, kind, secrets: [everyShop[kind].secret] };
    return [as.shop(kind), shop as ShopSettings] as const;
  });
  app = createApp(receiver.deps, { adminToken, shops: openShops(new Map(settings)) });
});
afterAll(() => receiver.close());

const signedKinds = everyKind.filter((kind) => everyShop[kind].signedBy.length > 0);

const sign = (kind: ShopKind, payload: unknown, timestamp = Math.floor(Date.now() / 1000)) =>
  everyShop[kind].deliver(payload, { timestamp });

async function answerTo(kind: ShopKind, { headers, body }: Delivery) {
  const init = { method: "POST", headers, body: Buffer.from(body) };
  const response = await app.request(`/webhooks/${kind}`, init);
  const text = await response.text();
  return { status: response.status, text, problem: JSON.parse(text) as Record<string, unknown> };
}

describe.each(signedKinds)("a delivery to a shop on %s", (kind) => {
  test("is refused with 401 without its headers, by another secret, and cut short", async () => {
    const good = sign(kind, everyShop[kind].example);
    const secret = `whsec_${Buffer.from("another secret of the same kind of shop").toString("base64")}`;
    const timestamp = Math.floor(Date.now() / 1000);
    const wrong: Delivery[] = [
      { headers: new Headers(), body: good.body },
      everyShop[kind].deliver(everyShop[kind].example, { secret, timestamp }),
      { headers: good.headers, body: good.body.slice(0, -1) },
      { headers: good.headers, body: Buffer.from([0xff, 0xfe]) },
    ];
    for (const delivery of wrong) {
      const { status, problem } = await answerTo(kind, delivery);
      expect([status, problem.code]).toEqual([401, "signature_invalid"]);
    }
  });

  test("is refused with 401 five minutes early or late, where the signature covers a time", async () => {
    const now = Math.floor(Date.now() / 1000);
    const refusal = everyShop[kind].timed ? 401 : 400;
    for (const time of [now - 400, now + 400])
      expect((await answerTo(kind, sign(kind, "{}", time))).status).toBe(refusal);
  });

  test("is refused with 400 where it is signed and makes no sense, and the answer tells nothing of it", async () => {
    for (const payload of ["{", "[]", "null", '"text"', '{"buyer@example.com":1}', "[".repeat(100)]) {
      const { status, text, problem } = await answerTo(kind, sign(kind, payload));
      expect([status, problem.code, problem.detail]).toEqual([
        400,
        "event_invalid",
        "The body is not an event of this shop.",
      ]);
      expect(text).not.toMatch(/buyer|invalid_type|expected|zod/i);
    }
  });

  test("is refused with 413 over 1 MB, however it is signed", async () => {
    const { status, problem } = await answerTo(kind, sign(kind, " ".repeat(1024 * 1024 + 1)));
    expect([status, problem.code]).toEqual([413, "body_too_large"]);
  });
});
