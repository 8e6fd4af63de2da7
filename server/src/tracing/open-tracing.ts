import { AsyncLocalStorage } from "node:async_hooks";
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { matchedRoutes } from "hono/route";
import { routePattern } from "../http/route.ts";
import type { OpenedStore } from "../store/store.ts";
import { storeWith } from "../store/store-with.ts";
import type { Log } from "../words/log.ts";
import { randomHex } from "../words/random-hex.ts";
import { callerOf, currentRequest } from "../words/request-scope.ts";
import { watchOutgoing } from "./outgoing-spans.ts";
import type { Tracing } from "./tracing.ts";

/** What tracing is opened with. */
export interface TracingOptions {
  /** Where spans are sent, by OTLP over HTTP as JSON. */
  url: string;
  /** The share of traces that are kept, from 0 to 1; a caller that says of its own trace that it is kept decides for ours. */
  share: number;
  /** The version of this program, for `service.version`. */
  version: string;
  log: Log;
}

const warnPauseMilliseconds = 60_000;

/**
 * Traces requests, what they ask of the database and of other hosts, and sends the spans in batches, beside the work.
 * Names and attributes are those of OpenTelemetry's semantic conventions (https://opentelemetry.io/docs/specs/semconv/).
 * A span has a route's pattern and a host's name, never an address's path, a query, a body or a header: they hold tokens,
 * licences and e-mail addresses. A collector that does not answer costs spans, never a request.
 */
export function openTracing({ url, share, version, log }: TracingOptions): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "tallystick", "service.version": version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    // A trace is named as the request is in the log.
    idGenerator: {
      generateTraceId: () => currentRequest() ?? randomHex(16),
      generateSpanId: () => randomHex(8),
    },
    spanProcessors: [new BatchSpanProcessor({ exporter: telling(new OTLPTraceExporter({ url }), url, log) })],
  });
  const tracer = provider.getTracer("tallystick");
  const scope = new AsyncLocalStorage<Context>();

  const around = <T>(span: Span, work: () => Promise<T>): Promise<T> =>
    scope.run(trace.setSpan(scope.getStore() ?? ROOT_CONTEXT, span), async () => {
      try {
        return await work();
      } catch (error) {
        const name = error instanceof Error ? error.name : typeof error;
        span.setAttribute("error.type", name).setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
  const start = (name: string, kind: SpanKind, attributes: Record<string, string | number>) =>
    tracer.startSpan(name, { kind, attributes }, scope.getStore() ?? ROOT_CONTEXT);
  /** Only what belongs to a request: the jobs that look every second whether something is due would drown it. */
  const within: Tracing["within"] = (name, attributes, work) =>
    scope.getStore() === undefined ? work() : around(start(name, SpanKind.INTERNAL, attributes), work);

  const stopWatching = watchOutgoing((name, attributes) => start(name, SpanKind.CLIENT, attributes));

  return {
    within,
    requests: (c, next) => {
      const attributes = { "http.request.method": c.req.method, "url.scheme": "http" };
      const caller = callerOf(c.req.header("traceparent"));
      const outer =
        caller === undefined
          ? ROOT_CONTEXT
          : trace.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true });
      const span = tracer.startSpan(c.req.method, { kind: SpanKind.SERVER, attributes }, outer);
      return around(span, async () => {
        await next();
        const found = matchedRoutes(c).findLast(({ method }) => method !== "ALL");
        if (found) {
          const route = routePattern(found.path);
          span.updateName(`${c.req.method} ${route}`).setAttribute("http.route", route);
        }
        span.setAttribute("http.response.status_code", c.res.status);
        if (c.res.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      });
    },
    store: (store) => tracedStore(store, within),
    async close() {
      stopWatching();
      // What is lost was said when it was lost.
      await provider.shutdown().catch(() => {});
    },
  };
}

/** The same store; what a request does with it is a span. */
function tracedStore(store: OpenedStore, within: Tracing["within"]): OpenedStore {
  const attributes = { "db.system.name": store.engine === "sqlite" ? "sqlite" : "postgresql" };
  return storeWith(store, {
    read: (work) => within("db.read", attributes, () => store.read(work)),
    write: (work, options) => within("db.write", attributes, () => store.write(work, options)),
  });
}

/** Says at most once a minute that spans are lost, and why. */
function telling(exporter: SpanExporter, url: string, log: Log): SpanExporter {
  let quietUntil = 0;
  return {
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.code !== 0 && performance.now() >= quietUntil) {
          quietUntil = performance.now() + warnPauseMilliseconds;
          const why = result.error?.message ?? "no answer";
          log.warn("server.warning", { detail: `traces are lost: ${url} does not take them: ${why}` });
        }
        done(result);
      }),
  };
}
