import { z } from "@hono/zod-openapi";
import { healthPath } from "@tallystick/sdk/protocol";
import type { Deps } from "../../deps/deps.ts";
import type { App } from "../../http/app.ts";
import type { Metrics } from "../../http/metrics.ts";
import { answer, refusals } from "../../http/problem-answers.ts";
import { route } from "../../http/route.ts";
import { createWriteProbe } from "../../store/moments.ts";
import { Refusal } from "../../words/refusal.ts";

const tags = ["Operations"];

/** How long the database may take to write a row, in milliseconds. */
const readyWithinMilliseconds = 3000;

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
  description:
    "503 while the database does not take a row within three seconds (none answers, the disk is full, it is a replica), and from the first moment of stopping.",
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
export function addHealthRoutes(app: App, deps: Deps, metrics: Metrics, isStopping = () => false): void {
  const unstored = { "cache-control": "no-store" };
  const probe = createWriteProbe(deps.store, deps.clock);
  app.serve(alive, (c) => c.json({ status: "ok" }, 200, unstored));
  app.serve(ready, async (c) => {
    if (isStopping()) throw new Refusal("busy", "The receiver is stopping.");
    await writesInTime(probe);
    return c.json({ status: "ready" }, 200, unstored);
  });
  if (deps.config.metricsListen !== undefined) return;
  app.serve(figures, async (c) =>
    c.body(await metrics.text(), 200, {
      ...unstored,
      "content-type": metrics.registry.contentType,
    }),
  );
}

/** @throws {Refusal} `busy` when the database is silent, broken, or takes no rows */
async function writesInTime(probe: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error("the database did not answer in time")),
      readyWithinMilliseconds,
    );
  });
  try {
    await Promise.race([probe(), late]);
  } catch (cause) {
    throw new Refusal("busy", "The database does not take a row.", { cause });
  } finally {
    clearTimeout(timer);
  }
}
