import type { AnswerRules, Condition } from "../config/network-template.ts";
import type { OutboxResponse, Verdict } from "../outbox/adapter.ts";
import { retryAfterSeconds } from "../outbox/judge-by-status.ts";

/**
 * Says what a network's answer means: by its status, and by its body, since many answer 200 to what they refuse.
 * What cannot be helped by sending it again is refused; wrong credentials are the vendor's to correct meanwhile.
 */
export function judgeAnswer({ status, headers, body }: OutboxResponse, rules: AnswerRules): Verdict {
  const content = parse(body);
  const holds = (condition: Condition) => holdsIn(condition, body, content);
  if (rules.duplicate.some(holds)) return delivered(rules, body, content);
  if (rules.retry.some(holds)) return { outcome: "retry", problem: "body_busy", ...retryAfter(headers) };
  const isDone = rules.status?.includes(status) ?? (status >= 200 && status < 300);
  if (isDone && rules.done.every(holds)) return delivered(rules, body, content);
  if (isDone) return { outcome: "refused", problem: "body_refused" };
  const mayPass = status >= 500 || [401, 403, 407, 408, 409, 421, 423, 425, 429].includes(status);
  const problem = `http_${status}`;
  return mayPass ? { outcome: "retry", problem, ...retryAfter(headers) } : { outcome: "refused", problem };
}

const absent = Symbol("absent");

function holdsIn(condition: Condition, body: string, content: unknown): boolean {
  if ("matches" in condition) return new RegExp(condition.matches, "u").test(body);
  const value = valueAt(content, condition.pointer);
  if ("exists" in condition)
    return (value !== absent && value !== null && !isEmptyList(value)) === condition.exists;
  return condition.is.some((wanted) => wanted === value);
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

function delivered(rules: AnswerRules, body: string, content: unknown): Verdict {
  const conversionId = conversionIn(rules.conversion, body, content);
  return { outcome: "delivered", ...(conversionId === undefined ? {} : { conversionId }) };
}

/** The network's own id, if it is text that can be kept, shown and sent back. */
function conversionIn(rule: AnswerRules["conversion"], body: string, content: unknown): string | undefined {
  if (rule === undefined) return undefined;
  const found =
    "matches" in rule
      ? [new RegExp(rule.matches, "u").exec(body)?.[1]]
      : rule.pointer.map((pointer) => valueAt(content, pointer));
  return found
    .filter((value) => typeof value === "string" || Number.isSafeInteger(value))
    .map(String)
    .find((text) => /^[\x21-\x7e]{1,200}$/.test(text));
}

/** What a JSON pointer leads to (RFC 6901). */
function valueAt(content: unknown, pointer: string): unknown {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  return steps.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string, unknown>)[step]
        : absent,
    content,
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return absent;
  }
}

/** When the network asks to be left alone until. */
function retryAfter(headers: Headers): { afterSeconds?: number } {
  const afterSeconds = retryAfterSeconds(headers);
  return afterSeconds === undefined ? {} : { afterSeconds };
}
