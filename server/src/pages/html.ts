import { raw, html as tagged } from "hono/html";

/** Markup that is safe to put into a page. Only `html` and `trusted` make it. */
export type Html = Extract<ReturnType<typeof raw>, object>;

/** What may stand in a template: text and numbers are escaped, markup and lists are put in, nothing is left out. */
export type HtmlValue = string | number | undefined | false | Html | readonly HtmlValue[];

/** A template in which every value is escaped, unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...values: HtmlValue[]): Html =>
  // Hono's own type allows for promises among the values, which `HtmlValue` does not.
  tagged(strings, ...values) as Html;

/** Markup that this program wrote whole, such as a drawing or a script. Never for what others wrote. */
export const trusted = (markup: string): Html => raw(markup);

/** The attributes of an element: `true` is one without a value, `undefined` and `false` are left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Attributes as they stand in a tag, each with a space before it. Their names are this program's own. */
export const attributes = (given: Attributes): Html[] =>
  Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) =>
      value === true ? html` ${trusted(name)}` : html` ${trusted(name)}="${String(value)}"`,
    );
