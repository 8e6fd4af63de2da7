import { z } from "@hono/zod-openapi";
import { healthPath } from "@tallystick/sdk/protocol";
import type { Deps } from "../deps/deps.ts";
import type { App } from "../http/app.ts";
import type { Metrics } from "../http/metrics.ts";
import { answer, refusals } from "../http/problem-answers.ts";
import { route } from "../http/route.ts";
import { Refusal } from "../words/refusal.ts";

const tags = ["Operations"];

/** How long the database may take to say it is there, in milliseconds. */
const readyWithinMilliseconds = 1000;

const alive = route({
  who: "anyone",
  operationId: "readHealth",
  method: "get",
  path: healthPath,
  tags,
  summary: "A sign of life",
  description: "Asks nothing but the process itself. The SDK calls it before it opens a renewal link.",
  responses: { 200: answer("Alive", z.object({ status: z.literal("ok") })) },
});

const ready = route({
  who: "anyone",
  operationId: "readReadiness",
  method: "get",
  path: "/readyz",
  tags,
  summary: "Whether requests should be sent here",
  description: "503 while the database does not answer within a second, and while the receiver is stopping.",
  responses: { 200: answer("Ready", z.object({ status: z.literal("ready") })), ...refusals("busy") },
});

const figures = route({
  who: "anyone",
  operationId: "readMetrics",
  method: "get",
  path: "/metrics",
  tags,
  summary: "Metrics in Prometheus' text format",
  description:
    "Open, as scrapers expect, and without ids; but it counts sales, so a proxy in front should keep it from the public.",
  responses: { 200: { description: "The metrics", content: { "text/plain": { schema: z.string() } } } },
});

/** What operations ask: alive, ready, how much. */
export function addHealthRoutes(app: App, deps: Deps, metrics: Metrics, isStopping: () => boolean): void {
  const unstored = { "cache-control": "no-store" };
  app.serve(alive, (c) => c.json({ status: "ok" }, 200, unstored));
  app.serve(ready, async (c) => {
    if (isStopping()) throw new Refusal("busy", "The receiver is stopping.");
    await answersInTime(deps);
    return c.json({ status: "ready" }, 200, unstored);
  });
  app.serve(figures, async (c) =>
    c.body(await metrics.registry.metrics(), 200, {
      ...unstored,
      "content-type": metrics.registry.contentType,
    }),
  );
}

/** @throws {Refusal} `busy` when the database is silent or broken */
async function answersInTime(deps: Deps): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error("the database did not answer in time")),
      readyWithinMilliseconds,
    );
  });
  try {
    await Promise.race([deps.store.ping(), late]);
  } catch (cause) {
    throw new Refusal("busy", "The database does not answer.", { cause });
  } finally {
    clearTimeout(timer);
  }
}
