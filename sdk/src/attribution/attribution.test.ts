import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createFileTokenStore, createMemoryTokenStore, defaultCarriers, type TokenStore } from "../index.ts";
import { makeFolder } from "../testing/folder.ts";
import { createProduct, emptySurroundings } from "../testing/product.ts";
import { createSigner, noon, type Signer } from "../testing/signer.ts";

let signer: Signer;
beforeAll(async () => {
  signer = await createSigner();
});

const link = "https://renew.acme.example/r/acme-paint";

describe("capture", () => {
  it("captures a token that is handed over, says where it was, and sends it in the link", async () => {
    const { renewal } = createProduct(signer);
    const token = await signer.sign({ batch: "spring" });
    expect(await renewal.attribution.capture({ token })).toEqual({
      code: "captured",
      from: { carrier: "explicit", where: "capture({ token })" },
      partner: "north-tools",
      tokenId: "t-1",
      batch: "spring",
      attempts: [],
    });
    expect(await renewal.attribution.get()).toEqual({
      partner: "north-tools",
      tokenId: "t-1",
      batch: "spring",
    });
    expect(await renewal.renewalUrl()).toBe(`${link}?t=${token}`);
  });

  it("asks the carriers in order and says why each other one failed", async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "tallystick.token"), `${await signer.sign()}\n`);
    const surroundings = {
      ...emptySurroundings,
      env: { TALLYSTICK_TOKEN: await signer.sign({ aud: "acme-draw" }) },
      argv: ["node", join(folder, "main.js"), "--tallystick-token=x.y.z"],
    };
    const { renewal } = createProduct(signer, { surroundings });
    const where = join(folder, "tallystick.token");
    expect(await renewal.attribution.capture()).toMatchObject({
      code: "captured",
      from: { carrier: "sidecar", where },
      attempts: [
        { carrier: "explicit", code: "absent" },
        { carrier: "environment", where: "TALLYSTICK_TOKEN", code: "token_product_mismatch" },
        { carrier: "option", where: "--tallystick-token", code: "token_malformed" },
      ],
    });
  });

  it("answers not_found when there is nothing, refused when nothing is good", async () => {
    const { renewal } = createProduct(signer);
    const nothing = await renewal.attribution.capture();
    expect(nothing).toMatchObject({ code: "not_found" });
    expect(nothing.attempts.map(({ carrier }) => carrier)).toEqual([
      "explicit",
      "environment",
      "option",
      "sidecar",
      "machine",
      "machine",
      "machine",
      "stamp",
      "stamp",
      "stamp",
      "stamp",
    ]);
    expect(await renewal.attribution.capture({ token: "x" })).toMatchObject({ code: "refused" });
    expect(await renewal.attribution.get()).toBeNull();
    expect(await renewal.renewalUrl()).toBe(link);
  });

  it("never says a token in its result", async () => {
    const { renewal } = createProduct(signer);
    const token = await signer.sign({ aud: "acme-draw" });
    expect(JSON.stringify(await renewal.attribution.capture({ token }))).not.toContain(token.slice(0, 20));
  });

  it("keeps the first valid token, in this process and the next", async () => {
    const folder = makeFolder();
    const [first, second] = [await signer.sign(), await signer.sign({ sub: "south-tools", jti: "t-2" })];
    await createProduct(signer, { store: undefined, folder }).renewal.attribution.capture({ token: first });
    const { renewal } = createProduct(signer, { store: undefined, folder });
    expect(await renewal.attribution.capture({ token: second })).toEqual({
      code: "already_stored",
      partner: "north-tools",
      tokenId: "t-1",
      attempts: [],
    });
    expect(readFileSync(join(folder, "tallystick.token"), "utf8")).toBe(`${first}\n`);
  });

  it("takes calls at the same time one after the other", async () => {
    const { renewal } = createProduct(signer);
    const token = await signer.sign();
    const results = await Promise.all([
      renewal.attribution.capture(),
      renewal.attribution.capture({ token }),
      renewal.attribution.capture({ token: await signer.sign({ jti: "t-2" }) }),
    ]);
    expect(results.map(({ code }) => code)).toEqual(["not_found", "captured", "already_stored"]);
  });

  it("takes the token of the process that was faster", async () => {
    const store = createMemoryTokenStore();
    const other = await signer.sign({ sub: "south-tools", jti: "t-2" });
    const late: TokenStore = {
      ...store,
      create(name) {
        store.create(name, other);
        return { code: "exists" };
      },
    };
    const { renewal } = createProduct(signer, { store: late });
    const result = await renewal.attribution.capture({ token: await signer.sign() });
    expect(result).toMatchObject({ code: "already_stored", partner: "south-tools" });
  });

  it("accepts a good token whatever the customer's clock says of iat", async () => {
    const { renewal, clock } = createProduct(signer);
    clock.now = 0;
    expect(await renewal.attribution.capture({ token: await signer.sign() })).toMatchObject({
      code: "captured",
    });
  });

  it("works with a carrier of the product's own, and with one that throws", async () => {
    const token = await signer.sign();
    const broken = { name: "broken", look: () => JSON.parse("{") };
    const registry = { name: "registry", look: () => [{ where: "HKLM", text: token }] };
    const { renewal } = createProduct(signer, { carriers: [broken, registry, ...defaultCarriers] });
    expect(await renewal.attribution.capture()).toMatchObject({
      code: "captured",
      from: { carrier: "registry", where: "HKLM" },
      attempts: [{ carrier: "broken", code: "unreadable" }],
    });
  });
});

describe("a stored token", () => {
  it("that is damaged is set aside and reported, and the next capture stores a good one", async () => {
    const folder = makeFolder();
    createFileTokenStore(folder).create("token", "scribble");
    const { renewal } = createProduct(signer, { store: undefined, folder });
    expect(await renewal.renewalUrl()).toBe(link);
    const where = join(folder, "tallystick.token");
    expect(renewal.problems()).toEqual([{ code: "token_malformed", where, setAside: true }]);
    expect(await renewal.attribution.capture({ token: await signer.sign() })).toMatchObject({
      code: "captured",
    });
    expect(readdirSync(folder)).toEqual(["tallystick.token", "tallystick.token.set-aside"]);
  });

  it("of another product is set aside", async () => {
    const store = createMemoryTokenStore({ token: await signer.sign({ aud: "acme-draw" }) });
    const { renewal } = createProduct(signer, { store });
    expect(await renewal.attribution.get()).toBeNull();
    expect(renewal.problems()).toMatchObject([{ code: "token_product_mismatch", setAside: true }]);
  });

  it("that is a link is set aside", async () => {
    const [folder, outside] = [makeFolder(), makeFolder()];
    writeFileSync(join(outside, "t"), await signer.sign());
    symlinkSync(join(outside, "t"), join(folder, "tallystick.token"));
    const { renewal } = createProduct(signer, { store: undefined, folder });
    expect(await renewal.attribution.get()).toBeNull();
    expect(renewal.problems()).toMatchObject([{ code: "file_refused", setAside: true }]);
  });

  it("that has expired since is still sent: the receiver knows the time", async () => {
    const token = await signer.sign({ exp: noon / 1000 + 1 });
    const { renewal, clock } = createProduct(signer, { store: createMemoryTokenStore({ token }) });
    clock.now += 10_000;
    expect(await renewal.renewalUrl()).toBe(`${link}?t=${token}`);
    const late = createProduct(signer);
    late.clock.now += 10_000;
    expect(await late.renewal.attribution.capture({ token })).toMatchObject({ code: "refused" });
  });

  it("of a key that is not built in any more is kept and sent, until a good one is found", async () => {
    const old = await (await createSigner("k0")).sign();
    const store = createMemoryTokenStore({ token: old });
    const { renewal } = createProduct(signer, { store });
    expect(await renewal.renewalUrl()).toBe(`${link}?t=${old}`);
    expect(await renewal.attribution.capture()).toMatchObject({ code: "already_stored" });
    const token = await signer.sign();
    expect(await renewal.attribution.capture({ token })).toMatchObject({ code: "captured" });
    expect(await renewal.renewalUrl()).toBe(`${link}?t=${token}`);
    expect(renewal.problems()).toMatchObject([{ code: "token_key_unknown", setAside: true }]);
  });

  it("that cannot be written serves this process", async () => {
    const file = join(makeFolder(), "file");
    writeFileSync(file, "");
    const { renewal } = createProduct(signer, { store: undefined, folder: join(file, "below") });
    const token = await signer.sign();
    expect(await renewal.attribution.capture({ token })).toMatchObject({ code: "captured_unsaved" });
    expect(await renewal.renewalUrl()).toBe(`${link}?t=${token}`);
    expect(renewal.problems().map(({ code }) => code)).toContain("folder_refused");
  });
});
