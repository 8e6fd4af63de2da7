import { type Run, visualRuns } from "./text-runs.ts";

/** How a text is set. */
export interface TextStyle {
  size: number;
  isBold?: boolean;
  color?: string;
}

/** Where a text stands: from the reading side's edge of the page, in points. */
export interface TextBox {
  start: number;
  width: number;
  /** At the end of the box, as amounts are. */
  atEnd?: boolean;
}

/** Text that was broken into lines, ready to be drawn. */
export interface SetText {
  lines: { runs: Run[]; width: number }[];
  style: TextStyle;
  height: number;
}

const leading = 1.35;
const margin = 48;

/**
 * A sheet of paper in a document: text in any script, broken into lines and put into the order in which it is read, with
 * the faces that have its characters. For a language that is read from the right the whole sheet is turned round.
 */
export class PdfSheet {
  readonly doc: PDFKit.PDFDocument;
  readonly #language: string;
  readonly #direction: "ltr" | "rtl";
  readonly #registered = new Set<string>();
  /** Where the next text begins. */
  y = margin;

  constructor(doc: PDFKit.PDFDocument, { tag, direction }: { tag: string; direction: "ltr" | "rtl" }) {
    this.doc = doc;
    this.#language = tag;
    this.#direction = direction;
  }

  /** The width between the margins. */
  get width(): number {
    return this.doc.page.width - 2 * margin;
  }

  /** Whether so much fits on this page. */
  fits(height: number): boolean {
    return this.y + height <= this.doc.page.height - margin - 24;
  }

  /** Begins another page. */
  turn(): void {
    this.doc.addPage();
    this.y = margin;
  }

  /** Breaks a text into lines of a width. */
  async set(text: string, style: TextStyle, width: number): Promise<SetText> {
    const lines: SetText["lines"] = [];
    for (const line of await this.#broken(text, style, width)) {
      const runs = await this.#runsOf(line, style);
      lines.push({ runs, width: this.#widthOf(runs, style) });
    }
    return { lines, style, height: lines.length * style.size * leading };
  }

  /** Draws what was set, its top at the given height. */
  draw({ lines, style }: SetText, box: TextBox, top = this.y): void {
    const { size, color = "#1d2126" } = style;
    lines.forEach(({ runs, width }, index) => {
      const fromStart = box.start + (box.atEnd === true ? box.width - width : 0);
      const left =
        this.#direction === "ltr" ? margin + fromStart : this.doc.page.width - margin - fromStart - width;
      const baseline = top + size * (1.05 + index * leading);
      let x = left;
      for (const run of runs) {
        this.#use(run, style).fillColor(color).text(run.text, x, baseline, optionsOf(run));
        x += this.#widthOf([run], style);
      }
    });
  }

  /** Sets a text over a width and draws it, and goes on below. */
  async write(text: string, style: TextStyle, box: Partial<TextBox> = {}): Promise<void> {
    const whole = { start: 0, width: this.width, ...box };
    const set = await this.set(text, style, whole.width);
    if (!this.fits(set.height)) this.turn();
    this.draw(set, whole);
    this.y += set.height;
  }

  /** A line across the sheet. */
  rule(color = "#d9d5cc"): void {
    const { doc } = this;
    doc
      .moveTo(margin, this.y)
      .lineTo(doc.page.width - margin, this.y)
      .lineWidth(0.6)
      .strokeColor(color)
      .stroke();
  }

  #runsOf(line: string, { isBold = false }: TextStyle): Promise<Run[]> {
    return visualRuns(line, { direction: this.#direction, language: this.#language, isBold });
  }

  #use({ face }: Run, { size }: TextStyle): PDFKit.PDFDocument {
    if (!this.#registered.has(face.name)) {
      this.doc.registerFont(face.name, face.data);
      this.#registered.add(face.name);
    }
    return this.doc.font(face.name).fontSize(size);
  }

  #widthOf(runs: readonly Run[], style: TextStyle): number {
    return runs.reduce((sum, run) => sum + this.#use(run, style).widthOfString(run.text, optionsOf(run)), 0);
  }

  async #broken(text: string, style: TextStyle, width: number): Promise<string[]> {
    const lines: string[] = [];
    let line = "";
    for (const piece of piecesOf(text)) {
      const longer = line + piece;
      if ((await this.#measure(longer, style)) <= width) {
        line = longer;
        continue;
      }
      if (line.trim() !== "") lines.push(line.trimEnd());
      line = piece.trimStart();
      while (line !== "" && (await this.#measure(line, style)) > width) {
        const head = await this.#headOf(line, style, width);
        lines.push(head);
        line = line.slice(head.length);
      }
    }
    return line.trim() === "" && lines.length > 0 ? lines : [...lines, line.trimEnd()];
  }

  async #measure(text: string, style: TextStyle): Promise<number> {
    return this.#widthOf(await this.#runsOf(text.trimEnd(), style), style);
  }

  /** As much of a word as fits a line; at the least one character of it. */
  async #headOf(word: string, style: TextStyle, width: number): Promise<string> {
    let head = "";
    for (const { segment } of graphemes.segment(word)) {
      if (head !== "" && (await this.#measure(head + segment, style)) > width) break;
      head += segment;
    }
    return head;
  }
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Where a line may be broken: behind spaces and hyphens, and between characters of the east. */
const piecesOf = (text: string): string[] =>
  text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][、。,:;)」・ー]*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]*\s+|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu,
  ) ?? [text];

/** A run of the other direction is shaped as a whole: word by word its words would stand in the wrong order. */
const optionsOf = ({ isRightToLeft }: Run): PDFKit.Mixins.TextOptions => ({
  lineBreak: false,
  baseline: "alphabetic",
  ...(isRightToLeft ? { features: ["kern"] } : {}),
});
