import { beforeAll, describe, expect, it } from "vitest";
import type { RenewalClient, RenewalClientOptions, TokenStore } from "../index.ts";
import type { PromptLanguage } from "../prompt/language.ts";
import { en } from "../prompt/languages/en.ts";
import { licenceView, promptView } from "../prompt/prompt-view.ts";
import { askInTerminal } from "../prompt/terminal/ask.ts";
import { renderTerminal } from "../prompt/terminal/render.ts";
import { calls, dueLicence, fail, oddities } from "../testing/every-call.ts";
import { createProduct } from "../testing/product.ts";
import { createSigner, noon, type Signer } from "../testing/signer.ts";

let signer: Signer;
beforeAll(async () => {
  signer = await createSigner();
});

const dayMs = 86_400_000;

/** Does every call with every oddity, and returns which of them threw. */
async function thrownBy(make: () => RenewalClient): Promise<string[]> {
  const thrown: string[] = [];
  for (const [name, call] of Object.entries(calls)) {
    for (const [index, odd] of oddities.entries()) {
      const client = make();
      client.license.set(dueLicence);
      try {
        await call(client, odd as never);
      } catch (error) {
        thrown.push(`${name} with oddity ${index}: ${error}`);
      }
    }
  }
  return thrown;
}

const copy = (options: Partial<RenewalClientOptions> = {}) => createProduct(signer, options).renewal;

const badStore = (answer: () => unknown): TokenStore =>
  ({ read: answer, create: answer, replace: answer, setAside: answer, describe: answer }) as TokenStore;

describe("nothing throws into the product", () => {
  it("whatever its calls are given", async () => {
    expect(await thrownBy(() => copy())).toEqual([]);
  });

  it.each<[string, () => Partial<RenewalClientOptions>]>([
    ["a store that throws", () => ({ store: badStore(fail) })],
    ["a store that returns nothing", () => ({ store: badStore(() => undefined) })],
    [
      "a store that returns numbers for texts",
      () => ({ store: badStore(() => ({ code: "found", text: 7 })) as never }),
    ],
    ["a clock that throws", () => ({ now: fail })],
    ["a clock that returns no number", () => ({ now: () => "now" as never })],
    ["a clock in the year 9999", () => ({ now: () => Date.parse("9999-12-31T23:59:59.999Z") })],
    ["a browser that is none", () => ({ openBrowser: () => undefined as never })],
    ["a browser that throws at once", () => ({ openBrowser: fail })],
    ["a fetch that throws at once", () => ({ fetch: fail })],
    ["a fetch that returns nothing", () => ({ fetch: async () => undefined as never })],
    [
      "a fetch that returns what is no response",
      () => ({ fetch: async () => ({ status: 200, ok: true }) as never }),
    ],
    ["carriers that throw", () => ({ carriers: [{ name: "own", look: fail }] })],
    [
      "carriers that find nonsense",
      () => ({ carriers: [{ name: "own", look: () => [null, 7, {}, { text: 7 }] as never }] }),
    ],
    [
      "surroundings without anything",
      () => ({ surroundings: { env: {}, argv: [], execPath: "", platform: "", home: "" } }),
    ],
    [
      "surroundings of other types",
      () => ({
        surroundings: { env: { TALLYSTICK_TOKEN: 7 }, argv: [7], execPath: 7, platform: 7, home: 7 } as never,
        store: undefined,
      }),
    ],
    ["a folder with a NUL in it", () => ({ store: undefined, folder: "/tmp/a\0b" })],
    ["a folder below a file", () => ({ store: undefined, folder: "/dev/null/x" })],
  ])("with %s", async (_, options) => {
    expect(await thrownBy(() => copy(options()))).toEqual([]);
  });

  it.each([
    "9999-12-31",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-23:59",
    "1970-01-01",
    "1970-01-01T00:00:00+14:00",
  ])("for a licence that ends on %s", (expiresAt) => {
    for (const graceDays of [0, 14, 366]) {
      for (const timeZone of [undefined, "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
        const client = copy({ graceDays, timeZone });
        expect(client.license.set({ ...dueLicence, expiresAt })).toMatchObject({ code: "stored" });
        const view = licenceView(client);
        expect(view.title).not.toContain("Invalid");
        expect(client.timeline().lastDay).toMatch(/^\d{4}-\d\d-\d\d$/);
        expect(client.timeline().lastGraceDay).toMatch(/^\d{4}-\d\d-\d\d$/);
      }
    }
  });
});

describe("what is handed over wrongly", () => {
  it.each<[string, Partial<Record<keyof RenewalClientOptions, unknown>>]>([
    ["store", { store: {} }],
    ["store", { store: "memory" }],
    ["folder", { folder: "" }],
    ["folder", { folder: 7 }],
    ["carriers", { carriers: {} }],
    ["carriers", { carriers: [null] }],
    ["openBrowser", { openBrowser: "firefox" }],
    ["now", { now: 7 }],
    ["fetch", { fetch: {} }],
    ["surroundings", { surroundings: "linux" }],
  ])("is refused when the client is made, by its name: %s", (name, options) => {
    expect(() => copy(options as never)).toThrow(
      expect.objectContaining({
        name: "TallystickError",
        code: "option_refused",
        message: expect.stringContaining(name),
      }),
    );
  });

  it("is named where a snooze does not exist, and changes nothing", () => {
    const client = copy();
    client.license.set(dueLicence);
    expect(client.snooze("2d" as never)).toEqual({ code: "snooze_option_unknown" });
    expect(client.reminder()).toMatchObject({ stage: 14 });
  });

  it("leaves the vendor's words away and keeps the language's", () => {
    const client = copy();
    client.license.set(dueLicence);
    for (const title of [7, null, {}, { by: "days" }, { by: "days", variants: { one: "x" } }]) {
      const view = promptView(client, { texts: { title_expiring: title as never } });
      expect(view?.title).toBe("Your licence ends in 14 days");
    }
    const language: PromptLanguage = { ...en, tag: "no such tag" };
    expect(promptView(client, { language })?.text).toBe(
      "It runs until December 5, 2026. You can renew at any time.",
    );
  });

  it("shows no price where its currency does not exist, and no line that is no text", () => {
    const client = copy();
    client.license.set(dueLicence);
    const view = promptView(client, { price: { amountMinor: 4800, currency: "EURO" }, note: 7 as never });
    expect(view).toMatchObject({ price: null, note: null });
  });
});

describe("a terminal", () => {
  const view = () => {
    const client = copy();
    client.license.set(dueLicence);
    const shown = promptView(client);
    if (shown === null) throw new Error("a prompt is due");
    return shown;
  };

  it.each([0, -1, Number.NaN, 1e9, undefined, "80" as never])(
    "that says it is %s wide is written to",
    (columns) => {
      expect(renderTerminal(view(), { columns })).toContain("Your licence ends in 14 days");
      for (const line of renderTerminal(view(), { columns }).split("\n"))
        expect(line.length).toBeLessThanOrEqual(100);
    },
  );

  it("that is gone decides later", async () => {
    const input = { isTTY: true, setRawMode: fail, on: fail, off: fail, resume: fail, pause: fail };
    expect(await askInTerminal(view(), { input, output: { isTTY: true, write: () => {} } })).toBe("later");
    expect(await askInTerminal(view(), { input, output: { isTTY: true, write: fail } })).toBe("later");
  });
});

it("is at noon of a day that has a reminder", () => {
  expect(Date.parse(dueLicence.expiresAt) - noon).toBeGreaterThan(13 * dayMs);
});
