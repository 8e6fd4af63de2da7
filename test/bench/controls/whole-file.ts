import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { answerParent } from "../children.ts";
import { subjectTasks } from "../subject.ts";

// The same file by the same HTTP server, as it lies on the disk: the framework's own way to serve files.
const [file = ""] = process.argv.slice(2);
const app = new Hono();
app.get("/*", serveStatic({ root: dirname(file) }));

const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
await new Promise<void>((resolve) => server.once("listening", () => resolve()));
const { port } = server.address() as AddressInfo;

answerParent(subjectTasks(`http://127.0.0.1:${port}`));
