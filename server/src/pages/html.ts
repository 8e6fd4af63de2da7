import { html as tagged } from "hono/html";

/** A part of markup that says what is looked up by a key; until then it says what there is without. */
interface LatePart {
  key: string;
  write: (found: string | undefined) => Html;
}

/** Markup that is safe to put into a page. Only `html`, `trusted` and `late` make it. */
export class Html {
  /** What `html` of hono takes for markup. */
  readonly isEscaped = true;
  /** Texts as they stand in the page, and what is still to be looked up. */
  readonly parts: readonly (string | LatePart)[];

  constructor(parts: readonly (string | LatePart)[]) {
    this.parts = parts;
  }

  /** The keys of what is to be looked up before this is shown. */
  get lateKeys(): string[] {
    return this.parts.flatMap((part) => (typeof part === "string" ? [] : [part.key]));
  }

  /** The same with what was found. */
  with(found: ReadonlyMap<string, string>): Html {
    return new Html(
      this.parts.map((part) => (typeof part === "string" ? part : String(part.write(found.get(part.key))))),
    );
  }

  toString(): string {
    return this.parts
      .map((part) => (typeof part === "string" ? part : String(part.write(undefined))))
      .join("");
  }
}

/** What may stand in a template: text and numbers are escaped, markup and lists are put in, nothing is left out. */
export type HtmlValue = string | number | undefined | false | Html | readonly HtmlValue[];

/** A template in which every value is escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  const isLate = (value: HtmlValue): boolean =>
    value instanceof Html ? value.lateKeys.length > 0 : Array.isArray(value) && value.some(isLate);
  if (!values.some(isLate)) return new Html([String(tagged(strings, ...values))]);
  const parts = strings.flatMap((text, at) => [text, ...partsOf(values[at])]);
  return new Html(parts);
}

/** A value's parts, those of text escaped. */
const partsOf = (value: HtmlValue): readonly (string | LatePart)[] => {
  if (value instanceof Html) return value.parts;
  return Array.isArray(value) ? value.flatMap(partsOf) : [String(tagged`${value}`)];
};

/** Markup that this program wrote whole, such as a drawing or a script. Never for what others wrote. */
export const trusted = (markup: string): Html => new Html([markup]);

/**
 * Markup that says what is looked up by a key, such as the name of an id. Whoever answers with the page asks its content
 * for the keys (`lateKeys`), looks up all at once and puts them in (`with`); where nobody does, nothing was found.
 */
export const late = (key: string, write: (found: string | undefined) => Html): Html =>
  new Html([{ key, write }]);

/** The attributes of an element: `true` is one without a value, `undefined` and `false` are left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Attributes as they stand in a tag, each with a space before it. Their names are this program's own. */
export const attributes = (given: Attributes): Html[] =>
  Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) =>
      value === true ? html` ${trusted(name)}` : html` ${trusted(name)}="${String(value)}"`,
    );
