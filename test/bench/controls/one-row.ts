import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { answerParent } from "../children.ts";
import { type SubjectTasks, subjectTasks } from "../subject.ts";
import { benchEnv, webhookPath } from "../world.ts";
import { openRowLog } from "./row-log.ts";

// A webhook that does the least which is still durable: signature, schema, one row, and an answer once it is on the disk.
const rows = openRowLog(process.argv[2] ?? "");
const key = createSecretKey(benchEnv.STRIPE_WEBHOOK_SECRET, "utf8");

const eventSchema = z.object({
  id: z.string(),
  type: z.literal("checkout.session.completed"),
  created: z.int(),
  data: z.object({
    object: z.object({
      id: z.string(),
      amount_total: z.int().min(0),
      currency: z.string().length(3),
      payment_intent: z.string().nullish(),
      payment_status: z.string(),
      client_reference_id: z.string().nullish(),
      customer_details: z.object({ email: z.string().nullish() }).nullish(),
      total_details: z.object({ amount_tax: z.int().min(0) }).nullish(),
      metadata: z.record(z.string(), z.string()).nullish(),
    }),
  }),
});

const app = new Hono();
app.post(webhookPath, async (c) => {
  const body = Buffer.from(await c.req.arrayBuffer());
  if (!isSigned(c.req.header("stripe-signature") ?? "", body)) return c.json({ error: "signature" }, 401);
  const event = eventSchema.safeParse(JSON.parse(body.toString()));
  if (!event.success) return c.json({ error: "event" }, 400);
  const { id, data } = event.data;
  const session = data.object;
  await rows.insert([
    id,
    session.id,
    session.amount_total,
    session.currency,
    session.client_reference_id ?? null,
  ]);
  return c.json({ status: "recorded" });
});

function isSigned(header: string, body: Buffer): boolean {
  const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})/.exec(header) ?? [];
  if (time === undefined || signature === undefined) return false;
  if (Math.abs(Date.now() / 1000 - Number(time)) > 300) return false;
  const expected = createHmac("sha256", key).update(`${time}.`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature, "hex"));
}

const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
await new Promise<void>((resolve) => server.once("listening", () => resolve()));
const { port } = server.address() as AddressInfo;

/** What this process can be asked beside what every subject can. */
export type OneRowTasks = SubjectTasks & { count(): number };

answerParent({
  ...subjectTasks(`http://127.0.0.1:${port}`),
  count: () => rows.count(),
} satisfies OneRowTasks);
