import { attempt } from "../runtime/attempt.ts";
import type { PromptLanguage } from "./language.ts";
import { en } from "./languages/en.ts";

/** Each language is a file of its own: only the one that is wanted is read. */
const loaders: Readonly<Record<string, () => Promise<PromptLanguage>>> = {
  ar: async () => (await import("@tallystick/sdk/prompt/languages/ar")).ar,
  de: async () => (await import("@tallystick/sdk/prompt/languages/de")).de,
  en: async () => en,
  es: async () => (await import("@tallystick/sdk/prompt/languages/es")).es,
  fr: async () => (await import("@tallystick/sdk/prompt/languages/fr")).fr,
  it: async () => (await import("@tallystick/sdk/prompt/languages/it")).it,
  ja: async () => (await import("@tallystick/sdk/prompt/languages/ja")).ja,
  pl: async () => (await import("@tallystick/sdk/prompt/languages/pl")).pl,
  "pt-BR": async () => (await import("@tallystick/sdk/prompt/languages/pt-br")).ptBR,
  "zh-Hans": async () => (await import("@tallystick/sdk/prompt/languages/zh-hans")).zhHans,
};

/** The languages that come with the SDK. */
export const languageTags: readonly string[] = Object.keys(loaders);

/**
 * The first of the wanted languages that the SDK speaks, with the wanted region's way of writing dates; English when it
 * speaks none. Never throws.
 *
 * @example
 * ```ts
 * const language = await loadLanguage(navigator.languages);
 * ```
 */
export async function loadLanguage(wanted: string | readonly string[]): Promise<PromptLanguage> {
  for (const locale of attempt(() => [wanted].flat(), [])) {
    const found = readLocale(locale);
    const load = found && loaders[found.tag];
    if (!load) continue;
    try {
      const language = await load();
      return found.tag.includes("-") ? language : { ...language, tag: found.locale };
    } catch {
      break; // The file is not in the vendor's bundle.
    }
  }
  return en;
}

/** Which of the languages is meant by a locale: Portuguese is written as in Brazil, Chinese in simplified script alone. */
function readLocale(text: string): { tag: string; locale: string } | undefined {
  try {
    const locale = new Intl.Locale(text);
    const { language, script } = locale.maximize();
    const tags = [`${language}-${script}`, language === "pt" ? "pt-BR" : language];
    const tag = tags.find((one) => Object.hasOwn(loaders, one));
    return tag === undefined ? undefined : { tag, locale: locale.toString() };
  } catch {
    return undefined;
  }
}
