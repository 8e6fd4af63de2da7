import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { configJsonSchema } from "./config-schema.ts";

describe("config.schema.json", () => {
  it("is the schema in force; `npm run schema -w server` writes it anew", () => {
    const published = readFileSync(new URL("../../config.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(published)).toEqual(configJsonSchema());
  });
});
