import { cp } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { defineConfig } from "tsup";

const shared = {
  platform: "node",
  target: "node26",
  removeNodeProtocol: false,
  treeshake: true,
  shims: true,
} as const;

const swagger = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

/** Copied rather than depended on: the package itself asks for one that reports installations to a third party. */
const swaggerFiles = ["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png", "LICENSE", "NOTICE"];

/**
 * The library for `import` and `require`, and the command line, whose commands are loaded when they run. Both start the
 * recorder's thread from a file of its own.
 */
export default defineConfig((options) => [
  { ...shared, entry: { index: "src/index.ts" }, format: ["esm", "cjs"], dts: true, splitting: false },
  {
    ...shared,
    entry: { cli: "src/receiver/main.ts", "recorder-thread": "src/receiver/recorder-thread.ts" },
    format: ["esm"],
    splitting: true,
    onSuccess: async () => {
      for (const name of swaggerFiles)
        await cp(join(swagger, name), join(options.outDir ?? "dist", "swagger-ui", name));
    },
  },
]);
