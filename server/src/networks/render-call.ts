import { createHash } from "node:crypto";
import type { Call, CallAuth } from "../config/network-template.ts";
import type { PreparedRequest } from "../outbox/adapter.ts";
import { asText, CannotFill, fill, fillAll, forHeader, forPath, forUrl, type MacroValues } from "./fill.ts";
import { renderJson } from "./render-json.ts";

/**
 * Renders one request of a template. `base` alone decides which host hears of it. A digest needs the network's
 * challenge first, so such a request leaves without authentication.
 *
 * @throws {CannotFill} when a value is missing or cannot stand where the template puts it
 */
export function renderCall(call: Call, base: URL, values: MacroValues, now: Date): PreparedRequest {
  const authentication = authenticate(call.auth, values, now);
  const query = renderPairs({ ...call.query, ...authentication.query }, values);
  const path = `${base.pathname.replace(/\/$/, "")}${fillAll(call.path, values, forPath)}`;
  const url = `${base.origin}${path}${query === "" ? "" : `?${query}`}`;
  if (url !== new URL(url).href) throw new CannotFill("the address it gives is not a plain one");
  const { type, text } = renderBody(call, values);
  return {
    method: call.method,
    url,
    headers: {
      accept: "application/json, */*",
      ...(type === undefined ? {} : { "content-type": type }),
      ...filledHeaders(call.headers, values),
      ...authentication.headers,
    },
    ...(text === undefined ? {} : { body: text }),
  };
}

function renderPairs(fields: Readonly<Record<string, string>>, values: MacroValues): string {
  const pairs = Object.entries(fields).flatMap(([name, text]) => {
    const value = fill(text, values, asText);
    return value === undefined ? [] : [`${forUrl(name)}=${forUrl(value)}`];
  });
  return pairs.join("&");
}

function filledHeaders(headers: Call["headers"], values: MacroValues): Record<string, string> {
  const filled = Object.entries(headers).flatMap(([name, text]) => {
    const value = fill(text, values, forHeader);
    return value === undefined ? [] : [[name, forHeader(value)] as const];
  });
  return Object.fromEntries(filled);
}

function renderBody({ body }: Call, values: MacroValues): { type?: string; text?: string } {
  if (body === undefined) return {};
  if ("form" in body)
    return { type: "application/x-www-form-urlencoded", text: renderForm(body.form, values) };
  if ("json" in body) return { type: "application/json", text: renderJson(body.json, values) };
  // The query is the template's own text: values travel as variables and can be nothing else.
  const { graphql, variables } = body;
  const text = `{"query":${JSON.stringify(graphql)},"variables":${renderJson(variables, values)}}`;
  return { type: "application/json", text };
}

type FormFields = Extract<NonNullable<Call["body"]>, { form: unknown }>["form"];

function renderForm(form: FormFields, values: MacroValues): string {
  const pairs = Object.entries(form).flatMap(([name, field]) => {
    const value = typeof field === "string" ? fill(field, values, asText) : renderJson(field.json, values);
    return value === undefined ? [] : [[name, value]];
  });
  return new URLSearchParams(pairs).toString();
}

interface Authentication {
  headers: Record<string, string>;
  query?: Record<string, string>;
}

function authenticate(auth: CallAuth, values: MacroValues, now: Date): Authentication {
  const text = (template: string) => fillAll(template, values, asText);
  switch (auth.kind) {
    case "none":
    case "digest":
      return { headers: {} };
    case "basic":
      return { headers: { authorization: basic(text(auth.user), text(auth.password)) } };
    case "bearer":
      return { headers: { authorization: forHeader(`Bearer ${text(auth.token)}`) } };
    case "header":
      return { headers: { [auth.name]: forHeader(text(auth.value)) } };
    case "query":
      return { headers: {}, query: { [auth.name]: auth.value } };
    case "dated-hash": {
      const date = now.toUTCString();
      const hashed = text(auth.text.replaceAll("{date}", date));
      return {
        headers: {
          [auth.dateHeader]: date,
          [auth.hashHeader]: createHash("sha256").update(hashed).digest("hex").toUpperCase(),
        },
      };
    }
  }
}

/** RFC 7617: a colon in the name would begin the password. */
function basic(user: string, password: string): string {
  if (user.includes(":")) throw new CannotFill("a user's name has no colon");
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
