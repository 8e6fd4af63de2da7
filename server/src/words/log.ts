/** Every event a log line can be about. Part of the outer contract. */
export const logEvents = [
  "server.listening",
  "server.stopping",
  "server.failed",
  "server.warning",
  "token.issued",
  "click.accepted",
  "click.rejected",
  "webhook.rejected",
  "webhook.duplicate",
  "webhook.failed",
  "audit.recorded",
  "statement.closed",
  "request.unauthorized",
  "registration.bound",
  "registration.conflict",
  "licence.unchecked",
  "pepper.rotated",
  "order.credited",
  "order.held",
  "order.unattributed",
  "order.reversed",
  "order.corrected",
  "loss.waiting",
  "reward.changed",
  "dispute.opened",
  "dispute.due",
  "postback.delivered",
  "postback.failed",
  "mail.sent",
  "mail.failed",
  "session.started",
  "session.refused",
] as const;
/** One of the events a log line can be about. */
export type LogEvent = (typeof logEvents)[number];

/**
 * Names a line may have beside `time`, `level` and `event`. Whatever has another name does not compile, and is left
 * out when it is passed all the same: so a token, licence, serial, address or secret is never written by mistake.
 */
export const logFieldNames = [
  "shop",
  "order",
  "partner",
  "reason",
  "evidence",
  "amountMinor",
  "currency",
  "outcome",
  "cause",
  "product",
  "reference",
  "jti",
  "kid",
  "claimedBy",
  "eventId",
  "effect",
  "type",
  "detail",
  "code",
  "url",
  "host",
  "port",
  "signal",
  "method",
  "route",
  "many",
  "status",
  "attempt",
  "destination",
  "suspicions",
  "actor",
  "action",
  "subject",
] as const;
/** One of the names a line may have. */
export type LogFieldName = (typeof logFieldNames)[number];

/** What a line says beside `time`, `level` and `event`. Never a token, licence, serial, address or secret. */
export type LogFields = { readonly [Name in LogFieldName]?: string | number | boolean | null | undefined };

/** Writes one JSON object a line. */
export interface Log {
  /** What happens in the course of things. `LogFields` beside the event. */
  info(event: LogEvent, fields?: LogFields): void;
  /**
   * What somebody should look at. `cause`: what was thrown; its words are written as `error`, with those of its
   * causes.
   */
  warn(event: LogEvent, fields?: LogFields, cause?: unknown): void;
  /** What failed and needs a person. `cause` as for `warn`. */
  error(event: LogEvent, fields?: LogFields, cause?: unknown): void;
  /** Writes out what is buffered. */
  flush(): void;
}
