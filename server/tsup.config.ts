import { cp } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { defineConfig } from "tsup";
import { fontFiles } from "./src/statements/paper/font-files.ts";

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

const resolve = createRequire(import.meta.url).resolve;

/** Copied rather than depended on: of a package of fonts a statement needs one file or two. */
async function copyFonts(folder: string): Promise<void> {
  for (const file of fontFiles) await cp(resolve(file), join(folder, basename(file)));
  await cp(resolve("@fontsource/noto-sans/LICENSE"), join(folder, "OFL.txt"));
}

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
      await copyFonts(join(options.outDir ?? "dist", "fonts"));
    },
  },
]);
