import { html as tagged } from "hono/html";

/** A part of markup that says what is looked up by a key; until then it says what there is without. */
interface LatePart {
  key: string;
  write: (found: string | undefined) => Html;
}

/** A part that shows nothing and says of the markup around it what the page must have with it. */
interface Mark {
  mark: string;
}

type Part = string | LatePart | Mark;

/** Markup that is safe to put into a page. Only `html`, `trusted`, `late` and `marked` make it. */
export class Html {
  /** What `html` of hono takes for markup. */
  readonly isEscaped = true;
  /** Texts as they stand in the page, what is still to be looked up, and marks. */
  readonly parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.parts = parts;
  }

  /** The keys of what is to be looked up before this is shown. */
  get lateKeys(): string[] {
    return this.parts.flatMap((part) => (isLatePart(part) ? [part.key] : []));
  }

  /** Whether some of it was marked so. */
  isMarked(mark: string): boolean {
    return this.parts.some((part) => typeof part !== "string" && "mark" in part && part.mark === mark);
  }

  /** The same with what was found. Marks stay. */
  with(found: ReadonlyMap<string, string>): Html {
    return new Html(
      this.parts.map((part) => (isLatePart(part) ? String(part.write(found.get(part.key))) : part)),
    );
  }

  toString(): string {
    return this.parts.map(textOf).join("");
  }
}

const isLatePart = (part: Part): part is LatePart => typeof part !== "string" && "write" in part;

/** A part as it stands where nothing was looked up. */
const textOf = (part: Part): string => {
  if (typeof part === "string") return part;
  return isLatePart(part) ? String(part.write(undefined)) : "";
};

/** What may stand in a template: text and numbers are escaped, markup and lists are put in, nothing is left out. */
export type HtmlValue = string | number | undefined | false | Html | readonly HtmlValue[];

/** A template in which every value is escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  if (!values.some(isMoreThanText)) return new Html([String(tagged(strings, ...values))]);
  const parts = strings.flatMap((text, at) => [text, ...partsOf(values[at])]);
  return new Html(parts);
}

/** Whether a value has parts that a text would lose. */
const isMoreThanText = (value: HtmlValue): boolean =>
  value instanceof Html
    ? value.parts.some((part) => typeof part !== "string")
    : Array.isArray(value) && value.some(isMoreThanText);

/** A value's parts, those of text escaped. */
const partsOf = (value: HtmlValue): readonly Part[] => {
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

/** The same markup, marked: whoever answers with the page sees that something more belongs to it (`isMarked`). */
export const marked = (mark: string, { parts }: Html): Html => new Html([...parts, { mark }]);

/** The attributes of an element: `true` is one without a value, `undefined` and `false` are left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | Html | undefined>>;

/** Attributes as they stand in a tag, each with a space before it. Their names are this program's own. */
export const attributes = (given: Attributes): Html[] =>
  Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) =>
      value === true
        ? html` ${trusted(name)}`
        : html` ${trusted(name)}="${value instanceof Html ? value : String(value)}"`,
    );
