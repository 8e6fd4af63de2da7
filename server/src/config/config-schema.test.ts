import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { testContent } from "../../../test/http/open-app.ts";
import { configJsonSchema } from "./config-json-schema.ts";
import { configSchema } from "./config-schema.ts";

function compiled() {
  const ajv = new Ajv2020({ strict: true });
  addFormats.default(ajv);
  return ajv.compile(configJsonSchema());
}

describe("config.schema.json", () => {
  it("is the schema in force; `npm run schema -w server` writes it anew", () => {
    const published = readFileSync(new URL("../../config.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(published)).toEqual(configJsonSchema());
  });

  it("compiles where readers are strict, and takes what the receiver takes", () => {
    const validate = compiled();
    for (const defaultPercent of [0, 0.07, 8.2, 19.99, 33.33, 100]) {
      const content = { ...testContent(), commission: { defaultPercent } };
      expect(configSchema.safeParse(content).success).toBe(true);
      expect(validate(content), String(defaultPercent)).toBe(true);
    }
  });

  it("refuses what the receiver refuses, where a schema can say it", () => {
    const validate = compiled();
    for (const wrong of [{ holdDays: 1.5 }, { commission: { defaultPercent: 101 } }, { unheardOf: true }]) {
      const content = { ...testContent(), ...wrong };
      expect(configSchema.safeParse(content).success).toBe(false);
      expect(validate(content)).toBe(false);
    }
    const finer = { ...testContent(), commission: { defaultPercent: 8.125 } };
    expect(configSchema.safeParse(finer).success).toBe(false);
  });
});
