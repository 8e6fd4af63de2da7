import type { PromptView } from "../prompt-view.ts";
import { wrapText } from "./wrap-text.ts";

/** How a view is written. */
export interface TerminalLook {
  /** The width. Default 80; text is wrapped at 100 at most, since longer lines are hard to read. */
  columns?: number | undefined;
  /** Whether to use colours and bold. Default `false`. */
  colour?: boolean | undefined;
  /** Whether to number the choices. Default `true`; `false` where nobody can answer, such as in a log. */
  choices?: boolean | undefined;
}

/** Control characters, which could bring escape sequences into the terminal. */
const control = /\p{Cc}/gu;

const widest = 100;
const narrowest = 20;

/** A view as lines of text, without a line end at the end. Right-to-left text is left to the terminal's own ordering. Pure. */
export function renderTerminal(view: PromptView, look: TerminalLook = {}): string {
  const { columns, colour = false, choices = true } = look;
  const width = Math.max(narrowest, Math.min(columnsOr80(columns), widest));
  const wrap = (text: string, indent = 0) =>
    wrapText(text.replace(/\s+/g, " ").replace(control, ""), width - indent, view.language);
  const bold = (text: string) => (colour ? `\u001b[1m${text}\u001b[22m` : text);
  const dim = (text: string) => (colour ? `\u001b[2m${text}\u001b[22m` : text);
  const title = view.product === null ? view.title : `${view.product}: ${view.title}`;
  const lines = [
    ...wrap(title).map(bold),
    ...[view.text, view.note, view.price].flatMap((text) => (text ? wrap(text) : [])),
    ...(view.disclosure === null ? [] : wrap(view.disclosure).map(dim)),
  ];
  if (!choices) return lines.join("\n");
  const numbered = view.actions.flatMap(({ label, under }, index) => {
    const [first = "", ...rest] = wrap(under === null ? label : `${under}: ${label}`, 4);
    return [`${bold(String(index + 1).padStart(2))}  ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  return [...lines, "", ...numbered].join("\n");
}

/** A terminal that has not been told its size says 0. */
const columnsOr80 = (columns: number | undefined) =>
  columns !== undefined && Number.isInteger(columns) && columns > 0 ? columns : 80;

/** What is known of the stream that is written to. */
export interface TerminalStream {
  /** True where it is a terminal. */
  readonly isTTY?: boolean | undefined;
  /** The terminal's width in columns; 80 is taken without one. */
  readonly columns?: number | undefined;
}

/**
 * The look that suits a stream: its width, and colours when it is a terminal that has them and nobody has said no
 * (`NO_COLOR`, `TERM=dumb`). `FORCE_COLOR` counts before that. Pure.
 */
export function terminalLook(
  stream: TerminalStream,
  env: Readonly<Record<string, string | undefined>>,
): Required<Pick<TerminalLook, "columns" | "colour">> {
  const able = stream.isTTY === true && env.TERM !== "dumb" && !env.NO_COLOR;
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return { columns: columnsOr80(stream.columns), colour: forced || (able && env.FORCE_COLOR === undefined) };
}
