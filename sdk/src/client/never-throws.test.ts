import { mkdirSync, readdirSync } from "node:fs";
import os from "node:os";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createMemoryTokenStore } from "../index.ts";
import { makeFolder } from "../testing/folder.ts";
import { createProduct, emptySurroundings } from "../testing/product.ts";
import { createSigner, noon, type Signer } from "../testing/signer.ts";

let signer: Signer;
beforeAll(async () => {
  signer = await createSigner();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const licence = { id: "AAAA-BBBB", expiresAt: "2027-11-21T00:00:00Z" };
const { home: _, ...withoutHome } = emptySurroundings;

/** What a product does in its life, with files. */
async function live(product: ReturnType<typeof createProduct>) {
  const { renewal, clock } = product;
  const captured = await renewal.attribution.capture({ token: await signer.sign() });
  expect(renewal.license.set(licence)).toMatchObject({ code: expect.stringMatching(/^stored/) });
  clock.now = Date.parse("2027-11-14T12:00:00Z");
  expect(renewal.status()).toMatchObject({ state: "expiring", daysRemaining: 7 });
  expect(renewal.reminder()).toMatchObject({ stage: 7 });
  renewal.markShown();
  renewal.snooze("1d");
  renewal.decline();
  await renewal.register();
  await renewal.openRenewal();
  renewal.timeline();
  return captured;
}

describe("a user without a home", () => {
  it("keeps everything for this process, and says so", async () => {
    vi.spyOn(os, "homedir").mockImplementation(() => {
      throw new Error("uv_os_homedir returned ENOENT");
    });
    vi.spyOn(os, "userInfo").mockImplementation(() => {
      throw new Error("uv_os_get_passwd returned ENOENT");
    });
    const product = createProduct(signer, { store: undefined, surroundings: withoutHome });
    expect(await live(product)).toMatchObject({ code: "captured_unsaved" });
    expect(product.renewal.problems()).toContainEqual({
      code: "folder_refused",
      where: "the user's home folder",
      setAside: false,
    });
  });

  it.each(["", "relative", "."])("never writes below the current folder when HOME is %j", async (home) => {
    const [folder, real] = [makeFolder(), makeFolder()];
    mkdirSync(`${folder}/relative`);
    const before = readdirSync(folder, { recursive: true });
    vi.spyOn(process, "cwd").mockReturnValue(folder);
    vi.spyOn(os, "homedir").mockReturnValue(home);
    vi.spyOn(os, "userInfo").mockReturnValue({ ...os.userInfo(), homedir: real });
    const product = createProduct(signer, { store: undefined, surroundings: withoutHome });
    expect(await live(product)).toMatchObject({ code: "captured" });
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
    expect(readdirSync(`${real}/.local/share/acme-paint/tallystick`)).toContain("tallystick.token");
  });

  it.each(["", "relative"])("takes no home of %j that the product hands over", async (home) => {
    const surroundings = { ...emptySurroundings, home };
    const product = createProduct(signer, { store: undefined, surroundings });
    expect(await live(product)).toMatchObject({ code: "captured_unsaved" });
  });
});

describe("odd values", () => {
  it.each([2 ** 53 - 1, -1, 8.64e15 + 1])(
    "a prompt shown at %d is a damaged file, and no exception",
    (shownAt) => {
      const history = {
        about: `AAAA-BBBB ${licence.expiresAt}`,
        shownStage: 14,
        shownAt,
        snoozedUntil: null,
      };
      for (const timeZone of ["UTC", undefined]) {
        const store = createMemoryTokenStore({ reminder: JSON.stringify(history) });
        const { renewal, clock } = createProduct(signer, { store, timeZone });
        renewal.license.set(licence);
        clock.now = Date.parse("2027-11-14T12:00:00Z");
        expect(renewal.reminder()).toMatchObject({ stage: 7 });
        expect(renewal.problems()).toMatchObject([{ code: "file_damaged", where: "memory:reminder" }]);
      }
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1e300])(
    "a clock that says %d is passed over",
    (time) => {
      const { renewal } = createProduct(signer, { now: () => time });
      renewal.license.set({ ...licence, expiresAt: null });
      expect(renewal.status()).toMatchObject({ state: "perpetual" });
      expect(renewal.snooze("1d")).toMatchObject({ code: "nothing_to_snooze" });
    },
  );

  it("takes options that are null for none, and a token with a line end behind it", async () => {
    const { renewal } = createProduct(signer);
    expect(await renewal.attribution.capture(null as never)).toMatchObject({ code: "not_found" });
    expect(await renewal.register(null as never)).toMatchObject({ code: "licence_absent" });
    expect(await renewal.attribution.capture({ token: 7 as never })).toMatchObject({ code: "not_found" });
    const token = `${await signer.sign()}\r\n`;
    expect(await renewal.attribution.capture({ token })).toMatchObject({ code: "captured" });
  });

  it("takes a licence whose optional members are undefined", () => {
    const { renewal } = createProduct(signer);
    const given = { ...licence, willRenew: undefined, billingProblem: undefined, email: undefined };
    expect(renewal.license.set(given)).toEqual({ code: "stored" });
    expect(renewal.license.get()).toEqual({ ...licence, willRenew: false, billingProblem: false });
  });
});

describe("a clock that was in 2038 once", () => {
  const in2038 = Date.parse("2038-01-19T03:14:08Z");

  it.each(["after it was seen right", "at the first start"])(
    "%s, gives the paid licence back without the network",
    (when) => {
      const store = createMemoryTokenStore();
      const { renewal, clock } = createProduct(signer, { store });
      renewal.license.set(licence);
      if (when === "after it was seen right") renewal.status();
      clock.now = in2038;
      expect(renewal.status()).toMatchObject({ state: "expired" });
      clock.now += 3 * 86_400_000;
      expect(renewal.status()).toMatchObject({ state: "expired" });
      const next = createProduct(signer, { store });
      next.clock.now = noon + 86_400_000;
      expect(next.renewal.status()).toMatchObject({
        state: "active",
        clockSetBack: false,
        daysRemaining: 364,
      });
      expect(next.renewal.timeline().firstSeenAt).toBeLessThanOrEqual(next.clock.now);
    },
  );

  it("falls back to the time before the leap, and not behind it", () => {
    const { renewal, clock } = createProduct(signer);
    renewal.license.set(licence);
    clock.now = Date.parse("2027-12-24T00:00:00Z");
    expect(renewal.status()).toMatchObject({ state: "expired" });
    clock.now = in2038;
    renewal.status();
    clock.now = noon;
    expect(renewal.status()).toMatchObject({ state: "expired", clockSetBack: true });
  });

  it("is believed after a week", () => {
    const { renewal, clock } = createProduct(signer);
    renewal.license.set(licence);
    renewal.status();
    for (let day = 0; day <= 7; day += 1) {
      clock.now = in2038 + day * 86_400_000;
      renewal.status();
    }
    clock.now = noon;
    expect(renewal.status()).toMatchObject({ state: "expired", clockSetBack: true });
  });
});
