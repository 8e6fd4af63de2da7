import { describe, expect, it } from "vitest";
import { createProduct } from "../testing/product.ts";
import { createSigner } from "../testing/signer.ts";
import { type HostConditions, waitReason, waitReasons } from "./host.ts";
import { en } from "./languages/en.ts";
import { licenceView, type PromptOptions, promptView, promptWait } from "./prompt-view.ts";

const signer = await createSigner();
const dayMs = 86_400_000;
const endsIn = (days: number) => new Date(Date.parse("2026-11-21T12:00:00Z") + days * dayMs).toISOString();

/** A copy with a licence that ends in so many days, sold by a partner. */
async function copyEndingIn(days: number, licence: object = {}, options: object = {}) {
  const product = createProduct(signer, options);
  await product.renewal.attribution.capture({ token: await signer.sign() });
  product.renewal.license.set({ id: "AAAA-BBBB", expiresAt: endsIn(days), ...licence });
  return product;
}

const bound = (answer: object) => async () =>
  Response.json({ product: "acme-paint", status: "bound", boundAt: endsIn(0), ...answer });

describe("promptView", () => {
  it("is plain data: title, text, choices in order, seller, disclosure, language", async () => {
    const { renewal } = await copyEndingIn(
      30,
      {},
      { fetch: bound({ partner: "north-tools", partnerName: "North" }) },
    );
    await renewal.register();
    const view = promptView(renewal, {
      productName: "Acme Paint",
      note: "Your pictures stay yours either way.",
      price: { amountMinor: 4800, currency: "EUR" },
    });
    expect(JSON.parse(JSON.stringify(view))).toEqual({
      state: "expiring",
      language: "en",
      direction: "ltr",
      urgency: "low",
      product: "Acme Paint",
      title: "Your licence ends in 30 days",
      text: "It runs until December 21, 2026. You can renew at any time.",
      note: "Your pictures stay yours either way.",
      price: "Renewing costs €48.00.",
      seller: "North",
      disclosure: "Sold by North, who earns a share when you renew.",
      actions: [
        { id: "renew", label: "Renew", under: null },
        { id: "snooze_1d", label: "Tomorrow", under: "Remind me" },
        { id: "snooze_3d", label: "In 3 days", under: "Remind me" },
        { id: "snooze_next_stage", label: "Nearer the end", under: "Remind me" },
        { id: "decline", label: "Do not remind me again", under: null },
        { id: "renewed", label: "I have renewed already", under: null },
        { id: "enter_key", label: "Enter a licence key", under: null },
      ],
    });
  });

  it.each([
    [1, {}, "expiring", "Your licence ends in 1 day"],
    [0.2, {}, "expiring", "Your licence ends today"],
    [-3, {}, "grace", "Your licence ended on November 18, 2026"],
    [7, { willRenew: true, billingProblem: true }, "billing", "The payment for your renewal needs a look"],
  ])("says what is so %d days before the end, with %o", async (days, licence, state, title) => {
    const { renewal } = await copyEndingIn(days, licence);
    expect(promptView(renewal)).toMatchObject({ state, title });
  });

  it("is null when nothing is due, and is none of its own business after it was shown", async () => {
    const { renewal } = await copyEndingIn(40);
    expect(promptView(renewal)).toBeNull();
    const due = await copyEndingIn(30);
    expect(promptView(due.renewal)).not.toBeNull();
    due.renewal.markShown();
    expect(promptView(due.renewal)).toBeNull();
  });

  it("says 'your reseller' of a copy that never registered, and nothing of one that nobody sold", async () => {
    const { renewal } = await copyEndingIn(30);
    expect(promptView(renewal)).toMatchObject({
      seller: "your reseller",
      disclosure: "Sold by your reseller, who earns a share when you renew.",
    });
    const own = createProduct(signer);
    own.renewal.license.set({ id: "AAAA-BBBB", expiresAt: endsIn(30) });
    expect(promptView(own.renewal)).toMatchObject({ seller: null, disclosure: null });
  });

  it("leaves the disclosure away when the vendor says so, and takes the vendor's words", async () => {
    const { renewal } = await copyEndingIn(2);
    const texts = {
      renew: "Go on with Acme",
      title_expiring: { by: "days", variants: { other: "{days} more days of Acme" } },
    };
    const view = promptView(renewal, { disclosure: false, texts, price: "from 48 euros" });
    expect(view).toMatchObject({
      title: "2 more days of Acme",
      disclosure: null,
      seller: "your reseller",
      price: "Renewing costs from 48 euros.",
    });
    expect(view?.actions[0]?.label).toBe("Go on with Acme");
  });

  it("offers no more to put off when the end is too near", async () => {
    const { renewal } = await copyEndingIn(0.2);
    expect(promptView(renewal)?.actions.map(({ id }) => id)).toEqual([
      "renew",
      "decline",
      "renewed",
      "enter_key",
    ]);
  });

  it("writes amounts in currencies without decimals, and with three", async () => {
    const { renewal } = await copyEndingIn(30);
    const priceOf = (amountMinor: number, currency: string) =>
      promptView(renewal, { price: { amountMinor, currency } })?.price;
    expect(priceOf(4800, "JPY")).toBe("Renewing costs ¥4,800.");
    // ISO 4217 gives these minor units, however their prices are customarily shown.
    expect(priceOf(480_000, "HUF")).toBe("Renewing costs HUF\u00a04,800.00.");
    expect(priceOf(4800, "MGA")).toBe("Renewing costs MGA\u00a048.00.");
    expect(priceOf(4800, "IQD")).toBe("Renewing costs IQD\u00a04.800.");
    expect(priceOf(4800, "KWD")).toBe("Renewing costs KWD\u00a04.800.");
  });

  it("is not due again in a term that was declined, and is in the next", async () => {
    const { renewal, clock } = await copyEndingIn(30);
    expect(renewal.decline()).toEqual({ code: "declined" });
    for (let day = 0; day < 44; day += 1) {
      clock.now += dayMs;
      renewal.beginSession();
      expect(promptView(renewal)).toBeNull();
    }
    renewal.license.set({ id: "AAAA-BBBB", expiresAt: endsIn(400) });
    clock.now = Date.parse(endsIn(399));
    expect(promptView(renewal)).not.toBeNull();
  });
});

describe("licenceView", () => {
  it.each([
    [100, {}, "active", "Your licence runs until March 1, 2027", ["renew", "enter_key"]],
    [20, {}, "active", "Your licence runs until December 11, 2026", ["renew", "enter_key"]],
    [
      100,
      { willRenew: true },
      "renews",
      "Your licence renews by itself on March 1, 2027",
      ["renew", "enter_key"],
    ],
    [
      9,
      { willRenew: true, billingProblem: true },
      "billing",
      "The payment for your renewal needs a look",
      ["renew", "enter_key"],
    ],
    [-3, {}, "grace", "Your licence ended on November 18, 2026", ["renew", "enter_key"]],
    [-60, {}, "ended", "Your licence ended on September 22, 2026", ["renew", "enter_key"]],
    [0, { expiresAt: null }, "perpetual", "Your licence has no end", ["enter_key"]],
  ])("has a choice to renew at any time: %d days, %o", async (days, licence, state, title, actions) => {
    const { renewal } = await copyEndingIn(days, licence);
    const view = licenceView(renewal);
    expect(view).toMatchObject({ state, title, urgency: "none" });
    expect(view.actions.map(({ id }) => id)).toEqual(actions);
  });

  it("asks for a key when there is no licence, and names no seller of nothing", async () => {
    const { renewal } = createProduct(signer);
    await renewal.attribution.capture({ token: await signer.sign() });
    expect(licenceView(renewal, { price: "9" })).toMatchObject({
      state: "unknown",
      seller: null,
      price: null,
    });
  });

  it("does not say 'ended' of a licence that renews by itself before a day has passed", async () => {
    const { renewal, clock } = await copyEndingIn(0, { willRenew: true });
    clock.now += 23 * 3_600_000;
    expect(licenceView(renewal).state).toBe("renews");
    clock.now += 2 * 3_600_000;
    expect(licenceView(renewal).state).toBe("grace");
  });
});

describe("host conditions", () => {
  const calm = {
    now: 100 * dayMs,
    sessionBeganAt: 100 * dayMs,
    firstSeenAt: 0,
    lastDay: null,
    lastGraceDay: null,
  };

  it.each<[HostConditions, string]>([
    [{ fullScreen: true }, "full_screen"],
    [{ presenting: true }, "presenting"],
    [{ doNotDisturb: true }, "do_not_disturb"],
    [{ busy: true }, "busy"],
    [{ foreground: false }, "background"],
  ])("%o is no moment for a prompt", async (host, reason) => {
    expect(waitReason(host, calm, "high")).toBe(reason);
    const { renewal } = await copyEndingIn(1);
    expect(promptView(renewal, { host: () => host })).toBeNull();
    expect(promptWait(renewal, { host: () => host })).toBe(reason);
  });

  it("are named in a fixed order, so that a report says the same each time", () => {
    const all: HostConditions = {
      fullScreen: true,
      presenting: true,
      doNotDisturb: true,
      busy: true,
      foreground: false,
    };
    expect(waitReason(all, calm, "low")).toBe(waitReasons[0]);
    expect(waitReason({ ...all, fullScreen: false, presenting: false }, calm, "low")).toBe("do_not_disturb");
  });

  it("hold a new copy's first prompt back for a week, but for what ends within a day", async () => {
    const host: PromptOptions = { host: () => ({}) };
    const { renewal, clock } = await copyEndingIn(30);
    expect(promptWait(renewal, host)).toBe("new_copy");
    clock.now += 7 * dayMs - 1;
    renewal.beginSession();
    expect(promptWait(renewal, host)).toBe("new_copy");
    clock.now += 1;
    renewal.beginSession();
    expect(promptView(renewal, host)).not.toBeNull();
    const ending = await copyEndingIn(1);
    expect(promptView(ending.renewal, host)).not.toBeNull();
  });

  it("let a prompt appear after a start, a return or when nobody is at work, and not between", async () => {
    const { renewal, clock } = await copyEndingIn(1);
    clock.now += 121_000;
    expect(promptWait(renewal, { host: () => ({}) })).toBe("at_work");
    expect(promptWait(renewal, { host: () => ({ idleSeconds: 59 }) })).toBe("at_work");
    expect(promptView(renewal, { host: () => ({ idleSeconds: 60 }) })).not.toBeNull();
    renewal.beginSession();
    expect(promptView(renewal, { host: () => ({}) })).not.toBeNull();
  });

  it("that cannot be asked are no good moment, and do not reach the product", async () => {
    const { renewal } = await copyEndingIn(1);
    const host = () => {
      throw new Error("no window");
    };
    expect(promptView(renewal, { host })).toBeNull();
  });
});

describe("the texts", () => {
  it("all come from the language or the vendor: nothing is written in the code", async () => {
    const texts = Object.fromEntries(Object.keys(en.texts).map((name) => [name, `«${name}»`]));
    for (const days of [30, 1, 0.2, -3, -60, 100]) {
      const { renewal } = await copyEndingIn(days);
      for (const view of [
        promptView(renewal, { texts, price: "9" }),
        licenceView(renewal, { texts, price: "9" }),
      ]) {
        if (view === null) continue;
        const { title, text, price, seller, disclosure, actions } = view;
        const shown = [
          title,
          text,
          price,
          seller,
          disclosure,
          ...actions.flatMap(({ label, under }) => [label, under]),
        ];
        expect(shown.filter((one) => one !== null && !/^(«\w+»)?$/.test(one))).toEqual([]);
      }
    }
  });
});
