import { type AppContext, requestHeader } from "./app-env.ts";
import { takeJson } from "./json-body.ts";
import { readBody } from "./request-body.ts";

const csvMediaType = /^text\/csv\s*(?:;\s*(?:charset="?utf-8"?|header="?\w+"?)\s*)*$/i;

/** Reads the body as CSV (`c.get("csv")`) where it says that it is, else as JSON. */
export async function takeJsonOrCsv(c: AppContext, next: () => Promise<void>): Promise<Response | undefined> {
  if (!csvMediaType.test(requestHeader(c, "content-type") ?? "")) return takeJson(c, next);
  c.set("csv", await readBody(c));
  await next();
  return undefined;
}
