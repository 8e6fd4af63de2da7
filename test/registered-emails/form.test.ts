import { expect, it } from "vitest";
import { addDays } from "../../server/src/words/clock.ts";
import { as } from "../../server/src/words/ids.ts";
import { onEveryEngine } from "../postgres/on-every-engine.ts";
import { type EmailWorld, openEmailWorld, type PartnerClient } from "./email-world.ts";

const formType = { "content-type": "application/x-www-form-urlencoded" };

async function formOf(world: EmailWorld, partner: PartnerClient, about: object = {}) {
  const { url } = JSON.parse((await partner.send("POST", "form-links", about)).text) as { url: string };
  const path = url.slice("https://renew.acme.example".length);
  const open = async (at = path) => {
    const response = await world.app.request(at);
    return { status: response.status, headers: response.headers, html: await response.text() };
  };
  const consent = /name="consent"[^>]* value="([\w-]+)"/.exec((await open()).html)?.[1] ?? "";
  const send = async (members: Record<string, string>, at = path) => {
    const body = new URLSearchParams({ consent, ...members }).toString();
    const response = await world.app.request(at, { method: "POST", headers: formType, body });
    return { status: response.status, headers: response.headers, html: await response.text() };
  };
  return { path, open, send, consent };
}

onEveryEngine("a partner's form", (bench) => {
  it("registers an address with the wording that was agreed to, and tells the second the same", async () => {
    const world = await openEmailWorld(bench);
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    const form = await formOf(world, north, { product: "acme-paint" });
    const opened = await form.open();
    expect(opened.html).toContain("Register with north shop");
    expect(opened.headers.get("content-security-policy")).toMatch(/default-src 'none'.*form-action 'self'/);
    const first = await form.send({ email: "a@example.com" });
    expect(first.status).toBe(200);
    const again = await form.send({ email: "a@example.com" });
    expect([again.status, again.html]).toEqual([first.status, first.html]);
    const elsewhere = await formOf(world, south, { product: "acme-paint" });
    const second = await elsewhere.send({ email: "A@example.com" });
    expect(second.html.replaceAll("south", "north")).toBe(first.html);
    expect(await world.registrations()).toEqual([
      {
        partner_id: "north",
        product: "acme-paint",
        origin: "form",
        registered_at: world.now,
        consent_at: world.now,
        version: "tallystick-1",
        wording: expect.stringMatching(/^I agree that north shop tells the maker of Acme Paint .*730 days/),
      },
    ]);
    expect(await world.buy("a@example.com")).toMatchObject({ outcome: "credited", partner: "north" });
  });

  it("asks in the vendor's words, the most special that fit", async () => {
    const consents = [
      { version: "all-1", text: "For {product} of {partner}: yes." },
      { version: "draw-1", text: "Draw.", product: "acme-draw" },
      { version: "north-1", text: "North.", partner: "north" },
    ];
    const world = await openEmailWorld(bench, { registeredEmails: { consents } });
    const [north, south] = [await world.partner("north"), await world.partner("south")];
    expect((await (await formOf(world, north)).open()).html).toContain("North.");
    const everything = await (await formOf(world, south)).open();
    expect(everything.html).toContain("For Acme Paint, Acme Draw of south shop: yes.");
    expect((await (await formOf(world, south, { product: "acme-draw" })).open()).html).toContain("Draw.");
  });

  it("asks again for what is missing, and keeps what was typed", async () => {
    const world = await openEmailWorld(bench);
    const form = await formOf(world, await world.partner("north"));
    const noAddress = await form.send({ email: '"><script>alert(1)</script>' });
    expect(noAddress.status).toBe(422);
    expect(noAddress.html).toContain('role="alert"');
    expect(noAddress.html).not.toContain("<script>");
    const noConsent = await form.send({ email: "a@example.com", consent: "" });
    expect(noConsent.status).toBe(422);
    expect(noConsent.html).toContain('value="a@example.com"');
    expect((await form.send({ email: "a@example.com", consent: "an-older-wording" })).status).toBe(409);
    expect(await world.registrations()).toEqual([]);
  });

  it("opens by a link that was made here, until it expires or its key is revoked", async () => {
    const world = await openEmailWorld(bench);
    const [north] = [await world.partner("north"), await world.partner("south")];
    const form = await formOf(world, north, { product: "acme-paint" });
    const forged = [
      form.path.replace("/north?", "/south?"),
      form.path.replace("/north?", "/nobody?"),
      form.path.replace("p=acme-paint", "p=acme-draw"),
      form.path.replace(/&p=[\w-]+/, ""),
      form.path.replace(/x=\d/, "x=9"),
      form.path.replace(/s=(.)/, (_, first) => `s=${first === "_" ? "A" : "_"}`),
      form.path.replace(/\?.*/, ""),
    ];
    for (const path of forged) {
      const { status, html } = await form.open(path);
      expect([path, status, html.includes("<form")]).toEqual([path, 404, false]);
      expect((await form.send({ email: "a@example.com" }, path)).status).toBe(404);
    }
    const tooLate = { expiresAt: new Date(addDays(world.now, 400)).toISOString() };
    expect((await north.send("POST", "form-links", tooLate)).status).toBe(400);
    expect((await north.send("POST", "form-links", { product: "nothing" })).status).toBe(404);
    world.pass(89);
    expect((await form.open()).status).toBe(200);
    world.pass(2);
    expect((await form.open()).status).toBe(410);
    const newer = await formOf(world, north);
    await world.admin("POST", `/v1/partner-keys/${north.keyId}/revoke`);
    expect((await newer.open()).status).toBe(404);
    expect((await newer.send({ email: "a@example.com" })).status).toBe(404);
    expect(await world.registrations()).toEqual([]);
  });

  it("stops whoever sends it too often", async () => {
    const limits = { email: { address: { burst: 2, perHour: 60 } } };
    const world = await openEmailWorld(bench, { limits });
    const form = await formOf(world, await world.partner("north"));
    const answers = [1, 2, 3].map((index) => () => form.send({ email: `c${index}@example.com` }));
    const statuses: number[] = [];
    for (const answer of answers) statuses.push((await answer()).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await form.send({ email: "c@example.com" })).headers.get("retry-after")).toBe("60");
    expect(await world.registrations()).toHaveLength(2);
  });

  it("is there no more for a product that is sold no more, rather than register nothing", async () => {
    const world = await openEmailWorld(bench);
    const north = await world.partner("north");
    const form = await formOf(world, north, { product: "acme-draw" });
    const { products } = world.deps.config;
    if (products instanceof Map) products.delete(as.product("acme-draw"));
    expect((await form.open()).status).toBe(404);
    expect((await form.send({ email: "a@example.com" })).status).toBe(404);
    const every = await formOf(world, north);
    expect((await every.open(`${every.path}&p=`)).status).toBe(404);
  });

  it("is not taken from another site, and runs and styles nothing but its own", async () => {
    const world = await openEmailWorld(bench);
    const form = await formOf(world, await world.partner("north"));
    const body = new URLSearchParams({ consent: form.consent, email: "a@example.com" }).toString();
    for (const from of [
      { "sec-fetch-site": "cross-site" },
      { origin: "https://evil.example" },
      { origin: "null" },
    ] as Record<string, string>[]) {
      const headers = { ...formType, ...from };
      const response = await world.app.request(form.path, { method: "POST", headers, body });
      expect([response.status, await response.text()]).toEqual([403, expect.stringContaining(form.consent)]);
    }
    expect(await world.registrations()).toEqual([]);
    const { headers } = await form.open();
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("referrer-policy")).toBe("same-origin");
  });

  it("takes nothing that is not a form", async () => {
    const world = await openEmailWorld(bench);
    const form = await formOf(world, await world.partner("north"));
    for (const body of ["{}", "email=\ud83d&consent=%FF%FE", "a".repeat(70_000)]) {
      const response = await world.app.request(form.path, { method: "POST", body });
      expect(response.status).toBe(422);
    }
    const large = await world.app.request(form.path, {
      method: "POST",
      headers: formType,
      body: "e".repeat(1_100_000),
    });
    expect(large.status).toBe(413);
    expect(world.logged("server.failed")).toEqual([]);
  });
});
