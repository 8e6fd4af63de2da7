import { Refusal } from "../words/refusal.ts";
import { type AppContext, requestHeader } from "./app-env.ts";
import { problemResponse } from "./problem.ts";
import { readBody } from "./request-body.ts";

/** How deep arrays and objects may be nested in a request. */
export const jsonDepthLimit = 64;

const jsonMediaType = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a JSON body before the schemas look at it, within the limits of length and depth, and puts the text
 * back for `c.req.json()`. A middleware of the routes that take JSON.
 *
 * @throws {Refusal} `body_too_large`, `request_invalid`
 */
export async function takeJson(c: AppContext, next: () => Promise<void>): Promise<Response | undefined> {
  if (!jsonMediaType.test(requestHeader(c, "content-type") ?? "")) {
    return problemResponse("media_type_unsupported", "The body must be application/json in UTF-8.", {
      accept: "application/json",
    });
  }
  const text = decode(await readBody(c));
  if (isNestedDeeper(text, jsonDepthLimit)) {
    throw new Refusal("request_invalid", `The body is nested deeper than ${jsonDepthLimit}.`);
  }
  c.req.raw = new Request(c.req.url, { method: c.req.method, headers: c.req.raw.headers, body: text });
  await next();
  return undefined;
}

/** True when brackets outside strings nest deeper than a limit. Reads text, so it costs no stack. */
export function isNestedDeeper(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (inString) {
      if (character === 0x5c) at++;
      else if (character === 0x22) inString = false;
    } else if (character === 0x22) inString = true;
    else if (character === 0x5b || character === 0x7b) {
      if (++depth > limit) return true;
    } else if (character === 0x5d || character === 0x7d) depth--;
  }
  return false;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new Refusal("request_invalid", "The body is not UTF-8.", { cause });
  }
}
