import { minorDigits, minorOf } from "../words/money.ts";
import type { Entry, Field, FieldKind, Scope } from "./form-node.ts";

/** Why what was typed is no value. */
export type FieldProblem = "problem_whole" | "problem_percent" | "problem_money" | "problem_day";

/** A value, or why it is none; nothing where nothing was entered. */
export type FieldValue = { value?: unknown; problem?: FieldProblem };

/** How a field's number is entered where it depends on what is counted. */
export const kindIn = (as: FieldKind, { measure }: Scope): FieldKind =>
  as === "measure" ? (measure === "units" ? "whole" : "money") : as;

const digitsIn = (as: FieldKind, { currency = "" }: Scope): number =>
  as === "percent" ? 2 : as === "money" ? minorDigits(currency) : 0;

const problems: Readonly<Partial<Record<FieldKind, FieldProblem>>> = {
  whole: "problem_whole",
  percent: "problem_percent",
  money: "problem_money",
};

/** A value as its field shows it; undefined where the field would not give it back unchanged. */
export function fieldText(field: Field, value: unknown, scope: Scope): Entry | undefined {
  const shown = write(field, value, scope);
  if (shown === undefined) return undefined;
  return JSON.stringify(readField(field, shown, scope).value) === JSON.stringify(value) ? shown : undefined;
}

function write({ as }: Field, value: unknown, scope: Scope): Entry | undefined {
  const kind = kindIn(as, scope);
  if (kind === "choices") return isTexts(value) ? value : undefined;
  if (kind === "words") return isTexts(value) ? value.join(", ") : undefined;
  if (problems[kind] === undefined) return isLine(value) ? value : undefined;
  if (!Number.isSafeInteger(value) || (value as number) < 0) return undefined;
  return decimalText(value as number, kind, scope);
}

function decimalText(value: number, kind: FieldKind, scope: Scope): string {
  const digits = digitsIn(kind, scope);
  const text = String(value).padStart(digits + 1, "0");
  const whole = digits === 0 ? text : text.slice(0, -digits);
  const fraction = digits === 0 ? "" : text.slice(-digits);
  const shown = kind === "percent" ? fraction.replace(/0+$/, "") : fraction;
  return shown === "" ? whole : `${whole}${scope.decimal}${shown}`;
}

/** A field of one line would lose other characters. */
const isLine = (value: unknown): value is string => typeof value === "string" && !/\p{Cc}/u.test(value);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

/** Whether a value is what somebody typed where a number belongs, and is none: it stands in the field as it was typed. */
export const isTyped = (field: Field, value: unknown, scope: Scope): boolean =>
  isLine(value) &&
  value === value.trim() &&
  problems[kindIn(field.as, scope)] !== undefined &&
  readField(field, value, scope).problem !== undefined;

/** The value that was entered in a field. What is none comes back as it was typed, with why. */
export function readField({ as, options }: Field, entry: Entry, scope: Scope): FieldValue {
  const kind = kindIn(as, scope);
  if (kind === "choices") {
    const ticked = [...new Set(entry as readonly string[])].filter((one) => options.includes(one));
    return ticked.length === 0 ? {} : { value: ticked };
  }
  const text = (entry as string).trim();
  if (text === "") return {};
  if (kind === "words") return { value: text.split(/[\s,;،、，]+/u).filter((one) => one !== "") };
  const problem = problems[kind];
  if (problem === undefined) {
    const isDay = kind !== "day" || /^\d{4}-\d{2}-\d{2}$/.test(text);
    return isDay ? { value: text } : { value: text, problem: "problem_day" };
  }
  const value = readNumber(text, kind, scope);
  return value === undefined ? { value: text, problem } : { value };
}

const otherDigits = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g;

/**
 * A number as people write it, in the unit that is stored: basis points, minor units or whole. A point or a comma stands
 * before decimals; the one that the reader's language does not use there only before one or two of them, since `1,000` and
 * `1.000` would else be a thousand to one reader and one to another.
 */
function readNumber(typed: string, kind: FieldKind, scope: Scope): number | undefined {
  const plain = typed
    .replaceAll(otherDigits, (digit) => String(((digit.codePointAt(0) ?? 0) % 16) % 10))
    .replaceAll("٫", ".")
    .replaceAll(/(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?:\D|$))/gu, "");
  const text = kind === "percent" ? plain.replace(/\s*[%٪]$/u, "") : plain;
  const [, whole, separator, fraction = ""] = /^(\d{1,15})(?:([.,])(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > digitsIn(kind, scope)) return undefined;
  if (separator !== undefined && separator !== scope.decimal && fraction.length > 2) return undefined;
  const decimal = `${whole.replace(/^0+(?=\d)/, "")}${fraction === "" ? "" : `.${fraction}`}`;
  // Percentages have two decimals, as the minor units of euros do.
  return minorOf(decimal, kind === "money" ? (scope.currency ?? "") : kind === "percent" ? "EUR" : "JPY");
}
