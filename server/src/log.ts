/** Every event a log line can be about. Part of the outer contract. */
export const logEvents = [
  "server.listening",
  "server.stopping",
  "server.failed",
  "token.issued",
  "click.accepted",
  "click.rejected",
  "webhook.rejected",
  "webhook.duplicate",
  "webhook.failed",
  "registration.bound",
  "registration.conflict",
  "order.credited",
  "order.held",
  "order.unattributed",
  "order.reversed",
  "postback.delivered",
  "postback.failed",
] as const;
/** One of the events a log line can be about. */
export type LogEvent = (typeof logEvents)[number];

/** What a line says beside `time`, `level` and `event`. Never a token, licence, serial, address or secret. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Writes one JSON object a line. */
export interface Log {
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields, cause?: unknown): void;
  error(event: LogEvent, fields?: LogFields, cause?: unknown): void;
  /** Writes out what is buffered. */
  flush(): void;
}
