import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issuePartnerKey } from "../../server/src/access/partner-keys.ts";
import { seededRandom } from "../faults/random.ts";
import { adminToken, openApp } from "./open-app.ts";
import { type ApiDocument, type Operation, readDocument } from "./openapi-document.ts";
import { type Chance, pick, sample, sampleText } from "./openapi-samples.ts";

const rounds = Number(process.env.OPENAPI_FUZZ_ROUNDS ?? 5);

let receiver: Awaited<ReturnType<typeof openApp>>;
let document: ApiDocument;
/** Keys of one partner: each has a rate, so requests take turns. */
let keys: string[];
const answers = new Ajv2020({ strict: false, allErrors: false });
addFormats.default(answers);
beforeAll(async () => {
  receiver = await openApp();
  await receiver.admin("POST", "/v1/partners", { id: "north", name: "North" });
  keys = await Promise.all(
    Array.from(
      { length: 4 + 2 * rounds },
      async () => (await issuePartnerKey(receiver.deps, { partner: "north" })).key,
    ),
  );
  document = await readDocument(receiver);
  answers.addSchema(JSON.parse(document.text), "document");
});
afterAll(() => receiver.close());

describe("the OpenAPI document", () => {
  it("is clean to redocly's recommended rules", async () => {
    const config = await createConfig({
      extends: ["recommended"],
      rules: {
        // A renewal link redirects, and what machines ask has nothing to refuse.
        "operation-2xx-response": "off",
        "operation-4xx-response": "off",
        // The scheme of people's sessions stands there before the first page that asks for one.
        "no-unused-components": "off",
      },
    });
    const source = document.text;
    const problems = await lintFromString({ source, config, absoluteRef: "openapi.json" });
    expect(
      problems.map(({ ruleId, location, message }) => `${ruleId} ${location[0]?.pointer} ${message}`),
    ).toEqual([]);
  });

  it("names every tag it uses, and every operation once", () => {
    const used = new Set(document.operations.flatMap(({ tags }) => tags));
    expect([...used].filter((tag) => !document.tags.includes(tag))).toEqual([]);
    const names = document.operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain(undefined);
  });
});

describe("whatever is sent to an operation", () => {
  it("is answered as the document says, and never with a failure of the receiver", async () => {
    const { seed, next: chance } = seededRandom("odd requests");
    const odd = new Map<string, string>();
    const asked = document.operations.flatMap((operation) =>
      Array.from({ length: rounds }, () => ({ operation, request: oddRequest(operation, chance) })),
    );
    // Many at once, since a wrong bearer waits for its answer.
    while (asked.length > 0)
      await Promise.all(
        asked.splice(0, 200).map(async ({ operation, request }) => {
          const wrong = await judge(operation, request);
          if (wrong !== undefined)
            odd.set(`${operation.method} ${operation.path}: ${wrong.what}`, wrong.sent);
        }),
      );
    expect([...odd], `seed ${seed}`).toEqual([]);
  });
});

function oddRequest(operation: Operation, chance: Chance) {
  const { path, body, type } = requestOf(operation, chance);
  const headers: Record<string, string> = { ...(type && { "content-type": type }) };
  const ofPartner = operation.path.startsWith("/v1/partner/");
  if (chance() < 0.9) headers.authorization = `Bearer ${ofPartner ? pick(keys, chance) : adminToken}`;
  return { path, body, headers };
}

async function judge(
  operation: Operation,
  { path, body, headers }: ReturnType<typeof oddRequest>,
): Promise<{ what: string; sent: string } | undefined> {
  const { method, responses } = operation;
  const response = await receiver.send(method.toUpperCase(), path, body, headers);
  const sent = `${path} ${body ?? ""}`.slice(0, 400);
  const text = await response.text();
  const { status } = response;
  if (status >= 500 && responses[status] === undefined) return { what: `${status}`, sent };
  const documented = responses[status] ?? responses[`${String(status)[0]}XX`] ?? responses.default;
  // An odd path may be no path at all: `..` is folded away before a route is looked for.
  if (documented === undefined && !(status === 404 && path.includes("%")))
    return { what: `${status} is not in the document`, sent };
  const named = Object.entries(responses).find(([, one]) => one === documented)?.[0];
  const what = named === undefined ? undefined : wrongBody(operation, named, response, text);
  return what === undefined
    ? undefined
    : { what: `${status}: ${what}`, sent: `${sent} -> ${text.slice(0, 300)}` };
}

/** What is wrong with an answer's type and body, by what the document says of its status. */
function wrongBody(
  { method, path, responses }: Operation,
  status: string,
  response: Response,
  text: string,
): string | undefined {
  const content = responses[status]?.content;
  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  if (content === undefined)
    return text === "" || type === "text/plain" ? undefined : `a body of ${type} is not in the document`;
  if (content[type] === undefined) return `${type} is not in the document`;
  if (!/json$/.test(type)) return undefined;
  const escaped = [path, method, "responses", status, "content", type, "schema"].map((part) =>
    encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")),
  );
  const validate = answers.getSchema(`document#/paths/${escaped.join("/")}`);
  if (validate === undefined) return "the document has no schema";
  if (validate(JSON.parse(text))) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath} ${error?.message}`;
}

function requestOf({ path, parameters = [], requestBody }: Operation, chance: Chance) {
  const { schemas } = document;
  let address = path;
  const query: string[] = [];
  for (const { name, in: where, required, schema } of parameters) {
    if (where === "path") address = address.replace(`{${name}}`, sampleText(schema, schemas, chance) || "x");
    if (where === "query" && (required || chance() < 0.6))
      query.push(`${name}=${sampleText(schema, schemas, chance)}`);
  }
  const whole = query.length > 0 ? `${address}?${query.join("&")}` : address;
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined) return { path: whole };
  const value = sample(content?.schema ?? {}, schemas, chance);
  return {
    path: whole,
    type,
    body: type !== "application/json" && typeof value === "string" ? value : JSON.stringify(value),
  };
}
