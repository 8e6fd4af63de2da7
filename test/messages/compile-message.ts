import { type Model, parseMessage } from "messageformat";
import type { PromptText } from "../../sdk/src/prompt/language.ts";

/**
 * A MessageFormat 2 message as the SDK's run-time form, which knows texts with `{name}` and one plural choice.
 *
 * @throws for what that form cannot say: markup, functions in a text, several selectors, a missing catch-all
 */
export function compileMessage(source: string): PromptText {
  const message = parseMessage(source);
  if (message.type === "message") return patternText(message.pattern);
  const [selector, ...others] = message.selectors;
  if (selector === undefined || others.length > 0) throw new Error("one selector, no more");
  if (!isNumber(message, selector.name)) throw new Error(`$${selector.name} must be declared as :number`);
  const variants: Record<string, string> = {};
  for (const { keys, value } of message.variants) {
    const [key] = keys;
    if (key !== undefined) variants[key.type === "*" ? "other" : key.value] = patternText(value);
  }
  const { other } = variants;
  if (other === undefined) throw new Error("no variant for all others");
  return { by: selector.name, variants: { ...variants, other } };
}

const isNumber = ({ declarations }: Model.SelectMessage, name: string) =>
  declarations.some(
    (one) => one.type === "input" && one.name === name && one.value.functionRef?.name === "number",
  );

function patternText(pattern: Model.Pattern): string {
  return pattern.map(partText).join("");
}

function partText(part: Model.Pattern[number]): string {
  if (typeof part === "string") {
    if (/[{}]/.test(part)) throw new Error("the run-time form has no braces");
    return part;
  }
  if (part.type !== "expression" || part.functionRef !== undefined || part.arg?.type !== "variable")
    throw new Error("only {$name} may stand in a text");
  return `{${part.arg.name}}`;
}
