import type { SingleReading } from "../shop.ts";
import { refused } from "./read-json.ts";

type Refused = Extract<SingleReading, { outcome: "refused" }>;

/** No shop sends more; it bounds what a sender can have us look through. */
const maxFields = 500;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a body of `application/x-www-form-urlencoded`. Of a field that comes twice the first counts. Names with brackets,
 * as Ruby and PHP write nested objects, stay as they are: see `fieldsIn`.
 */
export function readForm(
  body: Uint8Array,
): { outcome: "value"; value: ReadonlyMap<string, string> } | Refused {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    return refused("body_not_utf8");
  }
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (form.size >= maxFields) return refused("event_malformed", "more fields than any shop sends");
    if (!form.has(name)) form.set(name, value);
  }
  return { outcome: "value", value: form };
}

/** The fields of a nested object: of `url_params[ref]=a` those of `url_params` are `{ ref: "a" }`. */
export function fieldsIn(form: ReadonlyMap<string, string>, object: string): Record<string, string> {
  const inside = [...form].flatMap(([name, value]) =>
    name.startsWith(`${object}[`) && name.endsWith("]") ? [[name.slice(object.length + 1, -1), value]] : [],
  );
  return Object.fromEntries(inside);
}
