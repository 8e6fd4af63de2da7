import { describe, expect, it } from "vitest";
import { createProduct } from "../testing/product.ts";
import { createSigner } from "../testing/signer.ts";
import { answerPrompt } from "./answer.ts";
import { de } from "./languages/de.ts";
import { promptView } from "./prompt-view.ts";

const signer = await createSigner();
const licence = { id: "AAAA-BBBB", expiresAt: "2026-12-21T12:00:00Z" };

function dueCopy(options: object = {}) {
  const product = createProduct(signer, options);
  product.renewal.license.set(licence);
  return product;
}

describe("answerPrompt", () => {
  it("opens the renewal page, or says the address when no browser can be opened", async () => {
    const { renewal, opened } = dueCopy();
    expect(await answerPrompt(renewal, "renew")).toEqual({
      code: "opened",
      said: "The renewal page opens in your browser.",
    });
    expect(opened).toHaveLength(1);
    const bare = dueCopy({ openBrowser: async () => ({ code: "opener_missing" }) });
    const answer = await answerPrompt(bare.renewal, "renew");
    expect(answer).toMatchObject({ code: "not_opened", url: expect.stringContaining("acme-paint") });
    expect(answer.said).toContain("https://acme.example/renew");
  });

  it("puts off, and says until when in the customer's language and time zone", async () => {
    const { renewal } = dueCopy();
    const answer = await answerPrompt(renewal, "snooze_3d", { language: de, timeZone: "UTC" });
    expect(answer).toEqual({ code: "snoozed", said: "Die nächste Erinnerung kommt am 24. November 2026." });
    expect(promptView(renewal)).toBeNull();
    const kiritimati = { language: de, timeZone: "Pacific/Kiritimati" };
    expect((await answerPrompt(renewal, "snooze_1d", kiritimati)).said).toContain("23. November");
  });

  it("takes no for an answer", async () => {
    const { renewal } = dueCopy();
    expect(await answerPrompt(renewal, "decline")).toMatchObject({ code: "declined" });
    expect(promptView(renewal)).toBeNull();
  });

  it("reads the licence anew when she has renewed already, and thanks her when it has come", async () => {
    const { renewal } = dueCopy();
    const readLicence = async () => ({ ...licence, expiresAt: "2027-12-21" });
    expect(await answerPrompt(renewal, "renewed", { readLicence })).toEqual({
      code: "renewed",
      said: "Thank you. Your licence now runs until December 21, 2027.",
    });
    expect(renewal.license.get()?.expiresAt).toBe("2027-12-21");
  });

  it.each([
    [{ expiresAt: null }, "Your licence has no end"],
    [{ willRenew: true }, "Your licence renews by itself on December 21, 2026"],
  ])("says what it found: %o", async (change, said) => {
    const { renewal } = dueCopy();
    const answer = await answerPrompt(renewal, "renewed", { readLicence: () => ({ ...licence, ...change }) });
    expect(answer).toEqual({ code: "renewed", said });
  });

  it("thanks her for a term that is shorter than the first reminder is early", async () => {
    const { renewal, clock } = dueCopy();
    clock.now = Date.parse("2026-12-20T12:00:00Z");
    const readLicence = async () => ({ ...licence, expiresAt: "2027-01-18" });
    expect(await answerPrompt(renewal, "renewed", { readLicence })).toEqual({
      code: "renewed",
      said: "Thank you. Your licence now runs until January 18, 2027.",
    });
  });

  it("leaves her in peace for a day when it has not come, also when the licence cannot be read", async () => {
    const { renewal, clock } = dueCopy();
    const readLicence = () => {
      throw new Error("no server");
    };
    expect(await answerPrompt(renewal, "renewed", { readLicence })).toMatchObject({ code: "waiting" });
    expect(promptView(renewal)).toBeNull();
    clock.now += 86_400_000 + 1;
    renewal.beginSession();
    expect(promptView(renewal)).not.toBeNull();
  });

  it("leaves the asking for a key to the product", async () => {
    expect(await answerPrompt(dueCopy().renewal, "enter_key")).toEqual({ code: "enter_key", said: null });
  });

  it("says nothing when there is nothing to answer any more", async () => {
    const { renewal } = createProduct(signer);
    for (const id of ["snooze_1d", "decline"] as const) {
      expect(await answerPrompt(renewal, id)).toEqual({ code: "nothing_to_answer", said: null });
    }
  });
});
