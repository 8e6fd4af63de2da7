import { readdirSync } from "node:fs";
import { defineConfig, type Options } from "tsup";

const languages = readdirSync(new URL("src/prompt/languages/", import.meta.url)).map((file) =>
  file.slice(0, -".ts".length),
);

const both: Options = {
  format: ["esm", "cjs"],
  target: "node20",
  dts: true,
  splitting: false,
  treeshake: true,
  external: [/^@tallystick\/sdk\//],
  removeNodeProtocol: false,
};

/**
 * One bundle for `import` and one for `require`, with what is needed of jose inside: a product that embeds the
 * SDK installs nothing else. Not minified: the names in a customer's stack trace should be the source's. What the client
 * wants rarely it imports from the package itself, so each such part is a file that is loaded when it is wanted.
 */
export default defineConfig([
  {
    ...both,
    entry: {
      "tallystick-capture": "src/capture/command/main.ts",
      index: "src/index.ts",
      protocol: "src/protocol/index.ts",
      stamp: "src/entries/stamp.ts",
      prompt: "src/entries/prompt.ts",
      "prompt-terminal": "src/entries/prompt-terminal.ts",
      ...Object.fromEntries(
        languages.map((name) => [`languages/${name}`, `src/prompt/languages/${name}.ts`]),
      ),
    },
    platform: "node",
    noExternal: ["jose"],
  },
  {
    ...both,
    entry: { "prompt-element": "src/entries/prompt-element.ts" },
    platform: "browser",
    target: "es2022",
    tsconfig: "tsconfig.element.json",
  },
]);
