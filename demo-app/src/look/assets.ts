import { readFileSync } from "node:fs";
import type { Hono } from "hono";

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** Serves files by name from a folder, read once at start: a name that is not listed is not found. */
export function serveAssets(app: Hono, folder: URL, names: readonly string[]): void {
  for (const name of names) {
    const text = readFileSync(new URL(name, folder), "utf8");
    const type = types[name.split(".").at(-1) ?? ""] ?? "text/plain; charset=utf-8";
    app.get(`/${name}`, (context) => context.body(text, 200, { "content-type": type }));
  }
}

/** The stylesheets and the mark that all three sites share. */
export function serveLook(app: Hono): void {
  serveAssets(app, new URL("./", import.meta.url), ["acme.css", "controls.css", "mark.svg"]);
}
