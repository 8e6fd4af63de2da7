import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type Span, SpanStatusCode } from "@opentelemetry/api";

/** What undici tells of a request (https://undici.nodejs.org/#/docs/api/DiagnosticsChannel). */
interface Told {
  request: { method: string; origin: string | URL };
  response?: { statusCode: number };
  error?: Error;
}

/**
 * Makes a span of each request that this process sends by `fetch` or undici, from its start to the answer's last byte.
 *
 * @returns a function that ends it
 */
export function watchOutgoing(
  start: (name: string, attributes: Record<string, string | number>) => Span,
): () => void {
  const spans = new WeakMap<object, Span>();
  const end = (request: object, error?: Error) => {
    const span = spans.get(request);
    if (error) span?.setAttribute("error.type", error.name).setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    spans.delete(request);
  };
  const hears: Record<string, (told: Told) => void> = {
    "undici:request:create": ({ request }) => {
      const { hostname, port, protocol } = new URL(request.origin);
      const attributes = {
        "http.request.method": request.method,
        "server.address": hostname,
        "server.port": Number(port) || (protocol === "https:" ? 443 : 80),
      };
      spans.set(request, start(request.method, attributes));
    },
    "undici:request:headers": ({ request, response }) => {
      const span = spans.get(request);
      if (response) span?.setAttribute("http.response.status_code", response.statusCode);
      if (response && response.statusCode >= 400) span?.setStatus({ code: SpanStatusCode.ERROR });
    },
    "undici:request:trailers": ({ request }) => end(request),
    "undici:request:error": ({ request, error }) => end(request, error),
  };
  const listeners = Object.entries(hears).map(
    ([channel, hear]) => [channel, (message: unknown) => hear(message as Told)] as const,
  );
  for (const [channel, listener] of listeners) subscribe(channel, listener);
  return () => {
    for (const [channel, listener] of listeners) unsubscribe(channel, listener);
  };
}
