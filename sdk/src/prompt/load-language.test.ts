import { describe, expect, it } from "vitest";
import { languageTags, loadLanguage } from "./load-language.ts";

describe("loadLanguage", () => {
  it.each(languageTags)("speaks %s", async (tag) => {
    const language = await loadLanguage(tag);
    expect(language.tag).toBe(tag);
    expect(language.direction).toBe(tag === "ar" ? "rtl" : "ltr");
  });

  it.each([
    ["en-GB", "en-GB"],
    ["de-AT", "de-AT"],
    ["ar-EG", "ar-EG"],
    ["pt", "pt-BR"],
    ["pt-PT", "pt-BR"],
    ["zh-CN", "zh-Hans"],
    ["zh", "zh-Hans"],
    ["zh-TW", "en"],
    ["ko", "en"],
    ["de_DE.UTF-8", "en"],
    ["", "en"],
  ])("of %s makes %s", async (wanted, tag) => {
    expect((await loadLanguage(wanted)).tag).toBe(tag);
  });

  it("takes the first that it speaks", async () => {
    expect((await loadLanguage(["ko-KR", "x", "fr-CA", "de"])).tag).toBe("fr-CA");
  });
});
