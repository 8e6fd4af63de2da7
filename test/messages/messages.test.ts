import { readdirSync, readFileSync } from "node:fs";
import { languageTags, loadLanguage, textNames } from "@tallystick/sdk/prompt";
import { MessageFormat } from "messageformat";
import { describe, expect, it } from "vitest";
import { type TextValues, writeText } from "../../sdk/src/prompt/language.ts";
import { createSigner } from "../../sdk/src/testing/signer.ts";
import { situations, viewIn } from "../browser/prompt-views.ts";
import { compileMessage } from "./compile-message.ts";
import { compileLanguage, languageFile } from "./make-languages.ts";
import { messageTags, readMessages } from "./read-messages.ts";

const prompt = new URL("../../sdk/src/prompt/", import.meta.url);

/** The names of the values that a message uses. */
const valuesIn = (source: string) => [...new Set(source.match(/\$\w+/g) ?? [])].sort();

const sample: TextValues = {
  end: "21. 11.",
  until: "5. 12.",
  seller: "North Star",
  price: "48",
  url: "https://a.example",
  count: 7,
};

describe("the prompt's languages", () => {
  it("are those that can be loaded", () => {
    expect(messageTags).toEqual([...languageTags].sort());
    expect(messageTags).toHaveLength(10);
  });

  it.each(messageTags)(
    "%s has every text and none too many, each with the values of the English one",
    (tag) => {
      const [messages, english] = [readMessages(tag), readMessages("en")];
      expect([...messages.keys()].sort()).toEqual([...textNames].sort());
      // "One day" and "two days" may be words of their own, so a language may leave the number away in a variant.
      for (const [name, source] of messages)
        expect(valuesIn(source), name).toEqual(valuesIn(english.get(name) ?? ""));
    },
  );

  it.each(messageTags)("%s is compiled from its file", (tag) => {
    const compact = (text: string) =>
      text.replaceAll(/\s+|,(?=\s*[}\]])/g, "").replaceAll(/(?<=[{,])"(\w+)":/g, "$1:");
    expect(compact(readFileSync(languageFile(tag), "utf8"))).toBe(compact(compileLanguage(tag)));
  });

  it("has no compiled file without a source", () => {
    const files = readdirSync(new URL("languages/", prompt)).sort();
    expect(files).toEqual(messageTags.map((tag) => `${tag.toLowerCase()}.ts`).sort());
  });

  it.each(messageTags)("%s has a variant for each number its plural rules tell apart", (tag) => {
    const rules = new Intl.PluralRules(tag);
    const categories = new Set(Array.from({ length: 400 }, (_, days) => rules.select(days + 1)));
    for (const source of readMessages(tag).values()) {
      const text = compileMessage(source);
      if (typeof text === "string") continue;
      expect(Object.keys(text.variants)).toEqual(expect.arrayContaining([...categories]));
    }
  });

  it.each(messageTags)("%s reads as MessageFormat 2 reads it", async (tag) => {
    const language = await loadLanguage(tag);
    for (const [name, source] of readMessages(tag)) {
      const message = new MessageFormat(tag, source, { bidiIsolation: "none" });
      for (const days of [0, 1, 2, 3, 5, 11, 21, 30]) {
        const text = language.texts[name as (typeof textNames)[number]];
        const written = writeText(language, text, { ...sample, days }).replaceAll(/[\u2068\u2069]/g, "");
        expect(written, name).toBe(message.format({ ...sample, days }));
      }
    }
  });

  it.each(messageTags.filter((tag) => tag !== "en"))("%s is translated", (tag) => {
    const english = readMessages("en");
    const same = [...readMessages(tag)].filter(([name, source]) => source === english.get(name));
    expect(same).toEqual([]);
  });

  it.each(messageTags)("%s says something in every state, and leaves no value open", async (tag) => {
    const [signer, language] = [await createSigner(), await loadLanguage(tag)];
    for (const name of Object.keys(situations)) {
      const { title, text, price, seller, disclosure, actions } = await viewIn(signer, name, language);
      const shown = [title, text, price, seller, disclosure, ...actions.map(({ label }) => label)];
      expect(title).not.toBe("");
      expect(shown.filter((one) => /[{}$]|undefined|NaN|1970/.test(one ?? ""))).toEqual([]);
    }
  });

  it("uses every text somewhere", () => {
    const code = readdirSync(prompt, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !/^language/.test(path))
      .map((path) => readFileSync(new URL(path, prompt), "utf8"))
      .join("\n");
    const built = (name: string) => /^snooze_/.test(name) && code.includes("snooze_$" + "{");
    const asked = textNames.filter((name) => !code.includes(`"${name}"`) && !built(name));
    expect(asked).toEqual(["choose"]); // Handed to askInTerminal as its hint.
  });
});

describe("compileMessage", () => {
  it.each([
    ["{#b}Renew{/b}", "markup"],
    ["{$end :date}", "a function"],
    ["{|literal|}", "a literal"],
    [".input {$a :number} .input {$b :number} .match $a $b * * {{x}}", "two selectors"],
    [".input {$a :string} .match $a * {{x}}", "a choice by something else than a number"],
    ["\\{x\\}", "braces"],
  ])("refuses %s, which the run-time form cannot say: %s", (source) => {
    expect(() => compileMessage(source)).toThrow();
  });
});
