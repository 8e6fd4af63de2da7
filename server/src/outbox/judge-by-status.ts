import type { OutboxResponse, Verdict } from "./adapter.ts";

const gone = 410;

/**
 * What an answer means where only its status counts: 2xx is delivered, 410 is a farewell, anything else is worth
 * another attempt, redirects too, since they are never followed. Retry-After is heeded.
 */
export function judgeByStatus({ status, headers }: OutboxResponse): Verdict {
  if (status >= 200 && status < 300) return { outcome: "delivered" };
  const problem = `http_${status}`;
  if (status === gone) return { outcome: "refused", problem };
  const seconds = retryAfterSeconds(headers);
  return { outcome: "retry", problem, ...(seconds === undefined ? {} : { afterSeconds: seconds }) };
}

/** Retry-After in seconds (RFC 9110, section 10.2.3); a date is passed over, since clocks differ. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const text = headers.get("retry-after") ?? "";
  return /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}
