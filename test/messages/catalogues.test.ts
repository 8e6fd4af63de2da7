import { readdirSync, readFileSync } from "node:fs";
import { MessageFormat } from "messageformat";
import { describe, expect, it } from "vitest";
import { pagesTexts } from "../../server/src/messages/pages/index.ts";
import { languagesOf, speak } from "../../server/src/messages/speak.ts";
import { instant } from "../../server/src/words/clock.ts";
import { compileMessage } from "./compile-message.ts";
import { catalogueFolder, catalogueMessages, catalogueNames, compileCatalogue } from "./make-catalogues.ts";
import { readMessages, tagsIn } from "./read-messages.ts";

const valuesIn = (source: string) => [...new Set(source.match(/\$\w+/g) ?? [])].sort();
/** Without what the formatter may write otherwise. */
const compact = (text: string) =>
  text.replaceAll(/\s+|,(?=\s*[}\]])/g, "").replaceAll(/(?<=[{,])"(\w+)":/g, "$1:");

describe.each(catalogueNames)("the catalogue %s", (name) => {
  const tags = tagsIn(catalogueMessages(name));
  const messagesOf = (tag: string) => readMessages(tag, catalogueMessages(name));

  it("is compiled from its files (node --conditions=tallystick-source test/messages/make-catalogues.ts)", () => {
    const files = compileCatalogue(name);
    expect(readdirSync(catalogueFolder(name)).sort()).toEqual([...files.keys()].sort());
    for (const [file, text] of files)
      expect(compact(readFileSync(new URL(file, catalogueFolder(name)), "utf8")), file).toBe(compact(text));
  });

  it.each(tags)("has every text in %s and none too many, each with the values of the English one", (tag) => {
    const [messages, english] = [messagesOf(tag), messagesOf("en")];
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [text, source] of messages)
      expect(valuesIn(source), text).toEqual(valuesIn(english.get(text) ?? ""));
  });

  it.each(tags)("has in %s a variant for each number its plural rules tell apart", (tag) => {
    const rules = new Intl.PluralRules(tag);
    const categories = new Set(Array.from({ length: 400 }, (_, count) => rules.select(count + 1)));
    for (const source of messagesOf(tag).values()) {
      const text = compileMessage(source);
      if (typeof text !== "string")
        expect(Object.keys(text.variants)).toEqual(expect.arrayContaining([...categories]));
    }
  });

  it.each(tags)("reads in %s as MessageFormat 2 reads it", (tag) => {
    for (const [text, source] of messagesOf(tag))
      expect(() => new MessageFormat(tag, source), text).not.toThrow();
  });
});

/** The server's code without what was compiled from the messages. */
const code = readdirSync(new URL("../../server/src/", import.meta.url), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("messages/"))
  .map((path) => readFileSync(new URL(`../../server/src/${path}`, import.meta.url), "utf8"))
  .join("\n");

/** Whether a text is asked for by its name, or by a name that is put together of a beginning and a code. */
const isAsked = (name: string): boolean =>
  code.includes(`"${name}"`) ||
  [...name.matchAll(/_/g)].some(({ index }) => code.includes(`\`${name.slice(0, index + 1)}\${`));

describe("the server's texts", () => {
  it.each(catalogueNames)("of %s are all used somewhere", (name) => {
    const unused = [...readMessages("en", catalogueMessages(name)).keys()].filter((text) => !isAsked(text));
    expect(unused).toEqual([]);
  });

  it("are in the same ten languages in every catalogue", () => {
    const languages = catalogueNames.map((name) => tagsIn(catalogueMessages(name)).toSorted());
    for (const tags of languages) expect(tags).toEqual(languages[0]);
    expect(languages[0]).toHaveLength(10);
  });

  it.each(catalogueNames)("of %s are translated: no sentence stands in English elsewhere", (name) => {
    const english = readMessages("en", catalogueMessages(name));
    for (const tag of tagsIn(catalogueMessages(name)).filter((one) => one !== "en"))
      for (const [text, source] of readMessages(tag, catalogueMessages(name)))
        if (/ \w+ \w+ /.test(source)) expect(source, `${tag} ${text}`).not.toBe(english.get(text));
  });
});

describe("speaking", () => {
  it("takes the first wanted language there is, with the wanted region's way of writing", async () => {
    const { say, tag, direction, money } = await speak(pagesTexts, ["xx", "de-AT", "en"]);
    expect({ tag, direction, save: say("save") }).toEqual({
      tag: "de-AT",
      direction: "ltr",
      save: "Speichern",
    });
    expect(money(123456, "EUR")).toMatch(/1.234,56/);
  });

  it("writes amounts with the currency's own digits, exactly", async () => {
    const { money } = await speak(pagesTexts, ["en"]);
    const plain = (text: string) => text.replaceAll("\u00a0", " ");
    expect(plain(money(123_400, "HUF"))).toBe("HUF 1,234.00");
    expect(plain(money(1_234, "KWD"))).toBe("KWD 1.234");
    expect(money(-5, "JPY")).toBe("-¥5");
    expect(money(Number.MAX_SAFE_INTEGER, "EUR")).toBe("€90,071,992,547,409.91");
  });

  it("says how long ago something was", async () => {
    const { distance } = await speak(pagesTexts, ["en"]);
    const now = instant(Date.UTC(2026, 10, 30, 12));
    expect(distance(instant(now - 3 * 3_600_000), now)).toBe("3 hours ago");
    expect(distance(instant(now - 86_400_000), now)).toBe("yesterday");
    expect(distance(instant(now - 1_000), now)).toBe("this minute");
    expect(distance(instant(now + 4 * 86_400_000), now)).toBe("in 4 days");
  });

  it("reads from right to left where the language does, and speaks English where it knows none", async () => {
    expect((await speak(pagesTexts, ["ar"])).direction).toBe("rtl");
    expect((await speak(pagesTexts, ["not a tag", "tlh"])).say("save")).toBe("Save");
  });

  it("reads what a browser asks for by weight, and survives what is no header", () => {
    expect(languagesOf("en;q=0.3, de-CH, *;q=0.1, fr;q=0")).toEqual(["de-CH", "en"]);
    expect(languagesOf(undefined)).toEqual([]);
    expect(languagesOf(`${"x".repeat(10_000)},;;;q=a`)).toHaveLength(1);
  });
});
