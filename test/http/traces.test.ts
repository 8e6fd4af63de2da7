import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { startReceiver } from "../../server/src/receiver/start/start-receiver.ts";
import { keptLog, purchase, signedDelivery, temporaryFolder, testConfig, testEnv } from "./open-app.ts";

/** What the tests read of OTLP's JSON (https://opentelemetry.io/docs/specs/otlp/#otlphttp). */
interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: { key: string; value: Record<string, unknown> }[];
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

/** A collector of traces on a free port; `says` is its status. */
async function openCollector(says = 200) {
  const texts: string[] = [];
  const spans: Span[] = [];
  const paths: (string | undefined)[] = [];
  const server: Server = createServer(async (request, response) => {
    const text = (await request.toArray()).join("");
    paths.push(request.url);
    texts.push(text);
    for (const { scopeSpans } of JSON.parse(text).resourceSpans)
      for (const scope of scopeSpans) spans.push(...scope.spans);
    response.writeHead(says, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, texts, paths };
}

async function start(otlp: string, share = 1) {
  const config = { ...testConfig(folder.folder), telemetry: { otlp, share } };
  const kept = await keptLog();
  const receiver = await startReceiver({ config, env: testEnv, log: kept.log });
  onTestFinished(() => receiver.stop(0));
  return { receiver, kept };
}

const attributeOf = (span: Span | undefined, key: string) => {
  const value = span?.attributes.find((one) => one.key === key)?.value ?? {};
  return value.stringValue ?? value.intValue;
};

test("a purchase is one trace from its caller's span to the database, named as its request is in the log", async () => {
  const collector = await openCollector();
  const { receiver, kept } = await start(`${collector.url}/v1/traces`);
  const { body, headers } = signedDelivery(purchase({ order: "traced" }));
  const [trace, caller] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];
  const answer = await fetch(`${receiver.url}/webhooks/own?email=ann%40acme.example`, {
    method: "POST",
    body,
    headers: { ...headers, traceparent: `00-${trace}-${caller}-01` },
  });
  expect(answer.status).toBe(200);
  await receiver.stop();
  const served = collector.spans.find((span) => span.parentSpanId === caller);
  expect(served).toMatchObject({ traceId: trace, kind: 2, name: "POST /webhooks/{shop}" });
  expect(attributeOf(served, "http.route")).toBe("/webhooks/{shop}");
  expect(Number(attributeOf(served, "http.response.status_code"))).toBe(200);
  const below = collector.spans.filter((span) => span.parentSpanId === served?.spanId);
  expect(below.length).toBeGreaterThan(0);
  expect(below.every((span) => span.traceId === trace)).toBe(true);
  expect(kept.lines.filter((line) => line.request === trace).length).toBeGreaterThan(0);
  expect(collector.texts.join()).not.toMatch(/ann|acme\.example|traced|whsec/);
});

test("a request without a caller's trace is a trace of its own; a share of 0 keeps none of these", async () => {
  const collector = await openCollector();
  const { receiver } = await start(`${collector.url}/otlp`);
  await fetch(`${receiver.url}/readyz`);
  await receiver.stop();
  const [span] = collector.spans.filter(({ name }) => name === "GET /readyz");
  expect(span?.parentSpanId ?? "").toBe("");

  const other = await openCollector();
  const quiet = await start(other.url, 0);
  await fetch(`${quiet.receiver.url}/readyz`);
  await quiet.receiver.stop();
  expect(other.spans.filter(({ name }) => name === "GET /readyz")).toEqual([]);
});

test("a collector that refuses costs its spans, which is said, and no request", async () => {
  const collector = await openCollector(400);
  const { receiver, kept } = await start(`${collector.url}/v1/traces`);
  expect((await fetch(`${receiver.url}/readyz`)).status).toBe(200);
  await receiver.stop();
  expect(kept.lines).toContainEqual(
    expect.objectContaining({ event: "server.warning", detail: expect.stringContaining("traces are lost") }),
  );
});
