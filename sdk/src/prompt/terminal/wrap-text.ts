/** Characters that take two columns: East Asian wide and fullwidth (Unicode TR11), and pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** Marks that are drawn over the character before them. */
const overlaid = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Characters that must not begin a line in Chinese and Japanese. */
const closing = /^[、。，．：；！？）」』】〉》”’]/u;

/** How many columns of a terminal a text takes. Pure. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += overlaid.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** Breaks a text into lines of at most so many columns: at spaces, and between words where a language has no spaces. Pure. */
export function wrapText(text: string, columns: number, language: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of piecesOf(text, language)) {
    if (columnsOf(line + piece.trimEnd()) <= columns) {
      line += piece;
      continue;
    }
    if (line !== "") lines.push(line.trimEnd());
    const [last = "", ...full] = splitLong(piece.trimStart(), columns).reverse();
    lines.push(...full.reverse());
    line = last;
  }
  return [...lines, line.trimEnd()].filter((one, index) => one !== "" || index === 0);
}

/** Words with the space behind them; in Chinese and Japanese words as Intl finds them, with what closes them. */
function piecesOf(text: string, language: string): string[] {
  if (!/^(zh|ja)\b/.test(language)) return text.match(/\S+\s*|\s+/g) ?? [];
  const pieces: string[] = [];
  for (const { segment } of new Intl.Segmenter(language, { granularity: "word" }).segment(text)) {
    if (pieces.length > 0 && (closing.test(segment) || /^\s/.test(segment)))
      pieces.push(`${pieces.pop()}${segment}`);
    else pieces.push(segment);
  }
  return pieces;
}

/** A piece that is longer than a line, such as an address, goes on in the next. */
function splitLong(piece: string, columns: number): string[] {
  if (columnsOf(piece.trimEnd()) <= columns) return [piece];
  const parts: string[] = [];
  let part = "";
  for (const character of piece) {
    if (columnsOf(part + character) > columns) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part];
}
