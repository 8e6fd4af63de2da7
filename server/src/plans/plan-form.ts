import type { z } from "zod";
import type { FieldKind, FormNode, Group, Member, Scope, Sheet } from "../pages/form-node.ts";
import { formOf, sheetOf } from "../pages/nested-form.ts";
import { documentOf, inside } from "../pages/sheet.ts";
import { planJsonSchema, planSchema } from "./plan-schema.ts";

/** What is counted in a term: money or units. */
const measured: Readonly<Record<string, readonly string[]>> = {
  terms: ["threshold", "ownThreshold"],
  tiers: ["from"],
  bonuses: ["at"],
};

function numberKind(name: string, list: string): FieldKind {
  if (/bp$/i.test(name)) return "percent";
  if (name.endsWith("Minor")) return "money";
  return measured[list]?.includes(name) === true ? "measure" : "whole";
}

/** The form of a plan, made from its schema. */
export const planForm: Group = formOf(planJsonSchema(), numberKind);

/** What is wrong at a place of the form. */
export interface PlanProblem {
  /** `rules.0.pay.rateBp`; empty for the plan as a whole. */
  path: string;
  /** A text's name. */
  text: string;
  values: Readonly<Record<string, string | number>>;
}

/** A plan as a form's fields. @param decimal what stands before decimals in the reader's language */
export const planSheet = (document: unknown, decimal: Scope["decimal"]): Sheet =>
  sheetOf(planForm, document, { decimal });

/** The plan that a form's fields stand for, and all that is wrong with it, in the order of the form. */
export function readPlanSheet(
  sheet: Sheet,
  decimal: Scope["decimal"],
): { document: Record<string, unknown>; problems: PlanProblem[] } {
  const typed = new Map<string, string>();
  const document = documentOf(planForm, sheet, { scope: { decimal }, problems: typed });
  const problems = new Map<string, PlanProblem>(
    [...typed].map(([path, text]) => [path, { path, text, values: {} }]),
  );
  for (const one of planProblems(document)) if (!problems.has(one.path)) problems.set(one.path, one);
  const order = placesOf(planForm, sheet);
  return {
    document,
    problems: [...problems.values()].sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path)),
  };
}

/** What is wrong with a document, each at the place of the form that it is about. */
export function planProblems(document: unknown): PlanProblem[] {
  const read = planSchema.safeParse(document, { reportInput: true });
  return read.success ? [] : read.error.issues.map((issue) => problemOf(issue));
}

type Issue = z.core.$ZodIssue;

function problemOf(issue: Issue): PlanProblem {
  const { at = [], insteadOf = 0 } = issue.code === "custom" ? (issue.params ?? {}) : {};
  const whole = [...issue.path.slice(0, issue.path.length - insteadOf), ...at].map(String);
  const { path, name } = placeOf(whole);
  return { path, ...textOf(issue, name) };
}

/** The place of the form that is nearest to a path of the document: an element of a list of words has none of its own. */
function placeOf(whole: readonly string[]): { path: string; name: string } {
  let [node, path, name]: [FormNode, string, string] = [planForm, "", ""];
  for (const part of whole) {
    const member: Member | undefined =
      node.shape === "group" ? node.members.find((one) => one.name === part) : undefined;
    if (node.shape === "rows") node = node.of;
    else if (member === undefined) break;
    else ({ node, name } = member);
    path = inside(path, part);
  }
  return { path, name };
}

const formats: Readonly<Record<string, string>> = {
  name: "problem_line",
  currency: "problem_currency",
  countries: "problem_country",
  soldFrom: "problem_day",
  soldUntil: "problem_day",
};

function textOf(issue: Issue, name: string): Pick<PlanProblem, "text" | "values"> {
  const said = (text: string, values: PlanProblem["values"] = {}) => ({ text, values });
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? said("problem_missing")
        : said("problem_kept", { value: JSON.stringify(issue.input).slice(0, 100) });
    case "invalid_value":
      return said(issue.input === undefined ? "problem_missing" : "problem_choice");
    case "too_small":
      return said(issue.origin === "array" ? "problem_none" : "problem_low");
    case "too_big":
      return issue.origin === "array"
        ? said("problem_many", { most: Number(issue.maximum) })
        : said(numberKind(name, "") === "percent" ? "problem_percent" : "problem_high");
    case "invalid_format":
      return said(formats[name] ?? "problem_name");
    case "unrecognized_keys":
      return said("problem_unknown", { names: issue.keys.join(", ").slice(0, 200) });
    case "custom":
      if (typeof issue.params?.text === "string") return said(issue.params.text);
  }
  return said("problem_other", { message: issue.message });
}

/** Every place of a form as it is filled in, from top to bottom. */
function placesOf(group: Group, { entries }: Sheet, path = ""): string[] {
  return [
    path,
    ...group.members.flatMap(({ name, node }) => {
      const [entry, at] = [entries[name], inside(path, name)];
      if (node.shape === "field" || entry === undefined) return [at];
      if (node.shape === "group") return placesOf(node, entry as Sheet, at);
      return [at, ...(entry as Sheet[]).flatMap((row, index) => placesOf(node.of, row, inside(at, index)))];
    }),
  ];
}
