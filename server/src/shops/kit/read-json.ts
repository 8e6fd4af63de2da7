import type { z } from "zod";
import type { WebhookReading, WebhookRefusal } from "../shop.ts";

type Refused = Extract<WebhookReading, { outcome: "refused" }>;

/** Objects and arrays within each other. Shops' payloads have fewer than ten. */
export const maxDepth = 64;

// The mark at the beginning is kept, so that JSON.parse refuses it: RFC 8259 forbids senders to add one.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads the body of a delivery whose signature was found valid. The value is as JSON.parse gives it: a member named
 * `__proto__` is a plain member, which no schema here asks for. With `exactNumbers` every number is the text it was
 * written as, for shops that tell amounts in major units: as a float, 0.29 would be something else.
 */
export function readJson(
  body: Uint8Array,
  { exactNumbers = false } = {},
): { outcome: "value"; value: unknown } | Refused {
  if (isTooDeep(body)) return refused("body_too_deep");
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    return refused("body_not_utf8");
  }
  try {
    return { outcome: "value", value: exactNumbers ? parseExactly(text) : JSON.parse(text) };
  } catch {
    return refused("body_not_json");
  }
}

type Reviver = (name: string, value: unknown, context: { source?: string }) => unknown;

/** The source of a value is given to revivers since https://tc39.es/proposal-json-parse-with-source; TypeScript lacks it. */
function parseExactly(text: string): unknown {
  const reviver: Reviver = (_name, value, { source }) => (typeof value === "number" ? source : value);
  return JSON.parse(text, reviver as (name: string, value: unknown) => unknown);
}

/** Reads a payload by its schema; a refusal tells which members are wrong, and never repeats what stood in them. */
export function readPayload<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { outcome: "value"; value: z.output<Schema> } | Refused {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { outcome: "value", value: parsed.data }
    : refused("event_malformed", describeIssues(parsed.error.issues));
}

/** A refusal with an optional detail for the log. */
export function refused(because: WebhookRefusal, detail?: string): Refused {
  return detail === undefined ? { outcome: "refused", because } : { outcome: "refused", because, detail };
}

/** Walks the bytes once, without recursion. Quotes and brackets are ASCII, so UTF-8 need not be decoded for it. */
function isTooDeep(body: Uint8Array): boolean {
  if (countOf(body, 0x7b) + countOf(body, 0x5b) <= maxDepth) return false;
  let depth = 0;
  let inText = false;
  for (let index = 0; index < body.length; index++) {
    const byte = body[index];
    if (inText) {
      if (byte === 0x5c) index++;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) {
      inText = true;
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > maxDepth) return true;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--;
    }
  }
  return false;
}

/** How often a byte is there, `maxDepth` and one at the most: nearly all bodies have fewer brackets in all. */
function countOf(body: Uint8Array, byte: number): number {
  let count = 0;
  for (let at = body.indexOf(byte); at >= 0 && count <= maxDepth; at = body.indexOf(byte, at + 1)) count++;
  return count;
}

const plainName = /^[A-Za-z_]{1,40}$/;

function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const said = issues.slice(0, 5).map((issue) => {
    const path = issue.path.join(".") || "body";
    if (issue.code === "custom") return `${path}: ${issue.message}`;
    if (issue.code !== "unrecognized_keys") return `${path}: ${issue.code}`;
    // The name of a member is the sender's own text, so only a harmless one is repeated in a log.
    const names = issue.keys.slice(0, 5).map((key) => (plainName.test(key) ? key : "(unprintable)"));
    return `${path}: unknown ${names.join(", ")}`;
  });
  return said.join("; ");
}
