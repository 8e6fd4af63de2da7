import { type ProblemCode, problemMediaType, problems } from "./problem.ts";
import { problemSchema } from "./schemas.ts";

/** The refusals of a route for the OpenAPI document, gathered by status: a status may stand for several codes. */
export function refusals(...codes: readonly ProblemCode[]) {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const answers: Record<string, { description: string; content: typeof problemContent }> = {};
  for (const [status, those] of byStatus) {
    answers[status] = {
      description: those.map((code) => `\`${code}\`: ${problems[code].title}`).join("; "),
      content: problemContent,
    };
  }
  return answers;
}

/** A JSON answer for the OpenAPI document. */
export function answer<Schema>(description: string, schema: Schema) {
  return { description, content: { "application/json": { schema } } };
}

/** A JSON body for the OpenAPI document; required, so it is validated whatever its media type says. */
export function jsonBody<Schema>(schema: Schema) {
  return { required: true as const, content: { "application/json": { schema } } };
}

const problemContent = { [problemMediaType]: { schema: problemSchema } };
