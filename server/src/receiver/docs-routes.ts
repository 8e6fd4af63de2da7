import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { App } from "../http/app-env.ts";
import { docsHeaders, docsPage, docsScript, docsStyle } from "./docs-page.ts";

const script = "text/javascript; charset=utf-8";
const style = "text/css; charset=utf-8";

/** The only files of Swagger UI that are served: a name in an address never becomes a path. */
const packageFiles = {
  "swagger-ui.css": style,
  "swagger-ui-bundle.js": script,
  "favicon-32x32.png": "image/png",
} as const;

/** Swagger UI's files: copied beside the program when it is built, taken from its package in the source tree. */
function swaggerFolder(): string {
  const copied = fileURLToPath(new URL("swagger-ui/", import.meta.url));
  if (existsSync(copied)) return copied;
  return dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
}

/** The docs page with its files, and the way there from the root. */
export function addDocsRoutes(app: App): void {
  app.get("/", (c) => c.redirect("docs", 302));
  app.get("/docs", () => new Response(docsPage, { headers: docsHeaders }));
  app.get("/docs/docs.js", () => fileResponse(docsScript, script));
  app.get("/docs/docs.css", () => fileResponse(docsStyle, style));
  for (const [name, mediaType] of Object.entries(packageFiles)) {
    let content: Promise<Uint8Array<ArrayBuffer>> | undefined;
    app.get(`/docs/${name}`, async () => {
      content ??= readFile(join(swaggerFolder(), name));
      return fileResponse(await content, mediaType);
    });
  }
}

function fileResponse(content: string | Uint8Array<ArrayBuffer>, mediaType: string): Response {
  return new Response(content, {
    headers: {
      "content-type": mediaType,
      "cache-control": "public, max-age=3600",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    },
  });
}
