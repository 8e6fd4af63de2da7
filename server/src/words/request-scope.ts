import { AsyncLocalStorage } from "node:async_hooks";
import { randomHex } from "./random-hex.ts";

const scope = new AsyncLocalStorage<string>();

/**
 * The id of a request: the trace's, where a proxy or a caller sent a `traceparent` (W3C Trace Context, version 00), or
 * a new one of the same form. A caller may choose it, so it is for finding lines, never for deciding anything.
 */
export const requestIdOf = (traceparent: string | string[] | undefined): string =>
  callerOf(traceparent)?.traceId ?? randomHex(16);

/** Where a request comes from: the trace, the caller's span in it, and whether the caller keeps it (bit 0 of the flags). */
export interface TraceParent {
  /** 32 hexadecimal digits, not all zero. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  traceFlags: number;
}

/** What a `traceparent` header says, if it is one. */
export function callerOf(traceparent: string | string[] | undefined): TraceParent | undefined {
  const [, traceId, spanId, flags] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/.exec(String(traceparent ?? "")) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return /^0+$/.test(traceId) ? undefined : { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
}

/** Runs the work of a request; everything that is logged in it has its id. */
export const inRequest = <T>(id: string, work: () => T): T => scope.run(id, work);

/** The id of the request that is being worked on, if one is. */
export const currentRequest = (): string | undefined => scope.getStore();
