import { kindIn } from "../../../pages/field-values.ts";
import {
  blankSheet,
  type Entry,
  type Field,
  type Group,
  type Member,
  type Rows,
  restName,
  type Scope,
  type Sheet,
  spareRow,
} from "../../../pages/form-node.ts";
import { type Attributes, attributes, type Html, html } from "../../../pages/html.ts";
import { scopeOf } from "../../../pages/nested-form.ts";
import { currencyIn, inside, type SheetProblems } from "../../../pages/sheet.ts";

/** The words of a form, by the names on the way to a member. */
export interface FormWords {
  label(names: readonly string[]): string;
  hint(names: readonly string[]): string | undefined;
  /** A value of a choice. */
  option(names: readonly string[], value: string): string;
  /** The blank option of a choice that has to be made. */
  unchosen: string;
  /** What is counted where it is not money. */
  units: string;
  add(names: readonly string[]): string;
  /** One more blank line. */
  more: string;
  remove: string;
  up: string;
  down: string;
  /** Of what a button does with a row, for those who do not see where it stands. */
  rowDeed(deed: "remove" | "up" | "down", row: string): string;
  row(at: number, name: string): string;
  /** What stays of the text that no field can show. */
  kept(names: string): string;
}

/** What is drawn: where things are wrong, and where one goes on. */
export interface FormView {
  words: FormWords;
  problems: SheetProblems;
  /** The place that has the focus: the first that is wrong, or the one that a button was about. */
  focus: string | undefined;
}

interface Place {
  path: string;
  /** The path without the numbers of rows. */
  names: readonly string[];
  scope: Scope;
  /** Whether the currency stands in the same line. */
  hasCurrency?: boolean;
}

const fieldNames = ["rule", "term", "name"] as const;

/** The fields of a group, one below the other; those of one value stand side by side. */
export function groupFields(view: FormView, group: Group, sheet: Sheet, outer: Place): Html {
  const scope = scopeOf(currencyIn(sheet.entries), outer.scope);
  const parts: Html[] = [];
  let line: Html[] = [];
  const endLine = () => {
    if (line.length > 0) parts.push(html`<div class="fields">${line}</div>`);
    line = [];
  };
  for (const member of group.members) {
    const drawn = memberFields(view, member, sheet, placeIn({ ...outer, scope }, member.name));
    if (member.node.shape === "field" && member.node.as !== "choices") {
      line.push(drawn);
      continue;
    }
    endLine();
    parts.push(drawn);
  }
  endLine();
  return html`${keptFields(view, sheet, outer)}${parts}`;
}

const placeIn = (place: Place, name: string): Place => ({
  ...place,
  path: inside(place.path, name),
  names: [...place.names, name],
});

/** What no field shows is sent along unseen, and named. */
function keptFields({ words, problems }: FormView, { rest }: Sheet, { path }: Place): Html | undefined {
  const names = Object.keys(rest);
  if (names.length === 0) return undefined;
  const told = names.filter((one) => !one.startsWith("$"));
  return html`<input type="hidden" name="${inside(path, restName)}" value="${JSON.stringify(rest)}">${
    told.length > 0 && html`<p class="hint">${words.kept(told.join(", "))}</p>`
  }${path === "" && problemText(problems, "")}`;
}

function memberFields(view: FormView, member: Member, sheet: Sheet, place: Place): Html {
  const { node, name } = member;
  const entry = sheet.entries[name];
  if (node.shape === "group")
    return innerGroup(view, member, node, (entry as Sheet | undefined) ?? blankSheet, place);
  const rows = (entry as readonly Sheet[] | undefined) ?? [];
  if (node.shape === "rows")
    return node.isLines ? lines(view, node, rows, place) : cards(view, node, rows, place);
  if (node.as === "choices") return ticks(view, node, (entry as readonly string[] | undefined) ?? [], place);
  return oneField(view, member, node, (entry as string | undefined) ?? "", {
    ...place,
    hasBlank: entry === undefined && Object.hasOwn(sheet.rest, name),
  });
}

const isUnder = (path: string, at: string | undefined): boolean =>
  at !== undefined && (at === path || at.startsWith(`${path}.`));

/** Whether something was entered, is wrong or has the focus there: then it stands open. */
function isOpen({ problems, focus }: FormView, { path }: Place, entry: Entry): boolean {
  return countIn(entry) > 0 || isUnder(path, focus) || [...problems.keys()].some((at) => isUnder(path, at));
}

function countIn(entry: Entry): number {
  if (typeof entry === "string") return entry.trim() === "" ? 0 : 1;
  if (Array.isArray(entry)) return entry.length;
  const { entries, rest } = entry as Sheet;
  return Object.values(entries).filter((one) => countIn(one) > 0).length + Object.keys(rest).length;
}

function innerGroup(view: FormView, { isRequired }: Member, group: Group, sheet: Sheet, place: Place): Html {
  const { words } = view;
  const isRange = group.members.every(({ name }) => name === "min" || name === "max");
  const content = groupFields(view, group, sheet, place);
  const label = words.label(place.names);
  if (isRequired || isRange)
    return html`<fieldset${trouble(view, place, isRange ? "range" : "part")}><legend>${label}</legend>${problemText(view.problems, place.path)}${hintText(words, place)}${content}</fieldset>\n`;
  const count = countIn(sheet);
  return html`<details${attributes({ class: "part", open: isOpen(view, place, sheet) })}><summary>${label}${count > 0 && html` <span class="count">${count}</span>`}</summary><fieldset${trouble(view, place, "inner")}><legend class="unseen">${label}</legend>${problemText(view.problems, place.path)}${hintText(words, place)}${content}</fieldset></details>\n`;
}

/** Rows that are a line each, with a blank one below. */
function lines(view: FormView, { of, most }: Rows, rows: readonly Sheet[], place: Place): Html {
  const { words } = view;
  const label = words.label(place.names);
  const hasCurrency = of.members.some(({ name }) => name === "currency");
  const line = (sheet: Sheet, at: number | string) => {
    const row = { ...place, path: inside(place.path, at), hasCurrency };
    const named = `${label} ${words.row(typeof at === "number" ? at : rows.length, "")}`;
    return html`<fieldset${trouble(view, row, "line")}><legend class="unseen">${named}</legend>${groupFields(view, of, sheet, row)}${
      typeof at === "number" && deedButton(words, "remove", row.path, named)
    }</fieldset>\n`;
  };
  // A list of the whole document stands in a card that has its name and its hint.
  const isWhole = place.names.length === 1;
  const content = html`${problemText(view.problems, place.path)}${!isWhole && hintText(words, place)}${rows.map(line)}${
    rows.length < most && line(blankSheet, spareRow)
  }<button name="act" value="more ${place.path}">${words.more}</button>`;
  if (isWhole || place.names[0] === "terms")
    return html`<fieldset${trouble(view, place, "part")}><legend${attributes({ class: isWhole ? "unseen" : undefined })}>${label}</legend>${content}</fieldset>\n`;
  return html`<details${attributes({ class: "part", open: isOpen(view, place, rows) })}><summary>${label}${rows.length > 0 && html` <span class="count">${rows.length}</span>`}</summary><fieldset${trouble(view, place, "inner")}><legend class="unseen">${label}</legend>${content}</fieldset></details>\n`;
}

/** Rows in an order that matters, each with buttons that move it. */
function cards(view: FormView, { of, most }: Rows, rows: readonly Sheet[], place: Place): Html {
  const { words } = view;
  const last = rows.length - 1;
  const all = rows.map((sheet, at) => {
    const row = { ...place, path: inside(place.path, at) };
    const given = fieldNames.map((name) => sheet.entries[name]).find((one) => typeof one === "string");
    const named = words.row(at, (given as string | undefined) ?? "");
    const moved = (["up", "down"] as const).find((one) => view.focus === `${row.path}.${one}`);
    // At an end of the list one of the two buttons is not there.
    const movedTo = moved && (at === 0 ? "down" : at === last ? "up" : moved);
    return html`<fieldset${trouble(view, row, "entry")}><legend>${named}</legend>
<div class="row-deeds">${at > 0 && deedButton(words, "up", row.path, named, movedTo === "up")}${
      at < last && deedButton(words, "down", row.path, named, movedTo === "down")
    }${deedButton(words, "remove", row.path, named)}</div>
${problemText(view.problems, row.path)}${groupFields(view, of, sheet, row)}</fieldset>\n`;
  });
  return html`<div${trouble(view, place, "rows")}>${problemText(view.problems, place.path)}${all}${
    rows.length < most &&
    html`<button${attributes({ name: "act", value: `add ${place.path}`, autofocus: view.focus === `${place.path}.add` })}>${words.add(place.names)}</button>`
  }</div>\n`;
}

function deedButton(
  words: FormWords,
  deed: "remove" | "up" | "down",
  path: string,
  row: string,
  hasFocus = false,
): Html {
  const shape = { name: "act", value: `${deed} ${path}`, "aria-label": words.rowDeed(deed, row) };
  return html`<button${attributes({ ...shape, autofocus: hasFocus })}>${words[deed]}</button>`;
}

/** The focus goes to what is wrong; what is wrong is read out with it. */
function trouble({ problems, focus }: FormView, { path }: Place, look?: string): Html[] {
  const isWrong = problems.has(path) && path !== "";
  const hasFocus = focus === path;
  return attributes({
    id: path === "" || look === undefined ? undefined : path,
    class: look,
    tabindex: hasFocus ? -1 : undefined,
    autofocus: hasFocus,
    "aria-describedby": isWrong ? `${path}-problem` : undefined,
  });
}

const problemText = (problems: SheetProblems, path: string): Html | undefined => {
  const problem = problems.get(path);
  return problem === undefined ? undefined : html`<p class="problem" id="${path}-problem">${problem}</p>\n`;
};

const hintText = (words: FormWords, { path, names }: Place): Html | undefined => {
  const hint = words.hint(names);
  return hint === undefined ? undefined : html`<p class="hint" id="${path}-hint">${hint}</p>\n`;
};

/** Boxes to tick. A document that has them in another order than the schema keeps its own. */
function ticks(view: FormView, { options }: Field, ticked: readonly string[], place: Place): Html {
  const { words } = view;
  const known = options.filter((one) => ticked.includes(one));
  const isInOrder = known.every((one, at) => one === ticked[at]);
  const shown = isInOrder ? options : [...ticked, ...options.filter((one) => !ticked.includes(one))];
  return html`<fieldset${trouble(view, place, "ticks")}><legend>${words.label(place.names)}</legend>${problemText(view.problems, place.path)}${hintText(words, place)}<div class="boxes">${shown.map(
    (value) =>
      html`<label class="choice"><input${attributes({ type: "checkbox", name: place.path, value, checked: ticked.includes(value) })}><span>${words.option(place.names, value)}</span></label>`,
  )}</div></fieldset>\n`;
}

function oneField(
  { words, problems, focus }: FormView,
  { isRequired, byDefault }: Member,
  field: Field,
  value: string,
  place: Place & { hasBlank: boolean },
): Html {
  const { path, names, scope } = place;
  const [problem, hint] = [problems.get(path), words.hint(names)];
  const described = [problem && `${path}-problem`, hint && `${path}-hint`].filter(Boolean).join(" ");
  const shape: Attributes = {
    id: path,
    name: path,
    "aria-required": isRequired ? "true" : undefined,
    "aria-describedby": described === "" ? undefined : described,
    "aria-invalid": problem === undefined ? undefined : "true",
    autofocus: focus === path,
  };
  const control =
    field.as === "choice"
      ? html`<select${attributes(shape)}>${optionsOf(words, field, value, place, byDefault).map(
          ([one, text]) =>
            html`<option${attributes({ value: one, selected: one === (value === "" && !place.hasBlank ? (byDefault ?? "") : value) })}>${text}</option>`,
        )}</select>`
      : html`<input${attributes({ ...shape, value, maxlength: 2_000, autocomplete: "off", ...inputOf(field, value, scope) })}>`;
  return html`<div class="field"><label for="${path}">${words.label(names)}${unitOf(words, field, place)}</label>${control}${problemText(problems, path)}${hintText(words, place)}</div>\n`;
}

function optionsOf(
  words: FormWords,
  { options }: Field,
  value: string,
  { names, hasBlank }: Place & { hasBlank: boolean },
  byDefault: unknown,
): (readonly [string, string])[] {
  const all = options.map((one) => [one, words.option(names, one)] as const);
  const blank = byDefault === undefined || hasBlank ? [["", words.unchosen] as const] : [];
  // What a text has there that is none of them stays until another is chosen.
  const odd = value === "" || options.includes(value) ? [] : [[value, value] as const];
  return [...blank, ...all, ...odd];
}

function inputOf({ as }: Field, value: string, scope: Scope): Attributes {
  const kind = kindIn(as, scope);
  if (kind === "day") {
    const isDay = value === "" || new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value);
    return isDay === true && value.length <= 10 ? { type: "date" } : {};
  }
  if (kind === "whole") return { inputmode: "numeric" };
  if (kind === "money" || kind === "percent") return { inputmode: "decimal" };
  return kind === "text" ? {} : { spellcheck: "false" };
}

/** What a number is in, where it does not stand in the same line. */
function unitOf(words: FormWords, { as }: Field, { scope, hasCurrency = false }: Place): Html | undefined {
  const kind = kindIn(as, scope);
  if (kind === "percent") return html` (%)`;
  if (kind === "money" && !hasCurrency && scope.currency !== undefined) return html` (${scope.currency})`;
  return as === "measure" && kind === "whole" ? html` (${words.units})` : undefined;
}
