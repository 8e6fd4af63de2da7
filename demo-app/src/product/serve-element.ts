import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import type { Hono } from "hono";

/** The SDK's sources: the demo is run from them, and nothing is built for it. */
const sources = new URL("../../../sdk/src/", import.meta.url);

/** The element's entry and all that it loads. A product that installed the SDK serves one file, `prompt-element.js`. */
const files = ["entries/prompt-element.ts", "prompt/element/element.ts", "prompt/element/style.ts"];

/** Serves the SDK's element below `/sdk/`, without its types (Node warns that it takes them away by a new function). */
export function serveElement(app: Hono): void {
  for (const file of files) {
    const script = stripTypeScriptTypes(readFileSync(new URL(file, sources), "utf8"));
    app.get(`/sdk/${file}`, (context) =>
      context.body(script, 200, { "content-type": "text/javascript; charset=utf-8" }),
    );
  }
}
