import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import type { OpenedStore } from "../store/store.ts";

/** What is traced while the receiver runs. */
export interface Tracing {
  /** Comes before all routes: a span for each request, the child of its caller's where it sent a `traceparent`. */
  requests: MiddlewareHandler<AppEnv>;
  /** The same store, whose reads and writes in a request are spans. */
  store(store: OpenedStore): OpenedStore;
  /** Runs work as a span of the request that is being worked on; as it is where none is. */
  within<T>(name: string, attributes: Record<string, string | number>, work: () => Promise<T>): Promise<T>;
  /** Sends what is left; a collector that does not answer is waited for as long as the exporter does. */
  close(): Promise<void>;
}
