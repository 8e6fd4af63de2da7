import { fieldText, isTyped } from "./field-values.ts";
import {
  blankSheet,
  type Entry,
  type Field,
  type FieldKind,
  type FormNode,
  type Group,
  type Member,
  type Scope,
  type Sheet,
} from "./form-node.ts";

interface JsonSchema {
  type?: string;
  enum?: readonly string[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  items?: JsonSchema;
  format?: string;
  default?: unknown;
  maxItems?: number;
}

/**
 * The form of a document, made from its JSON Schema: what a later version of the schema adds is in it at once. Members
 * whose names begin with `$` are for editors and have no field.
 *
 * @param numberKind how the integers under a name are entered
 */
export function formOf(schema: object, numberKind: (name: string, list: string) => FieldKind): Group {
  const made = nodeOf(schema as JsonSchema, "", "");
  if (made.shape !== "group") throw new TypeError("a form is of an object");
  return made;

  function nodeOf(one: JsonSchema, name: string, list: string): FormNode {
    if (one.type === "object") {
      const members = Object.entries(one.properties ?? {})
        .filter(([member]) => !member.startsWith("$"))
        .map(([member, inner]) => ({
          name: member,
          node: nodeOf(inner, member, list),
          isRequired: one.required?.includes(member) === true && inner.default === undefined,
          byDefault: inner.default,
        }));
      return { shape: "group", members };
    }
    if (one.type === "array" && one.items?.type === "object") {
      const of = nodeOf(one.items, name, name) as Group;
      const isLines = of.members.every(({ node }) => node.shape === "field" && node.as !== "choice");
      return { shape: "rows", of, isLines, most: one.maxItems ?? Number.MAX_SAFE_INTEGER };
    }
    const options: Field["options"] = one.enum ?? one.items?.enum ?? [];
    return { shape: "field", as: kindOf(one, name, list), options };
  }

  function kindOf(one: JsonSchema, name: string, list: string): FieldKind {
    if (one.type === "array") return one.items?.enum === undefined ? "words" : "choices";
    if (one.enum !== undefined) return "choice";
    if (one.type === "integer" || one.type === "number") return numberKind(name, list);
    return one.format === "date" ? "day" : "text";
  }
}

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** Whether two values of a document say the same. */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What a document's group is counted in: the currency beside it, or that of the group around it. */
export function scopeOf(of: Members, outer: Scope): Scope {
  const { currency, counts } = of;
  const measure = isMembers(counts) ? counts.measure : undefined;
  return {
    ...outer,
    ...(typeof currency === "string" ? { currency } : {}),
    ...(typeof measure === "string" ? { measure } : {}),
  };
}

/** A document as it is entered. What no field would give back unchanged is kept beside the fields. */
export function sheetOf(group: Group, document: unknown, outer: Scope): Sheet {
  if (!isMembers(document)) return blankSheet;
  const scope = scopeOf(document, outer);
  // Pairs first: a member of a text may be called `__proto__`.
  const entries: [string, Entry][] = [];
  const rest: [string, unknown][] = [];
  for (const [name, value] of Object.entries(document)) {
    const member = group.members.find((one) => one.name === name);
    const entry = member === undefined ? undefined : entryOf(member, value, scope);
    if (entry !== undefined) entries.push([name, entry]);
    else if (member === undefined || !isSame(value, member.byDefault)) rest.push([name, value]);
  }
  return { entries: Object.fromEntries(entries), rest: Object.fromEntries(rest) };
}

function entryOf({ node, isRequired }: Member, value: unknown, scope: Scope): Entry | undefined {
  if (node.shape === "group")
    return isMembers(value) && (isRequired || Object.keys(value).length > 0)
      ? sheetOf(node, value, scope)
      : undefined;
  if (node.shape === "rows")
    return Array.isArray(value) && value.every(isMembers) && (isRequired || value.length > 0)
      ? value.map((one) => sheetOf(node.of, one, scope))
      : undefined;
  return fieldText(node, value, scope) ?? (isTyped(node, value, scope) ? (value as string) : undefined);
}
