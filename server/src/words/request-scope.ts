import { AsyncLocalStorage } from "node:async_hooks";
import { randomHex } from "./random-hex.ts";

const scope = new AsyncLocalStorage<string>();

/**
 * The id of a request: the trace's, where a proxy or a caller sent a `traceparent` (W3C Trace Context, version 00), or
 * a new one of the same form. A caller may choose it, so it is for finding lines, never for deciding anything.
 */
export function requestIdOf(traceparent: string | string[] | undefined): string {
  const [, trace] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(String(traceparent ?? "")) ?? [];
  return trace === undefined || /^0+$/.test(trace) ? randomHex(16) : trace;
}

/** Runs the work of a request; everything that is logged in it has its id. */
export const inRequest = <T>(id: string, work: () => T): T => scope.run(id, work);

/** The id of the request that is being worked on, if one is. */
export const currentRequest = (): string | undefined => scope.getStore();
