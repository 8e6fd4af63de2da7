import { defineConfig } from "tsup";

/**
 * One bundle for `import` and one for `require`, with what is needed of jose inside: a product that embeds the
 * SDK installs nothing else. Not minified: the names in a customer's stack trace should be the source's.
 */
export default defineConfig({
  entry: {
    "tallystick-capture": "src/capture/command/main.ts",
    index: "src/index.ts",
    protocol: "src/protocol/index.ts",
    stamp: "src/entries/stamp.ts",
  },
  format: ["esm", "cjs"],
  platform: "node",
  target: "node20",
  dts: true,
  clean: true,
  splitting: false,
  treeshake: true,
  noExternal: ["jose"],
  external: ["@tallystick/sdk/stamp"],
  removeNodeProtocol: false,
});
