import { attempt } from "../runtime/attempt.ts";

/** Everything the prompt can say, by name. What each is for stands in `messages/en.mf2`. */
export const textNames = [
  "title_expiring",
  "text_expiring",
  "title_grace",
  "text_grace",
  "title_billing",
  "text_billing",
  "title_active",
  "title_renews",
  "title_ended",
  "title_perpetual",
  "title_unknown",
  "text_renewable",
  "text_ended",
  "text_unknown",
  "price",
  "disclosure",
  "disclosure_unnamed",
  "seller_unnamed",
  "renew",
  "remind",
  "snooze_1d",
  "snooze_3d",
  "snooze_next_stage",
  "enter_key",
  "renewed",
  "decline",
  "said_opened",
  "said_not_opened",
  "said_snoozed",
  "said_declined",
  "said_renewed",
  "said_waiting",
  "choose",
] as const;

/** The name of a text. */
export type TextName = (typeof textNames)[number];

/** A text with `{name}` where a value stands, or one of several by the plural rules of its language. */
export type PromptText = string | PluralText;

/** `variants` by an exact number (`"0"`) or by a category of `Intl.PluralRules`; `other` always. */
export interface PluralText {
  /** The name of the value that chooses. */
  readonly by: string;
  /** Texts by number or category, as above. */
  readonly variants: Readonly<Record<string, string>> & { readonly other: string };
}

/** A language the prompt speaks. */
export interface PromptLanguage {
  /** BCP 47: how dates, numbers and amounts are written too. */
  readonly tag: string;
  /** Which way the language is written, as HTML's `dir`. */
  readonly direction: "ltr" | "rtl";
  /** Every text, by its name. */
  readonly texts: Readonly<Record<TextName, PromptText>>;
}

/** Texts of a vendor's own, in place of the language's. */
export type TextOverrides = Partial<Record<TextName, PromptText>>;

/** What is put into a text: numbers are written as the language does. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Whether a value is a text that can be written: a string, or variants of which one fits every number. Pure. */
export function isPromptText(value: unknown): value is PromptText {
  if (typeof value === "string") return true;
  const { by, variants } = (value ?? {}) as Partial<PluralText>;
  if (typeof by !== "string" || typeof variants?.other !== "string") return false;
  return Object.values(variants).every((variant) => typeof variant === "string");
}

/** Writes a text of a language with its values. Pure. */
export function writeText(
  language: Pick<PromptLanguage, "tag" | "direction">,
  text: PromptText,
  values: TextValues = {},
): string {
  const pattern = typeof text === "string" ? text : chooseVariant(language.tag, text, values);
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (typeof value === "number") return numbersOf(language.tag).format(value);
    return value === undefined ? whole : isolate(value, language.direction);
  });
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A name of the other direction would drag what stands beside it along (Unicode UAX 9, isolates). */
const isolate = (value: string, direction: PromptLanguage["direction"]) =>
  direction === "rtl" || rightToLeft.test(value) ? `\u2068${value}\u2069` : value;

function chooseVariant(tag: string, { by, variants }: PluralText, values: TextValues): string {
  const count = Number(values[by]);
  return variants[String(count)] ?? variants[pluralsOf(tag).select(count)] ?? variants.other;
}

/** A day (`2027-11-21`) in words. Pure. */
export const writeDay = (tag: string, day: string): string =>
  datesOf(tag).format(Date.parse(`${day}T00:00:00Z`));

/** The day of an instant (ISO 8601) in words, where the customer is. A time zone that does not exist is the machine's. Pure. */
export function writeInstant(tag: string, instant: string, timeZone: string | undefined): string {
  const format = (zone?: string) =>
    new Intl.DateTimeFormat(soundTag(tag), { dateStyle: "long", timeZone: zone }).format(Date.parse(instant));
  return attempt(() => format(timeZone), undefined) ?? format();
}

/**
 * An amount in minor units, with as many decimals as the currency has. Pure.
 *
 * @throws {RangeError} for a currency that is not three letters
 */
export function writePrice(tag: string, { amountMinor, currency }: Price): string {
  return pricesOf(`${tag}\n${currency}`).format(amountMinor / 10 ** digitsOf(currency));
}

/**
 * ISO 4217: how many digits of an amount stand behind the point. Not from `Intl`, which tells how prices are customarily
 * shown: none for HUF, MGA and IQD, though all have minor units.
 */
const digitsOf = (currency: string): number =>
  /BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|XAF|XOF|XPF/.test(currency)
    ? 0
    : /BHD|IQD|JOD|KWD|LYD|OMR|TND/.test(currency)
      ? 3
      : /CLF|UYW/.test(currency)
        ? 4
        : 2;

/** What renewing costs: minor units, and an ISO 4217 code. */
export interface Price {
  /** A whole number of the currency's smallest unit: 1999 is 19.99 EUR, and 1999 JPY. */
  readonly amountMinor: number;
  /** ISO 4217, such as `EUR`. */
  readonly currency: string;
}

/** Intl's objects take longer to make than to use. */
function remembered<Made>(make: (key: string) => Made): (key: string) => Made {
  const made = new Map<string, Made>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

/** A tag that Intl takes: a language of the vendor's own may have another, and is written as English is then. */
const soundTag = remembered((tag) => attempt(() => Intl.getCanonicalLocales(tag)[0], undefined) ?? "en");

const numbersOf = remembered((tag) => new Intl.NumberFormat(soundTag(tag)));
const pluralsOf = remembered((tag) => new Intl.PluralRules(soundTag(tag)));
const datesOf = remembered(
  (tag) => new Intl.DateTimeFormat(soundTag(tag), { dateStyle: "long", timeZone: "UTC" }),
);
const pricesOf = remembered((key) => {
  const [tag, currency] = key.split("\n");
  const digits = digitsOf(currency ?? "");
  return new Intl.NumberFormat(soundTag(tag ?? ""), {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
});
