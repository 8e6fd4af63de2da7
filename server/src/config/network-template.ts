import { z } from "zod";

/** What a macro in a template's text looks like: `{order}`; `{reference?}` may be without a value. */
export const macroPattern = /\{([a-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)?)(\?)?\}/g;

/** The macros that every message has. `network.NAME` and `member.NAME` are settings of the network and of the partner in it. */
export const messageMacros = [
  "order",
  "order.key",
  "key",
  "shop",
  "product",
  "partner",
  "cycle",
  "cause",
  "currency",
  "reference",
  "conversion",
  "amount",
  "amount.minor",
  "amount.hundredths",
  "sale",
  "sale.minor",
  "sale.hundredths",
  "commission",
  "commission.minor",
  "commission.hundredths",
  "ordered",
  "ordered.seconds",
  "ordered.local",
  "ordered.us",
  "ordered.compact",
  "changed",
  "changed.seconds",
] as const;
/** One of them. */
export type MessageMacro = (typeof messageMacros)[number];

/** The names of the macros in a text. */
export const macrosIn = (text: string): string[] =>
  [...text.matchAll(macroPattern)].map(([, name = ""]) => name);

const macroText = z
  .string()
  .max(2_000, "expected at most 2000 characters")
  .superRefine((text, context) => {
    for (const name of macrosIn(text)) {
      if ((messageMacros as readonly string[]).includes(name) || /^(network|member)\./.test(name)) continue;
      context.addIssue({ code: "custom", message: `there is no macro {${name}}; see docs/networks.md` });
    }
  });

const fieldName = z
  .string()
  .regex(/^[^\p{Cc}{}]{1,100}$/u, "expected a name without braces, at most 100 characters");
const headerName = z.string().regex(/^[a-z0-9-]{1,60}$/, "expected the name of a header in lower case");

/** A value of a JSON body: its strings may have macros, and `{ "$number": "{amount}" }` is a number, digit for digit. */
export type JsonTemplate =
  | string
  | number
  | boolean
  | null
  | readonly JsonTemplate[]
  | { readonly [name: string]: JsonTemplate };

const jsonTemplate: z.ZodType<JsonTemplate> = z
  .lazy(() =>
    z.union(
      [
        macroText,
        z.number(),
        z.boolean(),
        z.null(),
        z.array(jsonTemplate),
        z.record(z.string(), jsonTemplate),
      ],
      "expected JSON; a text may have macros",
    ),
  )
  .meta({ id: "networkJson" });

const fields = z.record(fieldName, macroText);

/** Fields of a form: a text with macros, or JSON as the field's text. */
const formFields = z.record(fieldName, z.union([macroText, z.strictObject({ json: jsonTemplate })]));

const regex = z.string().max(500).refine(isRegex, "expected a regular expression");
const pointer = z
  .string()
  .regex(/^(\/([^~/]|~[01])*)*$/, "expected a JSON pointer (RFC 6901), such as /data/id");

/** What is looked for in an answer's body. */
const condition = z.union(
  [
    z.strictObject({ matches: regex }),
    z.strictObject({ pointer, is: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).min(1) }),
    z.strictObject({ pointer, exists: z.boolean() }),
  ],
  "expected { matches }, { pointer, is } or { pointer, exists }",
);

const answer = z.strictObject({
  status: z
    .array(z.int().min(200).max(299))
    .min(1)
    .optional()
    .describe("Which count as done; any from 200 to 299 if left out"),
  done: z.array(condition).default([]).describe("All must hold in the body of such an answer"),
  duplicate: z
    .array(condition)
    .default([])
    .describe("One that holds says the network knew it already, whatever the status"),
  retry: z
    .array(condition)
    .default([])
    .describe("One that holds says the network cannot now, whatever the status"),
  conversion: z
    .union([z.strictObject({ pointer: z.array(pointer).min(1) }), z.strictObject({ matches: regex })])
    .optional()
    .describe("Where the network's id of the conversion stands; the first group of an expression"),
});

const auth = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("basic"), user: macroText, password: macroText }),
  z.strictObject({ kind: z.literal("bearer"), token: macroText }),
  z.strictObject({ kind: z.literal("header"), name: headerName, value: macroText }),
  z.strictObject({ kind: z.literal("query"), name: fieldName, value: macroText }),
  z.strictObject({ kind: z.literal("digest"), user: macroText, password: macroText }),
  z.strictObject({
    kind: z.literal("dated-hash"),
    dateHeader: headerName,
    hashHeader: headerName,
    text: z
      .string()
      .describe("What SHA-256 is taken of; {date} is the time of sending, as in the date's header"),
  }),
]);

const body = z.union(
  [
    z.strictObject({ form: formFields }),
    z.strictObject({ json: jsonTemplate }),
    z.strictObject({ graphql: z.string().min(1).max(10_000), variables: z.record(z.string(), jsonTemplate) }),
  ],
  "expected { form }, { json } or { graphql, variables }",
);

/** A request for one effect. */
const call = z
  .strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    path: macroText.regex(/^\//, "expected a path that begins with a slash"),
    query: fields.default({}),
    headers: z.record(headerName, macroText).default({}),
    body: body.optional(),
    auth: auth.default({ kind: "none" }),
    answer: answer.prefault({}),
  })
  .meta({ id: "networkCall" });

/** An effect that the network does not offer to programs. */
const byHand = z.strictObject({
  byHand: macroText.min(10, "expected a sentence that says what to do and where"),
});

const effect = z
  .union([byHand, call], "expected a call with method and path, or { byHand: what to do and where }")
  .meta({ id: "networkEffect" });

/** The members of a template that say how each effect is told. */
export const effects = {
  convert: effect.describe("A partner earned a commission"),
  adjust: effect.describe("Something was refunded, or the commission changed"),
  reverse: effect.describe("Nothing is left of it"),
  test: call.optional().describe("As `convert`, where the network counts nothing"),
  onlyCurrency: macroText
    .optional()
    .describe("The one currency it takes amounts in; other orders are told by hand"),
};

const effectsSchema = z.object(effects);
/** How a network is told of each effect, as data. */
export type NetworkEffects = Readonly<z.input<typeof effectsSchema>>;
/** The same with every default filled in. */
export type ReadEffects = z.output<typeof effectsSchema>;
/** One request. */
export type Call = z.output<typeof call>;
/** How a request is authenticated. */
export type CallAuth = z.output<typeof auth>;
/** What an answer means. */
export type AnswerRules = z.output<typeof answer>;
/** What is looked for in a body. */
export type Condition = z.output<typeof condition>;

/** Fills in the defaults of a ready template. */
export const readEffects = (given: NetworkEffects): ReadEffects => effectsSchema.parse(given);

function isRegex(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
