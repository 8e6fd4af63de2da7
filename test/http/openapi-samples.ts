import type { JsonSchema } from "./openapi-document.ts";

/** Numbers from 0 up to 1, the same for one seed. */
export type Chance = () => number;

const oddValues: readonly unknown[] = [
  ...[null, true, -1, 0, 1.5, 9e15, 1e308, "", " ", "\u0000", "a\u202eb", "é", "😀", "%00", "../..", "-1"],
  ...[[], {}, [null], { toString: 1 }, "x".repeat(5000), "2027-02-30", "NaN", "__proto__", "' or 1=1 --"],
];

/** One of some values, by chance. */
export const pick = <Item>(items: readonly Item[], chance: Chance): Item =>
  items[Math.floor(chance() * items.length)] as Item;

/** A value that comes near to a schema: mostly what it asks for, now and then something odd in a place of it. */
export function sample(
  schema: JsonSchema,
  schemas: Record<string, JsonSchema>,
  chance: Chance,
  depth = 0,
): unknown {
  if (chance() < 0.08) return pick(oddValues, chance);
  if (schema.$ref !== undefined) {
    const found = schemas[schema.$ref.split("/").at(-1) ?? ""];
    return found === undefined || depth > 8 ? null : sample(found, schemas, chance, depth + 1);
  }
  const examples = [schema.example, ...(schema.examples ?? []), schema.const, ...(schema.enum ?? [])];
  const given = examples.filter((one) => one !== undefined);
  if (given.length > 0 && chance() < 0.8) return pick(given, chance);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return sample(pick(choices, chance), schemas, chance, depth + 1);
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((part) => sample(part, schemas, chance, depth + 1)));
  const type = Array.isArray(schema.type) ? pick(schema.type, chance) : schema.type;
  return ofType(type, schema, schemas, chance, depth);
}

function ofType(
  type: string | undefined,
  schema: JsonSchema,
  schemas: Record<string, JsonSchema>,
  chance: Chance,
  depth: number,
): unknown {
  switch (type) {
    case "object": {
      const properties = Object.entries(schema.properties ?? {});
      const wanted = properties.filter(([name]) => schema.required?.includes(name) || chance() < 0.5);
      return Object.fromEntries(wanted.map(([name, one]) => [name, sample(one, schemas, chance, depth + 1)]));
    }
    case "array":
      return Array.from({ length: Math.max(schema.minItems ?? 0, Math.floor(chance() * 3)) }, () =>
        sample(schema.items ?? {}, schemas, chance, depth + 1),
      );
    case "integer":
    case "number":
      return pick([schema.minimum ?? 1, schema.maximum ?? 100, 7], chance);
    case "boolean":
      return chance() < 0.5;
    case "null":
      return null;
    default:
      return pick(
        ["north", "acme-paint", "EUR", "2027-03-01", "2027-03-01T00:00:00Z", "a@b.example"],
        chance,
      );
  }
}

/** An odd or fitting text for a path or a query. */
export const sampleText = (
  schema: JsonSchema,
  schemas: Record<string, JsonSchema>,
  chance: Chance,
): string => {
  const value = sample(schema, schemas, chance);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return encodeURIComponent(text.slice(0, 300).toWellFormed());
};
