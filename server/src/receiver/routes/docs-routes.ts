import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Brand } from "../../config/brand-config.ts";
import type { App } from "../../http/app.ts";
import { route } from "../../http/route.ts";
import { pageResponse } from "../../pages/page.ts";
import { docsPage, docsScript, docsStyle } from "./docs-page.ts";

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

/** A route of a page for people, which the document does not describe. */
const unlisted = (operationId: string, path: string) =>
  route({
    who: "anyone",
    operationId,
    hide: true,
    method: "get",
    path,
    responses: { 200: { description: "The file" } },
  });

/** The docs page with its files, and the way there from the root. It knows the routes that were mounted before. */
export function addDocsRoutes(app: App, brand: Brand): void {
  const docs = docsPage(brand, app.declared);
  app.serve(unlisted("openRoot", "/"), (c) => c.redirect("docs", 302));
  app.serve(unlisted("showDocs", "/docs"), () => pageResponse(docs));
  app.serve(unlisted("readDocsScript", "/docs/docs.js"), () => fileResponse(docsScript, script));
  app.serve(unlisted("readDocsStyle", "/docs/docs.css"), () => fileResponse(docsStyle, style));
  for (const [name, mediaType] of Object.entries(packageFiles)) {
    let content: Promise<Uint8Array<ArrayBuffer>> | undefined;
    app.serve(unlisted(`read ${name}`, `/docs/${name}`), async () => {
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
