import { type TextValues, writeText } from "@tallystick/sdk/prompt";
import type { Instant } from "../words/clock.ts";
import { decimalOf, minorDigits } from "../words/money.ts";
import type { Catalogue } from "./catalogue.ts";
import { directionOf } from "./direction.ts";

/** A catalogue in the reader's language, with the ways in which that language writes numbers and dates. */
export interface Speech<Name extends string> {
  /** BCP 47, with the region that the reader asked for. */
  readonly tag: string;
  readonly direction: "ltr" | "rtl";
  /** A text with its values put in. Values of the other direction are isolated. */
  say(name: Name, values?: TextValues): string;
  /** Whether there is a text of this name: for codes that a later version may add. */
  has(name: string): name is Name;
  /** An amount in minor units with its currency. */
  money(amountMinor: number, currency: string): string;
  number(value: number): string;
  /** A share in basis points as a percentage: `1250` is 12.5 %. */
  percent(basisPoints: number): string;
  /** The day of an instant, in UTC as the books have it. */
  day(at: Instant): string;
  /** Day and time of an instant, in UTC. */
  time(at: Instant): string;
  /** How long ago an instant was, or is ahead: `3 hours ago`. */
  distance(at: Instant, now: Instant): string;
  /** A month such as `2026-11`. */
  month(month: string): string;
}

/**
 * The catalogue in the first of the wanted languages it was translated into, English when there is none. Never throws
 * for what is wanted: it comes from browsers.
 *
 * @param wanted BCP 47 tags, the best first; `languagesOf` reads a browser's header
 */
export async function speak<Name extends string>(
  { en, others }: Catalogue<Name>,
  wanted: readonly string[],
): Promise<Speech<Name>> {
  const { tag, locale } = choose(Object.keys(others), wanted);
  const texts = (await others[tag]?.()) ?? en;
  const language = { tag: locale, direction: directionOf(tag) };
  return {
    ...language,
    say: (name, values) => writeText(language, texts[name], values),
    has: (name): name is Name => Object.hasOwn(texts, name),
    // As text, since a float loses the last digits of large amounts; with ISO 4217's digits, which are not those of Intl.
    money: (amountMinor, currency) =>
      moneyFormat(locale, currency).format(decimalOf(amountMinor, currency) as `${number}`),
    number: (value) => formats.number(locale).format(value),
    percent: (basisPoints) => formats.percent(locale).format(basisPoints / 10_000),
    day: (at) => formats.day(locale).format(at),
    time: (at) => formats.time(locale).format(at),
    distance: (at, now) => distanceText(formats.relative(locale), at - now),
    month: (month) => formats.month(locale).format(Date.parse(`${month}-01T00:00:00Z`)),
  };
}

/** The languages a browser asks for by its `Accept-Language` header, the best first; at most ten. */
export function languagesOf(header: string | undefined): string[] {
  const ranges = (header ?? "").slice(0, 500).split(",", 10);
  return ranges
    .map((range) => {
      const [tag = "", weight] = range.split(";");
      return { tag: tag.trim(), weight: Number(/q=([\d.]+)/.exec(weight ?? "")?.[1] ?? 1) };
    })
    .filter(({ tag, weight }) => tag !== "" && tag !== "*" && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

function choose(known: readonly string[], wanted: readonly string[]): { tag: string; locale: string } {
  for (const text of wanted) {
    const locale = localeOf(text);
    if (locale === undefined) continue;
    const { language, script } = locale.maximize();
    if (language === "en") return { tag: "en", locale: locale.baseName };
    const names = [`${language}-${script}`, language === "pt" ? "pt-BR" : language];
    const tag = known.find((one) => names.includes(one));
    if (tag !== undefined) return { tag, locale: tag.includes("-") ? tag : locale.baseName };
  }
  return { tag: "en", locale: "en" };
}

function localeOf(text: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(text);
  } catch {
    return undefined;
  }
}

/** Intl's objects take longer to make than to use; browsers name few languages, and odd ones are not kept. */
function remembered<Made>(make: (locale: string) => Made): (locale: string) => Made {
  const made = new Map<string, Made>();
  return (locale) => {
    const known = made.get(locale) ?? make(locale);
    if (made.size < 200) made.set(locale, known);
    return known;
  };
}

const moneyFormats = remembered((key) => {
  const [locale = "en", currency = "EUR"] = key.split(" ");
  const digits = minorDigits(currency);
  const format = {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  };
  return new Intl.NumberFormat(locale, format as Intl.NumberFormatOptions);
});
const moneyFormat = (locale: string, currency: string) => moneyFormats(`${locale} ${currency}`);

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** In the largest unit that fits. */
function distanceText(format: Intl.RelativeTimeFormat, milliseconds: number): string {
  const [unit, length] = units.find(([, one]) => Math.abs(milliseconds) >= one) ?? ["minute", 60_000];
  return format.format(Math.trunc(milliseconds / length), unit);
}

const formats = {
  relative: remembered((locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" })),
  number: remembered((locale) => new Intl.NumberFormat(locale)),
  percent: remembered(
    (locale) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }),
  ),
  day: remembered((locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" })),
  time: remembered(
    (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }),
  ),
  month: remembered(
    (locale) => new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }),
  ),
};
