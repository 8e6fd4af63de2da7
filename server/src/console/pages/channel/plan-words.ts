import { kindIn } from "../../../pages/field-values.ts";
import type { Field, FormNode, Group, Scope } from "../../../pages/form-node.ts";
import { scopeOf } from "../../../pages/nested-form.ts";
import { type PlanProblem, planForm } from "../../../plans/plan-form.ts";
import type { ConsoleSpeech, Desk, DeskText } from "../kit/desk.ts";
import type { FormWords } from "../kit/nested-fields.ts";

const texts = {
  label: (member: string) => `f_${member}`,
  hint: (member: string) => `h_${member}`,
} as const;

/** A text by the names on the way to a member: one for the member within its list stands before one for the member alone. */
function textBy(say: ConsoleSpeech, kind: keyof typeof texts, names: readonly string[]): string | undefined {
  const [list = "", name = ""] = names.length > 1 ? names.slice(-2) : ["", names[0]];
  const text = [texts[kind](`${list}_${name}`), texts[kind](name)].find((one) => say.has(one));
  return text === undefined ? undefined : say.say(text as DeskText);
}

/** The name of a member; one that has no words yet is called as in the document. */
export const memberText = ({ say }: Pick<Desk, "say">, names: readonly string[]): string =>
  textBy(say, "label", names) ?? names.at(-1) ?? "";

/** Values whose words other pages use too, by the member. */
const shared: Readonly<Record<string, string>> = {
  promise: "promise",
  kinds: "line",
  partnerKinds: "partner",
};

function optionText({ say }: Pick<Desk, "say">, names: readonly string[], value: string): string {
  const name = names.at(-1) ?? "";
  const own = `o_${name}_${value}`;
  const texts = Object.hasOwn(shared, name) ? [`${shared[name]}_${value}`, own] : [own];
  const text = texts.find((one) => say.has(one));
  return text === undefined ? value : say.say(text as DeskText);
}

/** The words of the form of a plan. */
export function planWords(desk: Desk): FormWords {
  const { say } = desk;
  return {
    label: (names) => memberText(desk, names),
    hint: (names) => textBy(say, "hint", names),
    option: (names, value) => optionText(desk, names, value),
    unchosen: say.say("form_unchosen"),
    units: say.say("form_units"),
    add: ([name = ""]) => {
      const text = `form_add_${name}`;
      return say.has(text) ? say.say(text) : say.say("form_more");
    },
    more: say.say("form_more"),
    remove: say.say("form_remove"),
    up: say.say("form_up"),
    down: say.say("form_down"),
    rowDeed: (deed, row) => say.say(`form_${deed}_row`, { row }),
    row: (at, name) =>
      name === ""
        ? say.say("form_row", { number: say.number(at + 1) })
        : say.say("form_row_named", { number: say.number(at + 1), name }),
    kept: (names) => say.say("form_kept", { names }),
  };
}

/** What is wrong, in words. */
export const problemWords = ({ say }: Pick<Desk, "say">, { text, values }: PlanProblem): string =>
  say.has(text) ? say.say(text, values) : text;

/** Where a place of the form is, in words: `Rules › 2 › Percentage`. */
export function placeWords(desk: Pick<Desk, "say">, path: string): string {
  if (path === "") return desk.say.say("form_general");
  const names: string[] = [];
  const words = path.split(".").map((part) => {
    if (/^\d+$/.test(part)) return desk.say.number(Number(part) + 1);
    names.push(part);
    return memberText(desk, names);
  });
  return words.join(" › ");
}

/** What stands before decimals in the reader's language. */
export const decimalOf = ({ say }: Pick<Desk, "say">): Scope["decimal"] =>
  say.number(1.5).includes(",") ? "," : ".";

/** One thing that a plan says: where, and what, in words. */
export interface PlanLine {
  /** The same in two versions for what is the same thing: rules go by their names, amounts by their currencies. */
  key: string;
  where: readonly string[];
  what: string;
}

const identities = ["rule", "term", "currency", "from", "at"] as const;

/** A part of the form of a plan, and the names on the way to it. */
export interface PlanPart {
  node: FormNode;
  names: readonly string[];
}

/** A list of a plan. */
export function listIn(list: string): PlanPart {
  const node = planForm.members.find(({ name }) => name === list)?.node;
  if (node === undefined) throw new TypeError(`a plan has no ${list}`);
  return { node, names: [list] };
}

/** One row of a list of a plan. */
export function rowOf(list: string): PlanPart {
  const { node, names } = listIn(list);
  return { node: node.shape === "rows" ? node.of : node, names };
}

/** What a plan says, or a part of it, line by line: what is left out or as by default is not in it. */
export const linesOf = (
  desk: Pick<Desk, "say">,
  value: unknown,
  { node, names }: PlanPart = { node: planForm, names: [] },
): PlanLine[] => lines(desk, node, value, { key: "", where: [], names, scope: { decimal: "." } });

interface At {
  key: string;
  where: readonly string[];
  names: readonly string[];
  scope: Scope;
}

function lines(desk: Pick<Desk, "say">, node: FormNode, value: unknown, at: At): PlanLine[] {
  if (node.shape === "field")
    return [{ key: at.key, where: at.where, what: valueText(desk, node, value, at) }];
  if (node.shape === "group") return groupLines(desk, node, value as Record<string, unknown>, at);
  return (value as Record<string, unknown>[]).flatMap((row, index) => {
    const name = identities.map((one) => row[one]).find((one) => one !== undefined);
    const scope = scopeOf(row, at.scope);
    const inner = node.of.members.find(
      (one) => row[one.name] === name && identities.includes(one.name as never),
    );
    const shown =
      inner?.node.shape === "field"
        ? valueText(desk, inner.node, name, { ...at, names: [...at.names, inner.name], scope })
        : desk.say.number(index + 1);
    const key = `${at.key}/${String(name ?? index)}`;
    return groupLines(desk, node.of, row, { ...at, key, where: [...at.where, shown], scope });
  });
}

function groupLines(
  desk: Pick<Desk, "say">,
  group: Group,
  value: Record<string, unknown>,
  at: At,
): PlanLine[] {
  const scope = scopeOf(value, at.scope);
  return group.members.flatMap(({ name, node, byDefault }) => {
    const one = value[name];
    if (one === undefined || (byDefault !== undefined && JSON.stringify(one) === JSON.stringify(byDefault)))
      return [];
    const names = [...at.names, name];
    const where = [...at.where, memberText(desk, names)];
    return lines(desk, node, one, { key: `${at.key}/${name}`, where, names, scope });
  });
}

function valueText(
  desk: Pick<Desk, "say">,
  { as }: Field,
  value: unknown,
  { names, scope }: Pick<At, "names" | "scope">,
): string {
  const { say } = desk;
  const kind = kindIn(as, scope);
  if (kind === "choice") return optionText(desk, names, String(value));
  if (kind === "choices")
    return (value as readonly string[]).map((one) => optionText(desk, names, one)).join(", ");
  if (kind === "words") return (value as readonly string[]).join(", ");
  if (kind === "percent") return say.percent(value as number);
  if (kind === "whole") return say.number(value as number);
  if (kind === "money" && scope.currency !== undefined) return say.money(value as number, scope.currency);
  return String(value);
}

/** What differs between two plans, in words; null where one says nothing there. */
export interface PlanChange {
  where: string;
  before: string | null;
  after: string | null;
}

/** What differs between two versions of a plan, in the order of the newer one; then what is gone. */
export function changesBetween(desk: Pick<Desk, "say">, before: unknown, after: unknown): PlanChange[] {
  const [older, newer] = [before, after].map((one) => [
    ...(one === undefined ? [] : linesOf(desk, one)),
    ...orders(desk, one),
  ]) as [PlanLine[], PlanLine[]];
  const byKey = (all: readonly PlanLine[]) => new Map(all.map((one) => [one.key, one]));
  const [was, is] = [byKey(older), byKey(newer)];
  return [
    ...newer
      .filter(({ key, what }) => was.get(key)?.what !== what)
      .map(({ key, where, what }) => ({
        where: where.join(" › "),
        before: was.get(key)?.what ?? null,
        after: what,
      })),
    ...older
      .filter(({ key }) => !is.has(key))
      .map(({ where, what }) => ({ where: where.join(" › "), before: what, after: null })),
  ];
}

/** The order of rules is a thing that a plan says too: the first that fits pays. */
function orders(desk: Pick<Desk, "say">, document: unknown): PlanLine[] {
  return (["rules", "overrides"] as const).flatMap((name) => {
    const rules = (document as Record<string, { rule: string }[]> | undefined)?.[name] ?? [];
    if (rules.length < 2) return [];
    const where = [memberText(desk, [name]), desk.say.say("changed_place")];
    return [{ key: `order of ${name}`, where, what: rules.map(({ rule }) => rule).join(", ") }];
  });
}
