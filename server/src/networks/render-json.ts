import type { JsonTemplate } from "../config/network-template.ts";
import { asText, fill, forNumber, type MacroValues } from "./fill.ts";

/**
 * Renders a JSON body without white space. Text with macros becomes one JSON string, whatever the values hold;
 * `{ "$number": TEXT }` becomes a number with exactly these digits, which no float could keep. A member or item whose
 * optional macro has no value is left out.
 *
 * @throws {CannotFill}
 */
export function renderJson(template: JsonTemplate, values: MacroValues): string {
  return render(template, values) ?? "null";
}

function render(template: JsonTemplate, values: MacroValues): string | undefined {
  if (typeof template === "string") {
    const text = fill(template, values, asText);
    return text === undefined ? undefined : JSON.stringify(text);
  }
  if (typeof template !== "object" || template === null) return JSON.stringify(template);
  if (isList(template)) return `[${present(template.map((item) => render(item, values))).join()}]`;
  const members = Object.entries(template);
  const [only] = members;
  if (members.length === 1 && only?.[0] === "$number" && typeof only[1] === "string")
    return renderNumber(only[1], values);
  const rendered = members.map(([name, value]) => {
    const text = render(value, values);
    return text === undefined ? undefined : `${JSON.stringify(name)}:${text}`;
  });
  return `{${present(rendered).join()}}`;
}

function renderNumber(text: string, values: MacroValues): string | undefined {
  const filled = fill(text, values, asText);
  return filled === undefined ? undefined : forNumber(filled);
}

const present = (texts: readonly (string | undefined)[]) => texts.filter((text) => text !== undefined);

const isList = (template: object): template is readonly JsonTemplate[] => Array.isArray(template);
