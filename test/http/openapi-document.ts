import type { openApp } from "./open-app.ts";

/** A JSON Schema as the document has it. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  minItems?: number;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  pattern?: string;
  format?: string;
  example?: unknown;
  examples?: unknown[];
  default?: unknown;
}

/** One operation with the path and method it stands under. */
export interface Operation {
  path: string;
  method: string;
  operationId: string;
  tags: string[];
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: "path" | "query" | "header"; required?: boolean; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema?: JsonSchema }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

/** The document of a running receiver. */
export interface ApiDocument {
  text: string;
  operations: Operation[];
  tags: string[];
  schemas: Record<string, JsonSchema>;
}

/** Asks a receiver for its document. */
export async function readDocument(
  receiver: Pick<Awaited<ReturnType<typeof openApp>>, "send">,
): Promise<ApiDocument> {
  const text = await (await receiver.send("GET", "/openapi.json")).text();
  const document = JSON.parse(text) as {
    paths: Record<string, Record<string, Omit<Operation, "path" | "method">>>;
    tags: { name: string }[];
    components: { schemas: Record<string, JsonSchema> };
  };
  return {
    text,
    operations: Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method })),
    ),
    tags: document.tags.map(({ name }) => name),
    schemas: document.components.schemas,
  };
}
