import { macroPattern } from "../config/network-template.ts";

/** The text of each macro; null where the message has none. */
export type MacroValues = ReadonlyMap<string, string | null>;

/** A value that cannot stand where the template puts it. Its message is for the person who then does it by hand. */
export class CannotFill extends Error {
  override readonly name = "CannotFill";
}

/** Writes a value so that it stays in its position, or throws `CannotFill`. */
export type Encode = (value: string) => string;

/**
 * Fills the macros of a text; each value is encoded for its position, the text around it stands as it is. Undefined
 * when a macro that may be without a value, `{reference?}`, is without one: what it stands in is left out.
 *
 * @throws {CannotFill} when another macro has no value, or one cannot be encoded
 */
export function fill(text: string, values: MacroValues, encode: Encode): string | undefined {
  let absent = false;
  const filled = text.replaceAll(macroPattern, (_macro, name: string, optional: string | undefined) => {
    const value = values.get(name) ?? "";
    if (value !== "") return encode(value.toWellFormed());
    if (optional === undefined) throw new CannotFill(`it needs ${name}, which is not known`);
    absent = true;
    return "";
  });
  return absent ? undefined : filled;
}

/** As `fill`, where nothing can be left out. */
export function fillAll(text: string, values: MacroValues, encode: Encode): string {
  const filled = fill(text, values, encode);
  if (filled === undefined) throw new CannotFill("it needs a value that is not known");
  return filled;
}

/** The value as it is: for text that is encoded as a whole afterwards. */
export const asText: Encode = (value) => value;

/** Everything but the unreserved characters of RFC 3986 is percent-encoded. */
export const forUrl: Encode = (value) =>
  encodeURIComponent(value).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** A segment of a path. Dots alone would be taken for a step up, however they are encoded. */
export const forPath: Encode = (value) => {
  if (/^\.{1,2}$/.test(value)) throw new CannotFill(`"${value}" cannot stand in an address`);
  return forUrl(value);
};

/** A header's value: visible ASCII and spaces within, so that no header can follow it. */
export const forHeader: Encode = (value) => {
  if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value))
    throw new CannotFill("a value cannot stand in a header");
  return value;
};

/** A JSON number, digit for digit. */
export const forNumber: Encode = (value) => {
  if (!/^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(value) || value.length > 40)
    throw new CannotFill(`"${value.slice(0, 40)}" is not a number`);
  return value;
};
