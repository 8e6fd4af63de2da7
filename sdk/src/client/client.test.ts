import { beforeAll, describe, expect, it } from "vitest";
import { createMemoryTokenStore, createRenewalClient, type RenewalClientOptions } from "../index.ts";
import { makeFolder } from "../testing/folder.ts";
import { createProduct } from "../testing/product.ts";
import { createSigner, noon, type Signer } from "../testing/signer.ts";

let signer: Signer;
beforeAll(async () => {
  signer = await createSigner();
});

const dayMs = 86_400_000;
const licence = { id: "AAAA-BBBB", expiresAt: "2027-11-21T00:00:00Z", willRenew: false };

describe("createRenewalClient", () => {
  it.each([
    ["product_refused", { product: "Acme Paint" }],
    ["product_refused", { product: undefined }],
    ["receiver_refused", { receiver: "http://renew.acme.example" }],
    ["receiver_refused", { receiver: "https://renew.acme.example/?x=1" }],
    ["receiver_refused", { receiver: "https://user:secret@renew.acme.example" }],
    ["shop_url_refused", { shopUrl: "javascript:alert(1)" }],
    ["issuer_refused", { issuer: "acme" }],
    ["grace_days_refused", { graceDays: 1.5 }],
    ["time_zone_unknown", { timeZone: "Mars/Olympus" }],
    ["keys_malformed", { keys: { keys: [] } }],
    ["keys_malformed", { keys: [] }],
    ["key_private", { keys: { keys: [{ kty: "OKP", crv: "Ed25519", x: "x", d: "x", kid: "k" }] } }],
    ["option_unknown", { shopURL: "https://acme.example" }],
  ])("throws %s for %j", (code, change) => {
    const good = { product: "acme-paint", receiver: "https://renew.acme.example", keys: signer.jwks };
    const options = { ...good, ...change } as RenewalClientOptions;
    expect(() => createRenewalClient(options)).toThrow(
      expect.objectContaining({ name: "TallystickError", code }),
    );
  });

  it("accepts http on this machine and a receiver with a path", async () => {
    for (const receiver of ["http://localhost:8787", "http://127.0.0.1:8787/renew/", "http://[::1]:8787"]) {
      const url = await createProduct(signer, { receiver }).renewal.renewalUrl();
      expect(url).toBe(`${receiver.replace(/\/$/, "")}/r/acme-paint`);
    }
  });

  it("takes the issuer for the receiver's address without the slash at its end", async () => {
    const { renewal } = createProduct(signer, { receiver: "https://renew.acme.example/" });
    expect(await renewal.attribution.capture({ token: await signer.sign() })).toMatchObject({
      code: "captured",
    });
  });
});

describe("license", () => {
  it("is kept for the next process", () => {
    const folder = makeFolder();
    const store = { store: undefined, folder };
    expect(createProduct(signer, store).renewal.license.set(licence)).toEqual({ code: "stored" });
    const { renewal } = createProduct(signer, store);
    expect(renewal.license.get()).toEqual({ ...licence, billingProblem: false });
    expect(renewal.license.set(licence)).toEqual({ code: "unchanged" });
  });

  it("that is none is refused as a value and changes nothing", () => {
    const { renewal } = createProduct(signer);
    renewal.license.set(licence);
    expect(renewal.license.set({ id: "", expiresAt: "soon" })).toEqual({
      code: "licence_refused",
      member: "id",
    });
    expect(renewal.license.set(undefined as never)).toMatchObject({ member: "licence" });
    expect(renewal.license.set({ id: "A", expiresAt: "soon" })).toMatchObject({ member: "expiresAt" });
    expect(renewal.license.get()?.id).toBe("AAAA-BBBB");
  });

  it("goes into the renewal link with the customer's address", async () => {
    const { renewal } = createProduct(signer);
    renewal.license.set({ ...licence, email: "ada+work@example.com" });
    expect(await renewal.renewalUrl()).toBe(
      "https://renew.acme.example/r/acme-paint?l=AAAA-BBBB&e=ada%2Bwork%40example.com",
    );
  });
});

describe("status and reminder", () => {
  it("follow the clock through the year, across processes", () => {
    const store = createMemoryTokenStore();
    const { renewal, clock } = createProduct(signer, { store });
    expect(renewal.status()).toMatchObject({ state: "unknown" });
    renewal.license.set(licence);
    expect(renewal.status()).toMatchObject({ state: "active", daysRemaining: 365 });
    expect(renewal.reminder()).toBeNull();
    clock.now = Date.parse("2027-11-07T09:00:00Z");
    expect(renewal.status()).toMatchObject({ state: "expiring", daysRemaining: 14 });
    expect(renewal.reminder()).toEqual({
      stage: 14,
      urgency: "low",
      reason: "expiring",
      snoozeOptions: ["1d", "3d", "next_stage"],
    });
    expect(renewal.markShown()).toEqual({ code: "shown" });
    expect(renewal.reminder()).toBeNull();

    const next = createProduct(signer, { store });
    next.clock.now = clock.now + 3_600_000;
    expect(next.renewal.reminder()).toBeNull();
    next.clock.now = Date.parse("2027-11-14T09:00:00Z");
    expect(next.renewal.reminder()).toMatchObject({ stage: 7 });
  });

  it("prompts once a process start, and once more when the product says that a session begins", () => {
    const { renewal, clock } = createProduct(signer);
    renewal.license.set(licence);
    clock.now = Date.parse("2027-11-07T09:00:00Z");
    renewal.markShown();
    clock.now = Date.parse("2027-11-14T09:00:00Z");
    expect(renewal.reminder()).toBeNull();
    renewal.beginSession();
    expect(renewal.reminder()).toMatchObject({ stage: 7 });
  });

  it("keep a snooze for the next process", () => {
    const store = createMemoryTokenStore();
    const { renewal, clock } = createProduct(signer, { store });
    renewal.license.set(licence);
    clock.now = Date.parse("2027-11-07T09:00:00Z");
    expect(renewal.snooze("3d")).toEqual({ code: "snoozed", until: "2027-11-10T09:00:00.000Z" });
    const next = createProduct(signer, { store });
    next.clock.now = Date.parse("2027-11-10T08:59:59Z");
    expect(next.renewal.reminder()).toBeNull();
    next.clock.now += 1000;
    expect(next.renewal.reminder()).toMatchObject({ stage: 14 });
  });

  it("do not show a prompt that another process has shown today", () => {
    const store = createMemoryTokenStore();
    const [one, two] = [createProduct(signer, { store }), createProduct(signer, { store })];
    one.renewal.license.set(licence);
    one.clock.now = Date.parse("2027-11-07T09:00:00Z");
    two.clock.now = one.clock.now;
    expect(two.renewal.reminder()).not.toBeNull();
    expect(one.renewal.markShown()).toEqual({ code: "shown" });
    expect(two.renewal.markShown()).toEqual({ code: "nothing_due" });
  });

  it("begin anew with a new term", () => {
    const { renewal, clock } = createProduct(signer);
    renewal.license.set(licence);
    clock.now = Date.parse("2027-11-07T09:00:00Z");
    renewal.markShown();
    renewal.license.set({ ...licence, expiresAt: "2027-11-30" });
    renewal.beginSession();
    expect(renewal.reminder()).toMatchObject({ stage: 30 });
  });

  it("have nothing to show or to put off far from the end", () => {
    const { renewal } = createProduct(signer);
    expect(renewal.snooze("1d")).toEqual({ code: "nothing_to_snooze" });
    renewal.license.set(licence);
    expect(renewal.markShown()).toEqual({ code: "nothing_due" });
    expect(renewal.snooze("1d")).toEqual({ code: "nothing_to_snooze" });
    expect(renewal.snooze("2d" as "1d")).toEqual({ code: "snooze_option_unknown" });
  });

  it("notice in the next process that the clock was set back", () => {
    const store = createMemoryTokenStore();
    const { renewal, clock } = createProduct(signer, { store });
    renewal.license.set(licence);
    clock.now = Date.parse("2027-12-24T00:00:00Z");
    expect(renewal.status()).toMatchObject({ state: "expired", clockSetBack: false });
    const next = createProduct(signer, { store });
    next.clock.now = noon;
    expect(next.renewal.status()).toMatchObject({ state: "expired", clockSetBack: true });
    next.renewal.license.set({ ...licence, expiresAt: "2028-11-21" });
    expect(next.renewal.status()).toMatchObject({ state: "active", clockSetBack: false });
  });

  it("survive damaged files and report each once", () => {
    const store = createMemoryTokenStore({
      licence: "{",
      reminder: "[]",
      "last-seen": "7",
      registration: "x",
    });
    const { renewal, clock } = createProduct(signer, { store });
    expect(renewal.status()).toMatchObject({ state: "unknown" });
    renewal.license.set(licence);
    clock.now = noon + 360 * dayMs;
    expect(renewal.reminder()).toMatchObject({ stage: 7 });
    const reported = renewal.problems().map(({ code, where }) => `${code} ${where}`);
    expect(reported.sort()).toEqual(
      ["last-seen", "licence", "reminder"].map((name) => `file_damaged memory:${name}`),
    );
  });
});
