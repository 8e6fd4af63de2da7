import { defineConfig } from "tsup";

const shared = { platform: "node", target: "node26", removeNodeProtocol: false, treeshake: true } as const;

/** The library for `import` and `require`, and the command line, whose commands are loaded when they run. */
export default defineConfig([
  { ...shared, entry: { index: "src/index.ts" }, format: ["esm", "cjs"], dts: true, splitting: false },
  { ...shared, entry: { cli: "src/cli/main.ts" }, format: ["esm"], splitting: true },
]);
