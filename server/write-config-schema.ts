import { writeFileSync } from "node:fs";
import { configJsonSchema } from "./src/config/config-json-schema.ts";

// Writes the schema that editors use, from the one that the server uses.
writeFileSync(
  new URL("config.schema.json", import.meta.url),
  `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
);
