import type { z } from "zod";
import type { ConfigProblem } from "./config-error.ts";
import { configJsonSchema } from "./config-json-schema.ts";
import { member } from "./member.ts";
import { nearestName } from "./nearest-name.ts";

type Path = readonly PropertyKey[];

/** A document that a person writes: its JSON Schema, which knows what its members are called, and what it is called as a whole. */
export interface WrittenDocument {
  jsonSchema: () => unknown;
  whole: string;
}

const configFile: WrittenDocument = { jsonSchema: configJsonSchema, whole: "(the file)" };

/** The first ten things that zod found wrong with a document, by path and in words, as one text. */
export const problemText = (error: z.ZodError, content: unknown, written: WrittenDocument): string =>
  schemaProblems(error, content, written)
    .slice(0, 10)
    .map(({ path, message }) => `${path}: ${message}`)
    .join("; ");

/** Says what zod found in words for the person who wrote the file: the configuration, or another document. */
export function schemaProblems(
  error: z.ZodError,
  content: unknown,
  written: WrittenDocument = configFile,
): ConfigProblem[] {
  // What is of another type is not measured beside: a text has a length too.
  const mistyped = new Set(error.issues.filter(isOfOtherType).map(({ path }) => formatPath(path)));
  return error.issues
    .filter((issue) => isOfOtherType(issue) || !mistyped.has(formatPath(issue.path)))
    .flatMap((issue) => issueProblems(issue, content, written));
}

const isOfOtherType = ({ code }: z.core.$ZodIssue): boolean => code === "invalid_type";

function issueProblems(issue: z.core.$ZodIssue, content: unknown, written: WrittenDocument): ConfigProblem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownMember([...issue.path, key], content, written));
  const meant = isNamedUnion(issue) ? nearestShape(issue) : [];
  if (meant.length > 0)
    return meant.flatMap((inner) =>
      issueProblems({ ...inner, path: [...issue.path, ...inner.path] }, content, written),
    );
  return [
    {
      path: formatPath(issue.path) || written.whole,
      message: expectation(issue, valueAt(content, issue.path)),
    },
  ];
}

/** A union whose schema says in words what it expects; the others are those of secrets, of which nothing is quoted. */
const isNamedUnion = (issue: z.core.$ZodIssue): boolean =>
  issue.code === "invalid_union" && issue.message.startsWith("expected");

/** The problems with the shape that was probably meant: the one with the fewest, if the value is of its type at all. */
function nearestShape(union: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  const shapes = union.code === "invalid_union" ? union.errors : [];
  const size = (issues: readonly z.core.$ZodIssue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
  const ofType = shapes.filter((issues) =>
    issues.every(({ code, path }) => code === "unrecognized_keys" || path.length > 0),
  );
  return ofType.toSorted((one, other) => size(one) - size(other))[0] ?? [];
}

/** Writes a path as JavaScript would: `shops.stripe.secrets[0]`; of the whole it is empty. */
function formatPath(path: Path): string {
  const text = path.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return /^[\w$-]+$/.test(String(step)) ? `.${String(step)}` : `[${JSON.stringify(String(step))}]`;
  });
  return text.join("").replace(/^\./, "");
}

function expectation(issue: z.core.$ZodIssue, value: unknown): string {
  if (isNamedUnion(issue)) return issue.message;
  if (issue.code === "invalid_union")
    return "options" in issue && issue.options ? oneOf(issue.options, value) : notASecret(value);
  if (issue.code === "invalid_type" && issue.message.startsWith("Invalid input")) {
    const expected = `expected ${article(issue.expected)}`;
    if (issue.expected === "int" && typeof value === "number") return expected;
    return value === undefined
      ? `${expected}; it is missing`
      : `${expected}, not ${article(typeName(value))}`;
  }
  if (issue.code === "invalid_value") return oneOf(issue.values, value);
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  return boundText(issue);
}

/** What a schema expects of a value's size and form: in its own words, or in ours where it has none but zod's. */
export function boundText(issue: z.core.$ZodIssue): string {
  if (!/^(Invalid|Too) /.test(issue.message)) return issue.message;
  if (issue.code === "too_small") return `expected at least ${counted(issue.minimum, issue.origin)}`;
  if (issue.code === "too_big") return `expected at most ${counted(issue.maximum, issue.origin)}`;
  if (issue.code === "invalid_format") return `expected ${formats[issue.format] ?? "another form"}`;
  return issue.message;
}

function counted(limit: number | bigint, origin: string): string {
  const unit = { string: "character", array: "entr", record: "entr", object: "entr" }[origin];
  if (unit === undefined) return String(limit);
  const isOne = Number(limit) === 1;
  return `${limit} ${unit === "entr" ? (isOne ? "entry" : "entries") : isOne ? unit : `${unit}s`}`;
}

const formats: Readonly<Record<string, string>> = {
  date: "a day, such as 2027-03-01",
  datetime: "a time, such as 2027-03-01T00:00:00Z",
  email: "an e-mail address",
  url: "an address, such as https://acme.example/",
};

function oneOf(choices: readonly unknown[], value: unknown): string {
  const near = typeof value === "string" ? nearestName(value, choices.map(String)) : undefined;
  const hint = near === undefined ? "" : `; did you mean "${near}"?`;
  return `expected one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}${hint}`;
}

/** A secret is the only union in the file that no member tells apart. Its value may be the secret itself, so it is never quoted. */
function notASecret(value: unknown): string {
  const wanted = 'expected { "env": NAME } or { "file": PATH }';
  if (value === undefined) return `${wanted}; it is missing`;
  return typeof value === "string" ? `${wanted}, never the secret itself` : wanted;
}

function unknownMember(whole: Path, content: unknown, { jsonSchema }: WrittenDocument): ConfigProblem {
  const [path, key] = [whole.slice(0, -1), String(whole.at(-1))];
  const near = nearestName(key, knownMembers(jsonSchema(), path, valueAt(content, path)));
  const hint = near === undefined ? "" : `; did you mean "${near}"?`;
  return { path: formatPath(whole), message: `expected no member of this name${hint}` };
}

/** Follows a path through the JSON Schema to the object it leads to; of several, to those of the value's kind. */
function knownMembers(whole: unknown, path: Path, value: unknown): string[] {
  let schema = whole;
  for (const step of path) {
    const named = member(member(schema, "properties"), String(step));
    schema =
      typeof step === "number" ? member(schema, "items") : (named ?? member(schema, "additionalProperties"));
  }
  const branches = member(schema, "anyOf") ?? member(schema, "oneOf");
  const objects = Array.isArray(branches) ? branches.filter((branch) => mayBe(branch, value)) : [schema];
  return objects.flatMap((object) => Object.keys(Object(member(object, "properties"))));
}

function mayBe(branch: unknown, value: unknown): boolean {
  const kind = member(member(member(branch, "properties"), "kind"), "const");
  return kind === undefined || kind === member(value, "kind");
}

function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => member(value, step), content);
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function article(type: string): string {
  if (type === "null") return "null";
  if (type === "int") return "a whole number";
  if (type === "record") return "an object";
  return `${/^[aio]/.test(type) ? "an" : "a"} ${type}`;
}
