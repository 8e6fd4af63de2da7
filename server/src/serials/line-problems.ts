import { Refusal } from "../words/refusal.ts";
import type { LineProblem } from "./serial-file.ts";

const told = 20;

/** Gathers what is wrong with a file: the first few in words, the rest as a number, however many there are. */
export class LineProblems {
  readonly #sentences: string[] = [];
  /** How many there are. */
  count = 0;

  /** Notes what is wrong with a line. */
  add({ line, message }: LineProblem): void {
    this.addSentence(`Line ${line} ${message}.`);
  }

  /** Notes what is wrong with the file. */
  addSentence(sentence: string): void {
    this.count += 1;
    if (this.#sentences.length < told) this.#sentences.push(sentence);
  }

  /** @throws {Refusal} `serials_invalid` */
  throwIfAny(): void {
    if (this.count === 0) return;
    const more = this.count - this.#sentences.length;
    const rest = more > 0 ? [`There are ${more} more.`] : [];
    const what = this.count === 1 ? "a line" : `${this.count} lines`;
    const sentences = [`The file has ${what} that cannot be taken; nothing was imported.`];
    throw new Refusal("serials_invalid", [...sentences, ...this.#sentences, ...rest].join("\n"));
  }
}
