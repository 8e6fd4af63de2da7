import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp } from "../../../../test/http/open-app.ts";

let receiver: Awaited<ReturnType<typeof openApp>>;
let token = "";

beforeAll(async () => {
  receiver = await openApp();
  await receiver.admin("POST", "/v1/partners", { id: "north", name: "North", percent: 10 });
  const issued = await receiver.admin("POST", "/v1/tokens", { partner: "north", product: "acme-paint" });
  token = ((await issued.json()) as { token: string }).token;
});
afterAll(() => receiver.close());

const click = (query: string, headers: Record<string, string> = {}, method = "GET") =>
  receiver.send(method, `/r/acme-paint${query}`, undefined, headers);
const referenceOf = (response: Response) =>
  new URL(response.headers.get("location") ?? "").searchParams.get("ref");
const recorded = () => receiver.events("click.accepted").length;

describe("a click on a renewal link", () => {
  test("leads to the checkout with a reference, and says nothing to caches and to the shop", async () => {
    const response = await click(`?t=${token}&l=AAAA-1&e=ann%40customer.example`);
    expect(response.status).toBe(302);
    expect(referenceOf(response)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(response.headers.get("location")).toContain("email=ann%40customer.example&licence=AAAA-1");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(recorded()).toBe(1);
  });

  test.each([
    ["no token", "", "token_missing"],
    ["a token that is none", "?t=nonsense", "token_malformed"],
    ["a token with bad percent-encoding", "?t=%ff%&l=%", "token_malformed"],
    ["a token with a NUL byte", "?t=%00", "token_malformed"],
    ["a repeated token, of which the first counts", `?t=x&t=TOKEN`, "token_malformed"],
    ["ten thousand characters", `?t=${"a".repeat(10_000)}`, "token_too_long"],
  ])("with %s still leads there, without a reference", async (_, query, reason) => {
    const response = await click(query.replace("TOKEN", token));
    expect(response.status).toBe(302);
    expect(referenceOf(response)).toBe("");
    expect(receiver.lines.at(-1)).toMatchObject({ event: "click.rejected", reason });
  });

  test("reads the query as forms write it, and nothing behind a fragment", async () => {
    const response = await receiver.app.fetch(
      new Request(`http://localhost/r/acme-paint?l=two+words&e=a%2Bb%40c.example&t=${token}#&t=x`),
    );
    expect(response.headers.get("location")).toContain("email=a%2Bb%40c.example&licence=two%20words");
    expect(referenceOf(response)).not.toBe("");
  });

  test.each([
    ["HEAD", {}, "HEAD"],
    ["a preview", { "user-agent": "Slackbot-LinkExpanding 1.0" }, "GET"],
    ["an image that a page hides", { "sec-fetch-dest": "image", "sec-fetch-mode": "no-cors" }, "GET"],
    ["a browser's prefetch", { "sec-purpose": "prefetch;prerender" }, "GET"],
  ])(
    "is not recorded for %s, which gets the same checkout without a reference",
    async (_, headers, method) => {
      const before = recorded();
      const response = await click(`?t=${token}&l=AAAA-1`, headers, method);
      expect(response.status).toBe(302);
      expect(response.headers.get("location")).toContain("https://shop.acme.example/buy?ref=&");
      expect(recorded()).toBe(before);
    },
  );

  test("leads to the checkout with a slash behind the product, too", async () => {
    const response = await receiver.send("GET", `/r/acme-paint/?t=${token}`);
    expect(response.status).toBe(302);
    expect(referenceOf(response)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    const page = await receiver.send("GET", "/r/no-such/", undefined, { accept: "text/html" });
    expect(await page.text()).toContain("<!doctype html>");
  });

  test("on an unknown product is a problem for programs and a page for people", async () => {
    const forPrograms = await receiver.send("GET", "/r/no-such?t=x");
    expect(forPrograms.status).toBe(404);
    expect(await forPrograms.json()).toMatchObject({ code: "product_unknown", status: 404 });
    const forPeople = await receiver.send("GET", "/r/%3Cscript%3E", undefined, {
      accept: "text/html,*/*;q=0.8",
    });
    expect(forPeople.status).toBe(404);
    expect(forPeople.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(await forPeople.text()).not.toContain("script");
  });

  test("on an unknown product speaks the customer's language", async () => {
    const inArabic = await receiver.send("GET", "/r/no-such", undefined, {
      accept: "text/html",
      "accept-language": "ar-EG,ar;q=0.9",
    });
    const page = await inArabic.text();
    expect(page).toContain('<html lang="ar-EG" dir="rtl">');
    expect(page).toContain("رابط التجديد");
  });

  test("on an unknown product leads to the fallback that is configured", async () => {
    const elsewhere = await openApp(({ config }) => ({
      config: { ...config, fallbackUrl: "https://acme.example/renew" },
    }));
    const response = await elsewhere.send("GET", "/r/no-such?t=x", undefined, { accept: "text/html" });
    await elsewhere.close();
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe("https://acme.example/renew");
  });
});

describe("a click while the database is down", () => {
  test("still leads to the checkout, and the log says what was lost", async () => {
    let isDown = false;
    const broken = await openApp(({ store }) => ({
      store: {
        ...store,
        write: (work) => (isDown ? Promise.reject(new Error("the disk is full")) : store.write(work)),
      },
    }));
    await broken.admin("POST", "/v1/partners", { id: "north", name: "North" });
    const issued = await broken.admin("POST", "/v1/tokens", { partner: "north", product: "acme-paint" });
    isDown = true;
    const response = await broken.send(
      "GET",
      `/r/acme-paint?t=${((await issued.json()) as { token: string }).token}`,
    );
    expect(response.status).toBe(302);
    expect(referenceOf(response)).toBe("");
    expect(broken.lines.at(-1)).toMatchObject({ event: "click.rejected", reason: "record_failed" });
    await broken.close();
  });
});
