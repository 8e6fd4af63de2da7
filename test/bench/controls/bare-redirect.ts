import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { answerParent } from "../children.ts";
import { subjectTasks } from "../subject.ts";

// The least that answers a click: no token is looked at and nothing is recorded.
const app = new Hono();
app.get("/r/:product", (c) => c.redirect("https://buy.stripe.example/abc"));

const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
await new Promise<void>((resolve) => server.once("listening", () => resolve()));
const { port } = server.address() as AddressInfo;

answerParent(subjectTasks(`http://127.0.0.1:${port}`));
