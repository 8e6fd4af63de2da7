import { z } from "zod";
import { configSchema } from "./config-schema.ts";

/** The JSON Schema of the file, for editors; `config.schema.json` of this package is a copy of it. */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema, { io: "input" });
  // Strict readers take no list of types in one place.
  const text = JSON.stringify(schema, (key, value) =>
    key !== "type" && value !== null && Array.isArray(value.type)
      ? { ...value, type: undefined, anyOf: value.type.map((type: string) => ({ type })) }
      : value,
  );
  return { ...JSON.parse(text), title: "tallystick.config.json" };
}
